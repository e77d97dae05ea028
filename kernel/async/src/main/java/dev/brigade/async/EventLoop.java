package dev.brigade.async;

/// The event loop.
public final class EventLoop {}
