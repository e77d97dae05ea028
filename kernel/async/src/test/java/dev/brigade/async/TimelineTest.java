package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.Stamp;
import dev.brigade.async.trace.Timeline;
import dev.brigade.async.trace.Timeline.Arrow;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.async.trace.TraceSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class TimelineTest {
  private static final long SECOND = 1_000_000_000;

  private final CarrierKind kind;

  TimelineTest(CarrierKind kind) {
    this.kind = kind;
  }

  private Trace trace(LoopClock clock, Action main) {
    var log = new EventLog();
    long from = clock.nanos();
    try (var _ = log.record()) {
      try {
        run(
            async(main),
            () ->
                new EventLoop(
                    LoopOptions.defaults().withClock(clock).withLog(log).withName("loop"),
                    kind.carrier(),
                    false));
      } catch (IllegalStateException _) {
        // a program that fails leaves its trace all the same
      }
    }
    return new Trace("loop", "test", from, clock.nanos(), log.dropped(), log.events(), Map.of());
  }

  private Trace virtual(Action main) {
    return trace(LoopClock.virtual(), main);
  }

  private static Segment segment(double from, double to, State state, String what) {
    return new Segment(Math.round(from * SECOND), Math.round(to * SECOND), state, what);
  }

  private static Coroutine<Void> cook(AsyncLock stove, double shopping) {
    return Coroutines.of(
        "cook",
        () -> {
          await(sleep(shopping));
          try (var _ = await(stove.acquire())) {
            await(sleep(2));
          }
        });
  }

  private static void kitchen() {
    var stove = new AsyncLock();
    await(gather(cook(stove, 1), cook(stove, 2)));
  }

  @Test
  void aLaneShowsExactlyWhatItsTaskWaitedForAndHowLong() {
    Timeline timeline = virtual(TimelineTest::kitchen).timeline();
    assertThat(timeline.nanos()).isEqualTo(5 * SECOND);
    assertThat(timeline.lane("Task-2 cook").orElseThrow().segments())
        .containsExactly(
            segment(0, 1, State.WAITING, "sleep"), segment(1, 3, State.WAITING, "sleep"));
    assertThat(timeline.lane("Task-3 cook").orElseThrow().segments())
        .containsExactly(
            segment(0, 2, State.WAITING, "sleep"),
            segment(2, 3, State.WAITING, "lock-1 (held by Task-2 cook)"),
            segment(3, 5, State.WAITING, "sleep"));
    assertThat(timeline.task(1).orElseThrow().segments())
        .containsExactly(segment(0, 5, State.WAITING, "gather"));
  }

  @Test
  void arrowsSayWhoMadeAndWhoWokeWhom() {
    Timeline timeline = virtual(TimelineTest::kitchen).timeline();
    List<String> lanes = timeline.lanes().stream().map(Lane::name).toList();
    assertThat(lanes).containsExactly("loop", "Task-1", "Task-2 cook", "Task-3 cook");
    assertThat(timeline.arrows())
        .contains(
            new Arrow(0, 1, 2, Reason.CREATED),
            new Arrow(0, 1, 3, Reason.CREATED),
            new Arrow(3 * SECOND, 2, 3, Reason.WOKE));
  }

  @Test
  void theFiguresAreThoseOnePutsTogetherByHand() {
    TraceSummary summary = virtual(TimelineTest::kitchen).summary();
    assertThat(summary.elapsed()).isEqualTo(5 * SECOND);
    assertThat(summary.work()).as("1 + 2 + 2 + 2 seconds asleep").isEqualTo(7 * SECOND);
    assertThat(summary.speedUp()).isEqualTo(1.4);
    assertThat(summary.peak()).isEqualTo(3);
    assertThat(summary.where()).containsEntry("sleep", 7 * SECOND).containsEntry("lock-1", SECOND);
    assertThat(summary.order()).containsExactly("Task-2 cook", "Task-3 cook", "Task-1");
  }

  @Test
  void aCallThatBlocksTheLoopIsBlockedInBothLanesAndTheOthersAreReady() {
    Timeline timeline =
        virtual(
                () -> {
                  createTask(async(() -> await(sleep(1))), "beside");
                  await(sleep(0.5));
                  Object wait = WovenWaits.begin(null, "Thread.sleep");
                  WovenTime.sleep(2 * SECOND);
                  WovenWaits.end(wait);
                })
            .timeline();
    assertThat(timeline.task(1).orElseThrow().at(SECOND).orElseThrow())
        .isEqualTo(segment(0.5, 2.5, State.BLOCKED, "Thread.sleep"));
    assertThat(timeline.lane("loop").orElseThrow().at(SECOND).orElseThrow())
        .isEqualTo(segment(0.5, 2.5, State.BLOCKED, "Task-1: Thread.sleep"));
  }

  @Test
  void errorsAndCancellationsAreMarked() {
    Timeline timeline =
        virtual(
                () -> {
                  Task<Void> slow = createTask(async(() -> await(sleep(9))), "slow");
                  createTask(
                      async(
                          () -> {
                            await(sleep(1));
                            throw new IllegalStateException("burnt");
                          }),
                      "pan");
                  await(sleep(2));
                  slow.cancel();
                  await(sleep(1));
                })
            .timeline();
    assertThat(timeline.lane("slow").orElseThrow().marks())
        .extracting(Timeline.Mark::sign)
        .containsExactly(Sign.CANCEL, Sign.CANCEL);
    assertThat(timeline.lane("slow").orElseThrow().to()).isEqualTo(2 * SECOND);
    assertThat(timeline.lane("pan").orElseThrow().marks())
        .containsExactly(
            new Timeline.Mark(SECOND, Sign.ERROR, "java.lang.IllegalStateException: burnt"));
  }

  @Test
  void jobsHaveTheLaneOfTheirThread() {
    Timeline timeline =
        virtual(
                () -> {
                  try (var pool = new ThreadPool(2, "cooks")) {
                    EventLoop loop = eventLoop();
                    await(
                        gather(
                            loop.runInExecutor(pool, () -> WovenTime.sleep(SECOND)),
                            loop.runInExecutor(pool, () -> WovenTime.sleep(2 * SECOND)),
                            loop.runInExecutor(pool, () -> WovenTime.sleep(3 * SECOND))));
                  }
                })
            .timeline();
    assertThat(timeline.lanes().stream().filter(lane -> lane.kind() == Kind.THREAD))
        .extracting(lane -> lane.nanos(State.RUNNING))
        .containsExactlyInAnyOrder(4 * SECOND, 2 * SECOND);
  }

  /// Events by hand: `thread` at a time in milliseconds.
  private static Stamp stamp(long number, long millis, String thread) {
    return new Stamp(number, millis * 1_000_000, thread, "In [1]");
  }

  private static Segment millis(long from, long to, State state, String what) {
    return new Segment(from * 1_000_000, to * 1_000_000, state, what);
  }

  @Test
  void aThreadThatGotTheInterpreterLockLaterWaitedForIt() {
    List<TraceEvent> events =
        List.of(
            new TraceEvent.JobStarted(stamp(1, 0, "a"), 1, null),
            new TraceEvent.GilTaken(stamp(2, 0, "a"), 0),
            new TraceEvent.JobStarted(stamp(3, 1, "b"), 2, null),
            new TraceEvent.GilReleased(stamp(4, 5, "a"), 0, "asked"),
            new TraceEvent.GilTaken(stamp(5, 5, "b"), 0),
            new TraceEvent.GilReleased(stamp(6, 8, "b"), 0, "end"),
            new TraceEvent.JobEnded(stamp(7, 8, "b"), 2, null),
            new TraceEvent.GilTaken(stamp(8, 8, "a"), 0),
            new TraceEvent.JobEnded(stamp(9, 12, "a"), 1, null));
    Timeline timeline = new Trace("loop", "In [1]", 0, 12_000_000, 0, events, Map.of()).timeline();
    assertThat(timeline.lane("a").orElseThrow().segments())
        .containsExactly(
            millis(0, 5, State.RUNNING, "job 1"),
            millis(5, 8, State.WAITING, "Gil (held by b)"),
            millis(8, 12, State.RUNNING, "job 1"));
    assertThat(timeline.lane("b").orElseThrow().segments())
        .containsExactly(
            millis(0, 1, State.IDLE, null),
            millis(1, 5, State.WAITING, "Gil (held by a)"),
            millis(5, 8, State.RUNNING, "job 2"),
            millis(8, 12, State.IDLE, null));
  }

  @Test
  void whatTheCompilerTookFromATaskThatWasThereBeforeIsTakenFromItsLane() {
    List<TraceEvent> events =
        List.of(
            new TraceEvent.Compiled(stamp(1, 5, "loop"), "In [1]", 4_000_000),
            new TraceEvent.TaskCreated(stamp(2, 6, "loop"), 2, 1, "Task-2", "cook", null),
            new TraceEvent.Awaits(stamp(3, 7, "loop"), 1, "gather", 0, null));
    Timeline timeline =
        new Trace("loop", "In [1]", 0, 9_000_000, 0, events, Map.of(1L, "In [1]")).timeline();
    assertThat(timeline.lane("In [1]").orElseThrow().segments())
        .containsExactly(
            millis(0, 1, State.RUNNING, null),
            millis(1, 5, State.COMPILING, "In [1]"),
            millis(5, 7, State.RUNNING, null),
            millis(7, 9, State.WAITING, "gather"));
    assertThat(timeline.arrows()).containsExactly(new Arrow(6_000_000, 1, 2, Reason.CREATED));
  }

  @Test
  void everyLaneOfEveryProgramAddsUpAndOneTaskRunsAtATime() {
    for (ParityCorpus.Entry entry : ParityCorpus.recorded().subList(0, 400)) {
      var log = new EventLog();
      LoopClock clock = LoopClock.virtual();
      try (var _ = log.record()) {
        LoopOptions options =
            LoopOptions.defaults().withClock(clock).withLog(log).withNotices(_ -> {});
        ParityInterpreter.run(entry.source(), new EventLoop(options, kind.carrier(), false));
      }
      var trace = new Trace("loop", "", 0, clock.nanos(), 0, log.events(), Map.of());
      check(entry.source(), trace.timeline());
    }
  }

  @Test
  void realTimeAddsUpToo() {
    Trace trace =
        trace(
            LoopClock.real(),
            () -> {
              var queue = new AsyncQueue<Integer>(1);
              Task<Void> eater =
                  createTask(
                      async(
                          () -> {
                            for (int i = 0; i < 50; i++) await(queue.get());
                          }));
              for (int i = 0; i < 50; i++) await(queue.put(i));
              await(gather(eater, toThread(() -> {}), sleep(0.01)));
            });
    check("real", trace.timeline());
  }

  private static void check(String program, Timeline timeline) {
    for (Lane lane : timeline.lanes()) {
      long at = lane.from();
      for (Segment segment : lane.segments()) {
        assertThat(segment.from()).as(program + "\n" + lane).isEqualTo(at);
        assertThat(segment.to()).as(program + "\n" + lane).isGreaterThan(at);
        at = segment.to();
      }
      assertThat(at).as(program + "\n" + lane).isEqualTo(lane.to());
    }
    Lane loop = timeline.lanes().getFirst();
    long held = loop.nanos(State.RUNNING) + loop.nanos(State.BLOCKED);
    long tasks = 0;
    for (Lane lane : timeline.lanes()) {
      if (lane.kind() != Kind.TASK) continue;
      tasks += lane.nanos(State.RUNNING) + lane.nanos(State.BLOCKED);
    }
    assertThat(tasks).as("what the tasks ran and what the loop ran\n" + program).isEqualTo(held);
  }
}
