package dev.brigade.async;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who started a piece of work. Tasks, threads and pool jobs inherit it when they are created, so
/// that what they print or break can be shown where they came from. A notebook makes one for each
/// cell.
public final class Origin {
  private final String label;
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
  // Work in other processes that can be stopped, by what it is.
  private final Map<Object, Runnable> stops = new ConcurrentHashMap<>();

  private final @Nullable Surroundings surroundings;

  private Origin(String label, @Nullable Surroundings surroundings) {
    this.label = label;
    this.surroundings = surroundings;
  }

  /// A new origin; two of the same label are different.
  public static Origin of(String label) {
    return new Origin(label, null);
  }

  /// A new origin whose work has a directory and environment variables of its own.
  public static Origin of(String label, Surroundings surroundings) {
    return new Origin(label, surroundings);
  }

  /// The directory and environment variables of its work; null where they are the process's own.
  public @Nullable Surroundings surroundings() {
    return surroundings;
  }

  /// The origin of the calling thread, or null where no work has one.
  public static @Nullable Origin current() {
    return Running.origin();
  }

  /// Runs code in this thread under an origin and restores what was before; null runs it under
  /// none. Not for coroutines: a task keeps its origin.
  public static <T> T call(@Nullable Origin origin, Callable<T> code) throws Exception {
    Object before = Running.get();
    Running.set(origin);
    try {
      return code.call();
    } finally {
      Running.set(before);
    }
  }

  /// The calling thread runs a job of it from now on.
  ///
  /// @return false if it did so already
  boolean joins() {
    return workers.add(Thread.currentThread());
  }

  void leaves() {
    workers.remove(Thread.currentThread());
  }

  /// The threads that run a job of it now, in no order; not the threads it has started itself. Any
  /// thread.
  public List<Thread> workers() {
    return List.copyOf(workers);
  }

  /// Whether the calling thread runs a job of it now.
  public boolean isWorkedOnHere() {
    return workers.contains(Thread.currentThread());
  }

  void addLoop(EventLoop loop) {
    loops.add(loop);
  }

  void removeLoop(EventLoop loop) {
    loops.remove(loop);
  }

  /// The loops besides the session's that run for it now, such as one of `run(main(), factory)`, in
  /// no order. Any thread.
  public List<EventLoop> loops() {
    return List.copyOf(loops);
  }

  /// Whether a variable is new among those whose lost changes were told.
  boolean isUntold(String variable) {
    return told.add(variable);
  }

  void addStop(Object work, Runnable stop) {
    stops.put(work, stop);
  }

  void removeStop(Object work) {
    stops.remove(work);
  }

  /// Stops what runs for this origin in other processes: the code of a job is interrupted, and its
  /// process killed if that does not help within a second. Their pool goes on with a new one. Any
  /// thread; returns at once.
  public void stopProcessJobs() {
    stops.values().forEach(Runnable::run);
  }

  /// For example `In [3]`.
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
