package dev.brigade.session.view;

import dev.brigade.async.trace.Stamp;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Logs made by hand: each call is an event at the present time, which `at` moves.
final class Events {
  static final long MILLI = 1_000_000;

  private final List<TraceEvent> events = new ArrayList<>();
  private long now;
  private String thread = "loop";

  Events at(long nanos) {
    now = Math.max(now, nanos);
    return this;
  }

  Events in(String name) {
    thread = name;
    return this;
  }

  private Stamp stamp() {
    return new Stamp(events.size() + 1, now, thread, "In [1]");
  }

  Events made(long task, String name, String coroutine) {
    events.add(new TraceEvent.TaskCreated(stamp(), task, 1, name, coroutine, null));
    return this;
  }

  Events began(long task) {
    events.add(new TraceEvent.StepBegan(stamp(), task));
    return this;
  }

  Events awaits(long task, String what) {
    events.add(new TraceEvent.Awaits(stamp(), task, what, 0, null));
    events.add(new TraceEvent.StepEnded(stamp(), task));
    return this;
  }

  Events awaitsLock(long task, String lock, long holder) {
    events.add(new TraceEvent.LockWait(stamp(), task, lock, holder));
    return awaits(task, "lock");
  }

  Events takes(long task, String lock) {
    events.add(new TraceEvent.LockAcquired(stamp(), task, lock));
    return this;
  }

  Events givesBack(long task, String lock) {
    events.add(new TraceEvent.LockReleased(stamp(), task, lock));
    return this;
  }

  Events woken(long task, long by) {
    events.add(new TraceEvent.Woken(stamp(), task, by));
    return this;
  }

  Events blocks(long task, String call, long nanos) {
    events.add(new TraceEvent.ThreadWaits(stamp(), now, task, call, null, null));
    at(now + nanos);
    events.add(new TraceEvent.ThreadWaited(stamp(), now, task));
    return this;
  }

  Events compiled(long nanos) {
    at(now + nanos);
    events.add(new TraceEvent.Compiled(stamp(), "In [1]", nanos));
    return this;
  }

  Events prints(long task, String text) {
    events.add(new TraceEvent.Printed(stamp(), task, text));
    return this;
  }

  Events stalled(long task) {
    events.add(new TraceEvent.Stalled(stamp(), task, MILLI, "In [1] line 2"));
    return this;
  }

  Events deadlocked(long... tasks) {
    List<Long> all = java.util.Arrays.stream(tasks).boxed().toList();
    events.add(new TraceEvent.Deadlocked(stamp(), all));
    return this;
  }

  Events job(long job, long task, String worker, long nanos) {
    String before = thread;
    events.add(new TraceEvent.JobSubmitted(stamp(), job, task, "pool"));
    awaits(task, "job " + job);
    in(worker);
    events.add(new TraceEvent.JobStarted(stamp(), job, null));
    at(now + nanos);
    events.add(new TraceEvent.JobEnded(stamp(), job, null));
    return in(before).woken(task, 0).began(task);
  }

  Events ends(long task, TraceEvent.End end) {
    String error = end == TraceEvent.End.FAILED ? "java.lang.IllegalStateException: burnt" : null;
    events.add(new TraceEvent.TaskEnded(stamp(), task, end, error));
    events.add(new TraceEvent.StepEnded(stamp(), task));
    return this;
  }

  Trace trace() {
    return trace(0);
  }

  Trace trace(long dropped) {
    return new Trace("loop", "In [1]", 0, now, dropped, events, Map.of(1L, "In [1]"));
  }

  /// Every state, arrow and mark once.
  static Trace everything() {
    return new Events()
        .began(1)
        .compiled(60 * MILLI)
        .made(2, "cook", "cook")
        .made(3, "waiter", "waiter")
        .made(4, "Task-4", "guest")
        .made(5, "Task-5", "guest")
        .awaits(1, "gather")
        .began(2)
        .at(130 * MILLI)
        .takes(2, "stove")
        .prints(2, "the stove is mine\n")
        .awaits(2, "sleep")
        .began(3)
        .awaitsLock(3, "stove", 2)
        .began(4)
        .blocks(4, "Thread.sleep", 300 * MILLI)
        .stalled(4)
        .prints(4, "that was long")
        .ends(4, TraceEvent.End.FAILED)
        .began(5)
        .awaits(5, "promise")
        .woken(2, 0)
        .at(500 * MILLI)
        .began(2)
        .at(520 * MILLI)
        .givesBack(2, "stove")
        .woken(3, 2)
        .ends(2, TraceEvent.End.FINISHED)
        .began(3)
        .job(1, 3, "pool-1", 200 * MILLI)
        .deadlocked(3, 5)
        .ends(3, TraceEvent.End.FINISHED)
        .began(5)
        .ends(5, TraceEvent.End.CANCELLED)
        .at(800 * MILLI)
        .woken(1, 5)
        .began(1)
        .at(810 * MILLI)
        .ends(1, TraceEvent.End.FINISHED)
        .trace();
  }

  /// Many tasks of two kinds that take turns, sleep and sometimes fail.
  static Trace many(int tasks, int rounds) {
    var random = new Random(tasks);
    var log = new Events().began(1);
    for (int i = 2; i < tasks + 2; i++) {
      log.made(i, "Task-" + i, i % 3 == 0 ? "store" : "fetch");
    }
    log.awaits(1, "gather");
    for (int round = 0; round <= rounds; round++) {
      for (int i = 2; i < tasks + 2; i++) {
        if (round > 0) log.woken(i, 0);
        log.began(i).at(log.now + random.nextLong(MILLI));
        if (random.nextInt(20) == 0) log.prints(i, "page " + i);
        if (round < rounds) log.awaits(i, random.nextInt(4) == 0 ? "queue-1" : "sleep");
        else log.ends(i, end(random));
      }
      log.at(log.now + random.nextLong(200 * MILLI));
    }
    return log.woken(1, 2).began(1).ends(1, TraceEvent.End.FINISHED).trace();
  }

  private static TraceEvent.End end(Random random) {
    return random.nextInt(50) == 0 ? TraceEvent.End.FAILED : TraceEvent.End.FINISHED;
  }
}
