package dev.brigade.jupyter.protocol;

/// A request and where it came from.
public record Incoming(Parent parent, Request request) {}
