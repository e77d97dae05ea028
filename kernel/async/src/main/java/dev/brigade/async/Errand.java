package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What a thread works for that is not the loop's own: the origin of whoever handed it the work,
/// and the loop, whose clock it goes by.
record Errand(@Nullable Origin origin, EventLoop loop) {}
