package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.EventLog;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a timeline shows of threads, jobs and worker processes.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class WorkLanesTest {
  private static final long SECOND = 1_000_000_000;

  private final CarrierKind kind;

  WorkLanesTest(CarrierKind kind) {
    this.kind = kind;
  }

  private Trace trace(LoopClock clock, Action main) {
    var log = new EventLog();
    long from = clock.nanos();
    LoopOptions options =
        LoopOptions.defaults().withClock(clock).withLog(log).withName("loop").withNotices(_ -> {});
    try (var _ = log.record()) {
      run(async(main), () -> new EventLoop(options, kind.carrier(), false));
    }
    var trace =
        new Trace("loop", "test", from, clock.nanos(), log.dropped(), log.events(), Map.of());
    trace.timeline().lanes().forEach(WorkLanesTest::addsUp);
    return trace;
  }

  private static void addsUp(Lane lane) {
    long at = lane.from();
    for (Segment segment : lane.segments()) {
      assertThat(segment.from()).as(lane.toString()).isEqualTo(at);
      assertThat(segment.to()).as(lane.toString()).isGreaterThan(at);
      at = segment.to();
    }
    assertThat(at).as(lane.toString()).isEqualTo(lane.to());
  }

  private Trace virtual(Action main) {
    return trace(LoopClock.virtual(), main);
  }

  private static Segment segment(double from, double to, State state, String what) {
    return new Segment(Math.round(from * SECOND), Math.round(to * SECOND), state, what);
  }

  private static void work(double seconds) throws InterruptedException {
    WovenTime.sleep(Math.round(seconds * SECOND));
  }

  private static Lane lane(Timeline timeline, String name) {
    return timeline.lane(name).orElseThrow(() -> new AssertionError(timeline.lanes().toString()));
  }

  private static void lock(ReentrantLock lock) {
    Object wait = WovenWaits.begin(lock, "Lock.lock");
    lock.lock();
    WovenWaits.end(wait);
  }

  private static void join(Thread thread) throws InterruptedException {
    Object wait = WovenWaits.beginEndless(thread, "Thread.join");
    thread.join();
    WovenWaits.end(wait);
  }

  @Test
  void aTaskSaysWhichJobItWaitsForAndTheThreadThatItRuns() {
    Timeline timeline =
        virtual(
                () -> {
                  try (var pool = new ThreadPool(1, "cooks")) {
                    await(pool.submit(() -> work(1)));
                    await(eventLoop().runInExecutor(pool, () -> work(2)));
                  }
                })
            .timeline();
    assertThat(timeline.task(1).orElseThrow().segments())
        .containsExactly(
            segment(0, 1, State.WAITING, "job 1"), segment(1, 3, State.WAITING, "job 2"));
    assertThat(lane(timeline, "cooks-1").segments())
        .containsExactly(
            segment(0, 1, State.RUNNING, "job 1"), segment(1, 3, State.RUNNING, "job 2"));
    assertThat(timeline.arrows())
        .contains(new Arrow(0, 1, 2, Reason.SUBMITTED), new Arrow(SECOND, 2, 1, Reason.DELIVERED));
  }

  @Test
  void whatAJobWaitsForIsInsideOfIt() {
    Timeline timeline =
        virtual(
                () -> {
                  try (var pool = new ThreadPool(1, "cooks")) {
                    await(
                        pool.submit(
                            () -> {
                              work(1);
                              WovenClock.sleep(2000);
                              work(1);
                            }));
                  }
                })
            .timeline();
    assertThat(lane(timeline, "cooks-1").segments())
        .containsExactly(
            segment(0, 1, State.RUNNING, "job 1"),
            segment(1, 3, State.WAITING, "Thread.sleep"),
            segment(3, 4, State.RUNNING, "job 1"));
  }

  @Test
  void aJobThatWaitsForALockSaysWhoHoldsIt() {
    var lock = new ReentrantLock();
    Callable<Void> job =
        () -> {
          lock(lock);
          work(2);
          lock.unlock();
          return Actions.nothing();
        };
    Trace trace =
        virtual(
            () -> {
              try (var pool = new ThreadPool(2, "cooks")) {
                await(gather(wrapFuture(pool.submit(job)), wrapFuture(pool.submit(job))));
              }
            });
    assertThat(lane(trace.timeline(), "cooks-2").segments())
        .containsExactly(
            segment(0, 2, State.WAITING, "ReentrantLock#1 (held by cooks-1)"),
            segment(2, 4, State.RUNNING, "job 2"));
    assertThat(trace.summary().work())
        .as("to wait for each other is no work")
        .isEqualTo(4 * SECOND);
  }

  @Test
  void everyWayToHandAJobOverIsOneJob() {
    Trace trace =
        virtual(
            () -> {
              try (var pool = new ThreadPool(2, "cooks")) {
                await(pool.submit(() -> 1));
                var ran = new CountDownLatch(1);
                pool.execute(ran::countDown);
                Object wait = WovenWaits.beginEndless(ran, "CountDownLatch.await");
                ran.await();
                WovenWaits.end(wait);
                await(eventLoop().runInExecutor(pool, () -> 3));
                await(toThread(() -> 4));
                await(CompletableFuture.supplyAsync(() -> 5, pool));
                for (int each : pool.map(n -> n, List.of(6, 7))) assertThat(each).isIn(6, 7);
              }
            });
    assertThat(count(trace, TraceEvent.JobSubmitted.class)).isEqualTo(7);
    assertThat(count(trace, TraceEvent.JobStarted.class)).isEqualTo(7);
    assertThat(count(trace, TraceEvent.JobEnded.class)).isEqualTo(7);
    assertThat(trace.summary().jobs()).isEqualTo(7);
    assertThat(trace.summary().line()).startsWith("1 task and 7 jobs, ended: Task-1");
  }

  private static long count(Trace trace, Class<? extends TraceEvent> kind) {
    return trace.events().stream().filter(kind::isInstance).count();
  }

  @Test
  void jobsOfEveryKindGiveTheSameLogOnEveryRun() {
    List<TraceEvent> first = virtual(WorkLanesTest::kitchen).events();
    assertThat(first).filteredOn(TraceEvent.JobEnded.class::isInstance).hasSize(9);
    for (int i = 0; i < 5; i++) {
      assertThat(virtual(WorkLanesTest::kitchen).events().toString()).isEqualTo(first.toString());
    }
  }

  private static void kitchen() throws InterruptedException {
    try (var cooks = new ThreadPool(2, "cooks");
        var guests = new VirtualThreadPool()) {
      var jobs = new ArrayList<Promise<Void>>();
      for (int i = 0; i < 3; i++) {
        double seconds = 0.5 * i;
        jobs.add(wrapFuture(cooks.submit(() -> WovenClock.sleep((long) (1000 * seconds)))));
        jobs.add(wrapFuture(guests.submit(() -> work(1 + seconds))));
        jobs.add(eventLoop().runInExecutor(cooks, () -> work(seconds)));
      }
      await(gather(jobs));
    }
  }

  @Test
  void whatAJobThrowsIsMarkedInTheLaneOfItsThread() {
    Timeline timeline =
        virtual(
                () -> {
                  try (var pool = new ThreadPool(1, "cooks")) {
                    VoidJob burns =
                        () -> {
                          work(1);
                          throw new IllegalStateException("burnt");
                        };
                    await(waitAll(List.of(wrapFuture(pool.submit(burns)))));
                  }
                })
            .timeline();
    assertThat(lane(timeline, "cooks-1").marks())
        .containsExactly(
            new Timeline.Mark(SECOND, Sign.ERROR, "java.lang.IllegalStateException: burnt"));
  }

  @Test
  void everyJobOfAPoolOfVirtualThreadsHasALane() {
    Timeline timeline =
        virtual(
                () -> {
                  try (var pool = new VirtualThreadPool()) {
                    for (var each : List.of(pool.submit(() -> work(1)), pool.submit(() -> work(2))))
                      await(each);
                  }
                })
            .timeline();
    assertThat(lane(timeline, "virtual-1").nanos(State.RUNNING)).isEqualTo(SECOND);
    assertThat(lane(timeline, "virtual-2").nanos(State.RUNNING)).isEqualTo(2 * SECOND);
  }

  @Test
  void aStartedThreadRunsFromItsStartToItsEnd() {
    Trace trace =
        virtual(
            () -> {
              var lock = new ReentrantLock();
              await(sleep(1));
              var cooks = new ArrayList<Thread>();
              for (int i = 0; i < 2; i++) {
                Runnable body =
                    WovenThreads.body(
                        () -> {
                          lock(lock);
                          sleepOneSecond();
                          lock.unlock();
                        });
                cooks.add(new Thread(body, "cook"));
                WovenThreads.start(cooks.getLast());
              }
              for (Thread cook : cooks) join(cook);
            });
    Timeline timeline = trace.timeline();
    List<Lane> threads =
        timeline.lanes().stream().filter(lane -> lane.kind() == Kind.THREAD).toList();
    assertThat(threads).extracting(Lane::name).containsExactly("cook", "cook (2)");
    assertThat(threads).extracting(Lane::from).containsExactly(SECOND, SECOND);
    assertThat(threads).extracting(Lane::to).containsExactlyInAnyOrder(2 * SECOND, 3 * SECOND);
    assertThat(threads)
        .flatExtracting(Lane::segments)
        .extracting(Segment::what)
        .containsOnlyOnce("ReentrantLock#1 (held by cook)")
        .contains("Thread.sleep");
    assertThat(timeline.arrows()).contains(new Arrow(SECOND, 1, 2, Reason.CREATED));
    assertThat(trace.summary().threads()).isEqualTo(2);
    assertThat(trace.summary().work()).isEqualTo(3 * SECOND);
    assertThat(trace.summary().where()).containsEntry("ReentrantLock#1", SECOND);
  }

  private static void sleepOneSecond() {
    try {
      WovenClock.sleep(1000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void threadsThatTheLogSawEndOnlyRanFromItsBeginning() {
    Trace whole =
        virtual(
            () -> {
              var cook =
                  Thread.ofVirtual()
                      .unstarted(
                          WovenThreads.body(
                              () -> {
                                sleepOneSecond();
                                throw new IllegalStateException("burnt");
                              }));
              cook.setUncaughtExceptionHandler((_, _) -> {});
              WovenThreads.start(cook);
              join(cook);
            });
    List<TraceEvent> rest =
        whole.events().stream()
            .dropWhile(event -> !(event instanceof TraceEvent.ThreadWaited))
            .toList();
    var trace = new Trace("loop", "test", 0, whole.to(), 9, rest, Map.of());
    Lane lane = lane(trace.timeline(), "virtual thread 1");
    assertThat(lane.segments()).containsExactly(segment(0, 1, State.RUNNING, null));
    assertThat(lane.marks()).extracting(Timeline.Mark::sign).containsExactly(Sign.ERROR);
  }

  @Test
  void aThreadMadeElsewhereEndsToo() throws Exception {
    Trace trace =
        trace(
            LoopClock.real(),
            () -> {
              var thread = Thread.ofPlatform().name("plain").unstarted(() -> {});
              var ended = new CompletableFuture<Void>();
              try (var _ =
                  eventLoop()
                      .log()
                      .listen(
                          event -> {
                            if (event instanceof TraceEvent.ThreadEnded) ended.complete(null);
                          })) {
                WovenThreads.start(thread);
                await(ended);
              }
            });
    assertThat(lane(trace.timeline(), "plain").to()).isLessThan(trace.to());
  }

  @Test
  void aWorkerProcessHasALaneOfItsOwn() {
    Trace trace =
        trace(
            LoopClock.real(),
            () -> {
              try (var pool = new ProcessPool(1)) {
                await(pool.submit((Job<Integer>) () -> 1));
                await(eventLoop().runInExecutor(pool, () -> 2));
              }
            });
    List<Lane> workers =
        trace.timeline().lanes().stream().filter(lane -> lane.kind() == Kind.PROCESS).toList();
    assertThat(workers).hasSize(1);
    assertThat(workers.getFirst().name()).matches("worker-1 \\(pid \\d+\\)");
    assertThat(workers.getFirst().segments())
        .extracting(Segment::what)
        .containsSubsequence("job 1", "job 2");
    assertThat(trace.summary().jobs()).isEqualTo(2);
  }
}
