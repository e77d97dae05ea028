package dev.brigade.async;

/// Figures of a loop at one moment. Any thread may ask; figures that belong together may be one
/// turn apart.
///
/// @param tasksCreated how many tasks were made since the loop was
/// @param tasksLiving how many of them have not ended
/// @param turns how many steps and callbacks have run
/// @param iterations how often the loop has gone through its ready queue
/// @param ready how many entries the ready queue holds
/// @param timers how many timers are set, cancelled ones not yet dropped included
/// @param jobsInFlight how many jobs of executors, processes and requests are on their way
/// @param jobsSubmitted how many were handed to executors
public record LoopStatistics(
    long tasksCreated,
    int tasksLiving,
    long turns,
    long iterations,
    int ready,
    int timers,
    int jobsInFlight,
    long jobsSubmitted) {}
