package dev.brigade.async.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened, one record for each kind. The single source of timelines, task trees and checks.
///
/// Tasks and jobs are named by their numbers, each counted from 1 within its loop; task 0 stands
/// for no task.
public sealed interface TraceEvent {
  Stamp at();

  /// A task came to be.
  ///
  /// @param creator the task that made it, or 0
  /// @param coroutine the name of the method that made its coroutine
  /// @param site the line that made it, or null
  record TaskCreated(
      Stamp at, long task, long creator, String name, String coroutine, @Nullable String site)
      implements TraceEvent {}

  /// The loop gave a task its turn.
  record StepBegan(Stamp at, long task) implements TraceEvent {}

  /// The turn ended.
  record StepEnded(Stamp at, long task) implements TraceEvent {}

  /// A task suspended.
  ///
  /// @param what what it waits for: `sleep`, `task`, `promise`, `lock`, `turn`, ...
  /// @param on the number of the task it waits for, or 0
  /// @param site the line of the await, or null
  record Awaits(Stamp at, long task, String what, long on, @Nullable String site)
      implements TraceEvent {}

  /// A waiting task became ready.
  ///
  /// @param by the task that was running then, or 0
  record Woken(Stamp at, long task, long by) implements TraceEvent {}

  /// A task was asked to stop.
  record CancelRequested(Stamp at, long task, long by) implements TraceEvent {}

  /// A task is done.
  ///
  /// @param error what it threw, as text, or null
  record TaskEnded(Stamp at, long task, End end, @Nullable String error) implements TraceEvent {}

  /// The ways a task ends.
  enum End {
    FINISHED,
    FAILED,
    CANCELLED
  }

  /// A timer was set.
  record TimerSet(Stamp at, long task, long deadlineNanos) implements TraceEvent {}

  /// A timer came due and its callback ran.
  record TimerFired(Stamp at, long task, long deadlineNanos) implements TraceEvent {}

  /// A task has to wait for a lock or a permit.
  ///
  /// @param holder the task that holds it, or 0
  record LockWait(Stamp at, long task, String lock, long holder) implements TraceEvent {}

  /// A task got a lock or a permit.
  record LockAcquired(Stamp at, long task, String lock) implements TraceEvent {}

  /// A lock or a permit was given back.
  record LockReleased(Stamp at, long task, String lock) implements TraceEvent {}

  /// A job was handed to an executor.
  record JobSubmitted(Stamp at, long job, long task, String executor) implements TraceEvent {}

  /// A job began.
  ///
  /// @param worker the process that runs it, for example `worker-1 (pid 4711)`, or null where the
  ///     thread of the stamp runs it
  record JobStarted(Stamp at, long job, @Nullable String worker) implements TraceEvent {}

  /// A job ended.
  ///
  /// @param error what it threw, as text, or null
  record JobEnded(Stamp at, long job, @Nullable String error) implements TraceEvent {}

  /// Something was printed.
  record Printed(Stamp at, long task, String text) implements TraceEvent {}

  /// The compiler held the loop.
  record Compiled(Stamp at, String what, long durationNanos) implements TraceEvent {}

  /// Tasks were found to wait for each other.
  record Deadlocked(Stamp at, List<Long> tasks) implements TraceEvent {
    public Deadlocked {
      tasks = List.copyOf(tasks);
    }
  }

  /// A step held the loop while others were ready or due.
  record Stalled(Stamp at, long task, long durationNanos, @Nullable String site)
      implements TraceEvent {}

  /// A thread was started: by a task, else by the thread of the stamp.
  ///
  /// @param task the task that started it, or 0
  /// @param name what events in it have in their stamps
  record ThreadStarted(Stamp at, long task, String name) implements TraceEvent {}

  /// The thread of the stamp, which was started, has ended.
  ///
  /// @param error what it threw, as text, or null
  record ThreadEnded(Stamp at, @Nullable String error) implements TraceEvent {}

  /// A thread waits in a call of the JDK, in the thread of the stamp.
  ///
  /// @param number of the wait, counted from 1 within the loop
  /// @param task the task whose coroutine it is, or 0
  /// @param call for example `Lock.lock`
  /// @param object what it waits for, for example `ReentrantLock#1`, or null
  /// @param holder the thread it waits for, or null where unknown
  record ThreadWaits(
      Stamp at,
      long number,
      long task,
      String call,
      @Nullable String object,
      @Nullable String holder)
      implements TraceEvent {}

  /// The wait is over.
  record ThreadWaited(Stamp at, long number, long task) implements TraceEvent {}

  /// The thread of the stamp took the simulated interpreter lock.
  record GilTaken(Stamp at, long task) implements TraceEvent {}

  /// The thread of the stamp gave the simulated interpreter lock back.
  ///
  /// @param why `asked`, `end`, `idle`, `off`, or the call it waits in
  record GilReleased(Stamp at, long task, String why) implements TraceEvent {}
}
