package dev.brigade.async.trace;

import org.jspecify.annotations.Nullable;

/// When and for whom an event happened.
///
/// @param sequence counts the log's events from 1; the order of the log
/// @param nanos on the loop's clock
/// @param thread the name of the thread it happened in
/// @param origin the label of the work it belongs to (`In [3]`), or null
public record Stamp(long sequence, long nanos, String thread, @Nullable String origin) {}
