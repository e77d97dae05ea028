package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.Timeline;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Reason;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lanes of threads and worker processes that traced cells put to work.
class TracedWorkTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static Trace traced(String code) {
    driver.ok("%%trace\n" + code);
    return driver.session().loop().lastTrace();
  }

  private static List<Lane> lanes(Trace trace, Kind kind) {
    return trace.timeline().lanes().stream().filter(lane -> lane.kind() == kind).toList();
  }

  private static long count(Trace trace, Class<? extends TraceEvent> kind) {
    return trace.events().stream().filter(kind::isInstance).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await(threadPool.submit(() -> 1));",
        "threadPool.submit(() -> 1).get();",
        "for (var each : threadPool.map(n -> n + 1, List.of(1))) IO.println(each);",
        "threadPool.invokeAll(List.of(() -> 1));",
        "await(loop.runInExecutor(threadPool, () -> 1));",
        "await(toThread(() -> 1));",
        "try (var pool = Executors.newFixedThreadPool(1)) { pool.submit(() -> 1).get(); }",
        "try (var pool = Executors.newFixedThreadPool(1)) { pool.execute(() -> {}); }",
        "try (var pool = Executors.newFixedThreadPool(1)) {"
            + " new ExecutorCompletionService<Integer>(pool).submit(() -> 1).get(); }",
        "try (var pool = Executors.newFixedThreadPool(1)) {"
            + " await(loop.runInExecutor(pool, () -> 1)); }",
        "try (var pool = new ThreadPool(1)) {"
            + " new ExecutorCompletionService<Integer>(pool).submit(() -> 1).get(); }",
        "try (var pool = new ThreadPool(1)) {"
            + " CompletableFuture.supplyAsync(() -> 1, pool).get(); }",
        "try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {"
            + " pool.submit(() -> 1).get(); }",
        "try (var pool = Executors.newScheduledThreadPool(1)) {"
            + " pool.schedule(() -> 1, 1, TimeUnit.MILLISECONDS).get(); }",
        "CompletableFuture.supplyAsync(() -> 1).get();",
        "CompletableFuture.runAsync(() -> {}).get();",
        "await(CompletableFuture.completedFuture(1).thenApplyAsync(n -> n + 1));",
        "new ForkJoinPool(1).submit(() -> 1).get();"
      })
  void everyJobIsThereOnceWithTheLaneOfItsThread(String code) {
    Trace trace = traced(code);
    assertThat(count(trace, TraceEvent.JobStarted.class)).isEqualTo(1);
    assertThat(trace.summary().jobs()).isEqualTo(1);
    assertThat(lanes(trace, Kind.THREAD)).hasSize(1);
    assertThat(lanes(trace, Kind.THREAD).getFirst().segments())
        .anyMatch(segment -> segment.what() != null && segment.what().matches("job \\d+"));
    assertThat(trace.timeline().arrows()).anyMatch(arrow -> arrow.reason() == Reason.SUBMITTED);
  }

  @Test
  void aTimersTaskIsAJobThatMayRunManyTimes() {
    Trace trace =
        traced(
            """
            var timer = new Timer("clock", true);
            var rings = new CountDownLatch(3);
            timer.schedule(
                new TimerTask() { public void run() { rings.countDown(); } }, 1, 1);
            rings.await();
            timer.cancel();
            """);
    assertThat(trace.summary().jobs()).isEqualTo(1);
    assertThat(count(trace, TraceEvent.JobStarted.class)).isGreaterThanOrEqualTo(2);
    assertThat(lanes(trace, Kind.THREAD)).extracting(Lane::name).containsExactly("clock");
  }

  @Test
  void aJobThatAnotherRunsWhileItWaitsIsAJobToo() {
    Trace trace =
        traced(
            "try (var pool = new ForkJoinPool(1)) {"
                + " pool.submit(() -> pool.submit(() -> 1).join() + 1).get(); }");
    assertThat(trace.summary().jobs()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try (var pool = Executors.newFixedThreadPool(1)) { pool.submit(BURN).get(); }",
        "threadPool.submit(BURN).get();",
        "CompletableFuture.runAsync(BURN).get();",
        "threadPool.invokeAll(List.of(() -> { BURN.run(); return 1; })).get(0).get();"
      })
  void whatAJobThrowsIsMarked(String code) {
    Trace trace =
        traced(
            "Runnable BURN = () -> { throw new IllegalStateException(\"burnt\"); };\ntry { "
                + code
                + " } catch (ExecutionException e) { IO.println(e.getCause()); }");
    assertThat(lanes(trace, Kind.THREAD))
        .flatExtracting(Lane::marks)
        .filteredOn(mark -> mark.sign() == Sign.ERROR)
        .extracting(Timeline.Mark::text)
        .containsExactly("java.lang.IllegalStateException: burnt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var cook = new Thread(() -> work(), \"cook\"); cook.start();",
        "var cook = Thread.ofVirtual().name(\"cook\").start(() -> work());",
        "var cook = Thread.ofPlatform().name(\"cook\").start(() -> work());",
        "class Cook extends Thread { public void run() { work(); } }\n"
            + "var cook = new Cook(); cook.setName(\"cook\"); cook.start();",
        "var cook = Thread.ofPlatform().name(\"cook\").unstarted(() -> work()); cook.start();"
      })
  void aThreadRunsFromItsStartToItsEndAndWaitsInBetween(String code) {
    driver.ok(
        "void work() { try { Thread.sleep(5); } catch (InterruptedException e) {"
            + " throw new IllegalStateException(e); } }");
    Trace trace = traced(code + "\ncook.join(); await(sleep(0.02));");
    List<Lane> threads = lanes(trace, Kind.THREAD);
    assertThat(threads).extracting(Lane::name).containsExactly("cook");
    Lane cook = threads.getFirst();
    assertThat(cook.from()).isGreaterThan(trace.from());
    assertThat(cook.to()).isLessThan(trace.to());
    assertThat(cook.nanos(State.WAITING)).isGreaterThanOrEqualTo(4_000_000);
    assertThat(cook.nanos(State.RUNNING) + cook.nanos(State.WAITING))
        .isEqualTo(cook.to() - cook.from());
    assertThat(trace.timeline().arrows()).anyMatch(arrow -> arrow.reason() == Reason.CREATED);
    assertThat(trace.summary().threads()).isEqualTo(1);
  }

  @Test
  void virtualThreadsWithoutANameHaveALaneEach() {
    Trace trace =
        traced(
            "var all = List.of(Thread.startVirtualThread(() -> {}),"
                + " Thread.startVirtualThread(() -> {}));\n"
                + "for (var each : all) each.join();");
    assertThat(lanes(trace, Kind.THREAD)).hasSize(2).extracting(Lane::name).doesNotHaveDuplicates();
  }

  @Test
  void aHundredThreadsShowWhoWaitedForTheLock() {
    Trace trace =
        traced(
            """
            int counter = 0;
            var guard = new ReentrantLock();
            var all = new ArrayList<Thread>();
            for (int i = 0; i < 100; i++) {
              all.add(new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                  guard.lock();
                  try { counter++; } finally { guard.unlock(); }
                }
              }, "adder-" + i));
            }
            guard.lock();
            for (var each : all) each.start();
            while (guard.getQueueLength() < 100) Thread.onSpinWait();
            guard.unlock();
            for (var each : all) each.join();
            """);
    assertThat(driver.value("counter")).isEqualTo("1000000");
    assertThat(lanes(trace, Kind.THREAD)).hasSize(100);
    assertThat(trace.summary().threads()).isEqualTo(100);
    assertThat(trace.summary().where()).containsKey("ReentrantLock#1");
    assertThat(lanes(trace, Kind.THREAD))
        .allSatisfy(
            lane ->
                assertThat(lane.segments())
                    .extracting(Timeline.Segment::what)
                    .contains("ReentrantLock#1 (held by " + trace.label() + ")"));
  }

  @Test
  void aWorkerProcessHasALane() {
    Trace trace =
        traced(
            """
            await(processPool.submit(() -> 1));
            for (int each : processPool.map(n -> n + 1, List.of(1, 2))) IO.println(each);
            await(loop.runInExecutor(processPool, () -> 2));
            """);
    assertThat(trace.summary().jobs()).isEqualTo(4);
    assertThat(lanes(trace, Kind.PROCESS))
        .isNotEmpty()
        .allMatch(lane -> lane.name().matches("worker-\\d+ \\(pid \\d+\\)"));
    assertThat(lanes(trace, Kind.THREAD)).isEmpty();
  }

  @Test
  void theSummaryOfACellCountsItsJobsAndThreads() {
    driver.ok("%trace summary");
    try {
      CellResult cell =
          driver.ok(
              "await(gather(toThread(() -> 1), toThread(() -> 2)));\n"
                  + "var cook = new Thread(() -> {}); cook.start(); cook.join();");
      assertThat(driver.displays(cell.cell()).getLast())
          .startsWith("2 tasks, 2 jobs and 1 thread, ended: ");
      cell = driver.ok("threadPool.submit(() -> 1).get();");
      assertThat(driver.displays(cell.cell()).getLast()).startsWith("1 job; ");
    } finally {
      driver.ok("%trace off");
    }
  }
}
