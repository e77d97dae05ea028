package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A task that an error has ended.
///
/// @param name the task's name
/// @param site where it was created, for example `In [3] line 2`, or null where unknown
/// @param awaitSite where it awaited last, or null
public record FailedTask(String name, @Nullable String site, @Nullable String awaitSite) {}
