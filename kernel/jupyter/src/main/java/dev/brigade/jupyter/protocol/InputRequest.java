package dev.brigade.jupyter.protocol;

/// Asks the client of the parent request for a line, on the stdin channel.
public record InputRequest(String prompt, boolean password) implements Outgoing {}
