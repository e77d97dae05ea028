package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// A worker process of a [ProcessPool] as it stood at one moment, for reports.
///
/// @param pid the process's id in the system
/// @param ready whether it has started and can run jobs
/// @param job the name of the job it runs, or null
/// @param origin whose job that is, or null
public record WorkerView(
    String name, long pid, boolean ready, @Nullable String job, @Nullable Origin origin) {}
