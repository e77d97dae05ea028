package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.Frequent;
import dev.brigade.async.trace.Stamp;
import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class EventLogTest {
  private final CarrierKind kind;

  EventLogTest(CarrierKind kind) {
    this.kind = kind;
  }

  private List<TraceEvent> logOf(Action main) {
    var log = new EventLog();
    try (var _ = log.listen(_ -> {})) {
      run(
          async(main),
          () ->
              new EventLoop(
                  LoopOptions.defaults().withClock(LoopClock.virtual()).withLog(log),
                  kind.carrier(),
                  false));
    }
    return log.events();
  }

  private static Coroutine<Void> cook(AsyncLock stove, int n) {
    return Coroutines.of(
        "cook" + n,
        () -> {
          await(sleep(n));
          try (var _ = await(stove.acquire())) {
            await(sleep(2));
          }
        });
  }

  private static void kitchen() {
    var stove = new AsyncLock();
    await(gather(cook(stove, 1), cook(stove, 2), cook(stove, 3)));
  }

  @Test
  void theSameProgramGivesTheSameLogEveryTime() {
    List<String> first = text(logOf(EventLogTest::kitchen));
    assertThat(first).hasSizeGreaterThan(40).isEqualTo(text(logOf(EventLogTest::kitchen)));
  }

  private static void kitchenWithHelpers() {
    try (var pool = new ThreadPool(2, "cooks")) {
      EventLoop loop = eventLoop();
      var jobs = new ArrayList<Promise<Integer>>();
      for (int i = 0; i < 6; i++) {
        int number = i;
        jobs.add(
            loop.runInExecutor(
                pool,
                () -> {
                  WovenTime.sleep(100_000_000L * (number % 3));
                  return number;
                }));
      }
      Task<Void> beside = createTask(toThread(() -> WovenTime.sleep(150_000_000L)));
      assertThat(await(gather(jobs))).containsExactly(0, 1, 2, 3, 4, 5);
      await(beside);
    }
  }

  @Test
  void aProgramWithPoolsGivesTheSameLogEveryTime() {
    List<String> first = text(logOf(EventLogTest::kitchenWithHelpers));
    assertThat(first).hasSizeGreaterThan(25);
    for (int i = 0; i < 5; i++) {
      assertThat(text(logOf(EventLogTest::kitchenWithHelpers))).isEqualTo(first);
    }
  }

  private static List<String> text(List<TraceEvent> events) {
    return events.stream().map(TraceEvent::toString).toList();
  }

  @Test
  void theLogTellsWhoWaitedForWhomAndWhen() {
    List<TraceEvent> log = logOf(EventLogTest::kitchen);
    assertThat(log.stream().map(e -> e.at().sequence()).toList())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(log.stream().filter(e -> e instanceof TraceEvent.TaskCreated)).hasSize(4);
    List<TraceEvent.LockWait> waits =
        log.stream()
            .filter(TraceEvent.LockWait.class::isInstance)
            .map(TraceEvent.LockWait.class::cast)
            .toList();
    assertThat(waits).extracting(TraceEvent.LockWait::task).containsExactly(3L, 4L);
    assertThat(waits).extracting(TraceEvent.LockWait::holder).containsExactly(2L, 2L);
    assertThat(waits).extracting(TraceEvent.LockWait::lock).containsOnly("lock-1");
    assertThat(waits)
        .extracting(wait -> wait.at().nanos())
        .containsExactly(2_000_000_000L, 3_000_000_000L);
    TraceEvent last = log.getLast();
    assertThat(last)
        .isInstanceOfSatisfying(
            TraceEvent.TaskEnded.class,
            end -> {
              assertThat(end.task()).isEqualTo(1);
              assertThat(end.end()).isEqualTo(TraceEvent.End.FINISHED);
              assertThat(end.at().nanos()).isEqualTo(7_000_000_000L);
            });
  }

  @Test
  void withoutAListenerNothingIsKept() {
    var log = new EventLog();
    run(
        async(EventLogTest::kitchen),
        () ->
            new EventLoop(
                LoopOptions.defaults().withClock(LoopClock.virtual()).withLog(log),
                kind.carrier(),
                false));
    assertThat(log.events()).isEmpty();
    assertThat(log.sequence()).isZero();
  }

  @Test
  void aListenerThatThrowsIsRemovedAndTheProgramGoesOn() {
    var log = new EventLog();
    var seen = new ArrayList<TraceEvent>();
    log.listen(
        _ -> {
          throw new IllegalStateException("broken view");
        });
    log.listen(seen::add);
    log.add(0, "loop", null, at -> new TraceEvent.StepBegan(at, 1));
    log.add(0, "loop", null, at -> new TraceEvent.StepEnded(at, 1));
    assertThat(seen).hasSize(2);
  }

  @Test
  void aFullRingDropsTheOldestAndSaysHowMany() {
    var log = new EventLog(2);
    log.listen(_ -> {});
    for (int i = 1; i <= 5; i++) {
      long task = i;
      log.add(0, "loop", null, at -> new TraceEvent.StepBegan(at, task));
    }
    assertThat(log.events()).extracting(e -> e.at().sequence()).containsExactly(4L, 5L);
    assertThat(log.dropped()).isEqualTo(3);
  }

  @Test
  void aRingThatGrowsAndThenDropsKeepsTheOrder() {
    var log = new EventLog(3000);
    log.record();
    for (int i = 1; i <= 7000; i++) {
      log.add(Frequent.WOKEN, 10L * i, "loop", "In [1]", i, -i, null, null, null);
    }
    List<TraceEvent> kept = log.events();
    assertThat(kept).hasSize(3000);
    for (int i = 0; i < 3000; i++) {
      long number = 4001 + i;
      var at = new Stamp(number, 10 * number, "loop", "In [1]");
      assertThat(kept.get(i)).isEqualTo(new TraceEvent.Woken(at, number, -number));
    }
    assertThat(log.eventsAfter(6998)).isEqualTo(kept.subList(2998, 3000));
    assertThat(log.eventsAfter(7000)).isEmpty();
  }

  @Test
  void whoListensHearsTheEventsThatAreKept() {
    var log = new EventLog();
    var heard = new ArrayList<TraceEvent>();
    log.listen(heard::add);
    run(
        async(EventLogTest::kitchen),
        () ->
            new EventLoop(
                LoopOptions.defaults().withClock(LoopClock.virtual()).withLog(log),
                kind.carrier(),
                false));
    assertThat(heard).hasSizeGreaterThan(40).isEqualTo(log.events());
  }

  @Test
  void aRecordingEndsOnceHoweverOftenItIsClosed() {
    var log = new EventLog();
    EventLog.Listening first = log.record();
    EventLog.Listening second = log.record();
    first.close();
    first.close();
    assertThat(log.isOn()).isTrue();
    second.close();
    assertThat(log.isOn()).isFalse();
  }
}
