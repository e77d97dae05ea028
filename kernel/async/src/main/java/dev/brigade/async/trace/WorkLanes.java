package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lanes of threads and of worker processes: their jobs, and what they wait for.
///
/// A thread that was started runs until it ends, one of a pool while it has a job. What was under
/// way when the log began is taken from the event that ends it.
final class WorkLanes {
  /// The picture as this part of it sees it.
  interface Picture {
    LaneBuilder lane(Kind kind, String name, long from, State state);

    @Nullable LaneBuilder task(long number);

    void arrow(long at, LaneBuilder one, LaneBuilder other, Reason reason);
  }

  private final Picture picture;
  private final long from;
  private final Map<String, LaneBuilder> threads = new HashMap<>();
  private final Map<String, LaneBuilder> workers = new HashMap<>();
  // Of each job: who handed it over, and who runs it.
  private final Map<Long, LaneBuilder> givers = new HashMap<>();
  private final Map<Long, LaneBuilder> runners = new HashMap<>();

  WorkLanes(Trace trace, Picture picture) {
    this.picture = picture;
    this.from = trace.from();
    lookAhead(trace);
  }

  /// Makes the lanes of the threads whose beginning is not in the log.
  private void lookAhead(Trace trace) {
    Set<String> begun = new HashSet<>();
    for (TraceEvent event : trace.events()) {
      String thread = event.at().thread();
      if (event instanceof TraceEvent.ThreadStarted e) begun.add(e.name());
      if (event instanceof TraceEvent.ThreadEnded && !begun.remove(thread)) {
        LaneBuilder lane = picture.lane(Kind.THREAD, thread, from, State.RUNNING);
        lane.rests(State.RUNNING);
        threads.put(thread, lane);
      }
    }
  }

  /// The lane of a thread, if it has one.
  @Nullable LaneBuilder of(String thread) {
    return threads.get(thread);
  }

  private LaneBuilder thread(String name, State before) {
    return threads.computeIfAbsent(name, n -> picture.lane(Kind.THREAD, n, from, before));
  }

  // --- threads

  void started(TraceEvent.ThreadStarted e, long at) {
    LaneBuilder lane = picture.lane(Kind.THREAD, e.name(), at, State.RUNNING);
    lane.rests(State.RUNNING);
    lane.of(e.at().origin());
    threads.put(e.name(), lane);
    LaneBuilder starter = giver(e, e.task());
    if (starter != null) picture.arrow(at, starter, lane, Reason.CREATED);
  }

  void ended(TraceEvent.ThreadEnded e, long at) {
    LaneBuilder lane = thread(e.at().thread(), State.RUNNING);
    lane.of(e.at().origin());
    if (e.error() != null) lane.mark(at, Sign.ERROR, e.error());
    lane.end(at);
  }

  void waits(TraceEvent.ThreadWaits e, long at) {
    LaneBuilder lane = thread(e.at().thread(), State.IDLE);
    lane.of(e.at().origin());
    lane.begin(at, waitKey(e.number()), State.WAITING, text(e));
  }

  void waited(TraceEvent.ThreadWaited e, long at) {
    LaneBuilder lane = thread(e.at().thread(), State.WAITING);
    lane.of(e.at().origin());
    lane.finish(at, waitKey(e.number()));
  }

  private static String waitKey(long number) {
    return "wait " + number;
  }

  /// What a thread waits for: the lock, and who holds it, or the call and what it is made on.
  static String text(TraceEvent.ThreadWaits e) {
    String object = e.object();
    if (object == null) return e.call();
    boolean held = e.holder() != null && !e.holder().equals(object);
    if (held) return object + " (held by " + e.holder() + ")";
    return e.call().startsWith("Lock.") ? object : e.call() + " " + object;
  }

  // --- jobs

  private @Nullable LaneBuilder giver(TraceEvent event, long task) {
    return task != 0 ? picture.task(task) : threads.get(event.at().thread());
  }

  void submitted(TraceEvent.JobSubmitted e) {
    LaneBuilder giver = giver(e, e.task());
    if (giver != null) givers.put(e.job(), giver);
  }

  void started(TraceEvent.JobStarted e, long at) {
    LaneBuilder lane =
        e.worker() == null
            ? thread(e.at().thread(), State.IDLE)
            : workers.computeIfAbsent(
                e.worker(), name -> picture.lane(Kind.PROCESS, name, from, State.IDLE));
    lane.of(e.at().origin());
    runners.put(e.job(), lane);
    lane.begin(at, job(e.job()), State.RUNNING, job(e.job()));
    LaneBuilder giver = givers.get(e.job());
    if (giver != null) picture.arrow(at, giver, lane, Reason.SUBMITTED);
  }

  void ended(TraceEvent.JobEnded e, long at) {
    LaneBuilder lane = runners.remove(e.job());
    if (lane == null) return;
    if (e.error() != null) lane.mark(at, Sign.ERROR, e.error());
    lane.finish(at, job(e.job()));
    LaneBuilder giver = givers.get(e.job());
    if (giver != null && awaits(giver, e.job())) {
      picture.arrow(at, lane, giver, Reason.DELIVERED);
    }
  }

  private static String job(long number) {
    return "job " + number;
  }

  /// Whether the end of a job is what a lane waits for. Who only handed it over is not told.
  private static boolean awaits(LaneBuilder giver, long job) {
    String what = giver.what();
    return giver.state() == State.WAITING
        && what != null
        && (what.equals(job(job)) || what.equals("gather"));
  }
}
