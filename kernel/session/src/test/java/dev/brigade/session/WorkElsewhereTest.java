package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Work that cells give to other threads: what stops it, who is named, and what stays as it was.
class WorkElsewhereTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok("int kept = 17; var ends = new CountDownLatch(1);");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CompletableFuture.runAsync(() -> { begun(); while (true) {} }).join();",
        "IntStream.range(0, 4).parallel().forEach(i -> { begun(); while (true) {} });",
        "new ForkJoinPool(2).submit(() -> { begun(); while (true) {} }).join();",
        "try (var pool = Executors.newFixedThreadPool(2)) {"
            + " pool.submit(() -> { begun(); while (true) {} }); } while (true) {}",
        "var spins = new Thread(() -> { begun(); while (true) {} }); spins.start(); spins.join();"
      })
  void onePressEndsACellThatWaitsForAnEndlessJob(String code) {
    Execution cell = driver.start("void begun() { IO.println(\"begun\"); }\n" + code);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("kept")).isEqualTo("17");
    driver.session().interrupt(); // the last of the codes leaves its thread
    driver.awaitThat(() -> cell.cell().origin().workers().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await(toThread(() -> { IO.println(\"begun\"); while (true) {} }))",
        "await(threadPool.submit(() -> { IO.println(\"begun\"); while (true) {} }))",
        "await(threadPool.submit(() -> { IO.println(\"begun\"); Thread.sleep(3_600_000); }))"
      })
  void aSecondPressStopsTheJobThatTheFirstHasLeft(String code) {
    Execution cell = driver.start(code);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(cell.cell().origin().workers()).hasSize(1);
    driver.session().interrupt();
    driver.awaitThat(() -> cell.cell().origin().workers().isEmpty());
  }

  @Test
  void aJobThatStillRunsIsNamedWhenItsCellEnds() {
    CellResult cell =
        driver.ok(
            """
            var begun = new CountDownLatch(1);
            CompletableFuture.runAsync(() -> {
              begun.countDown();
              try { ends.await(); } catch (InterruptedException e) { }
            });
            begun.await();
            """);
    assertThat(driver.displays(cell.cell()))
        .anyMatch(text -> text.contains("left running: a job in ForkJoinPool"));
    driver.ok("ends.countDown();");
  }

  @Test
  void jobsThatTheirPoolOrdersStayWhatTheyAre() {
    assertThat(
            driver.value(
                """
                record Ordered(int rank, List<Integer> trail)
                    implements Runnable, Comparable<Ordered> {
                  public void run() { trail.add(rank); }
                  public int compareTo(Ordered other) { return Integer.compare(rank, other.rank); }
                }
                var trail = Collections.synchronizedList(new ArrayList<Integer>());
                var orders =
                    new ThreadPoolExecutor(
                        1, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>());
                for (int i = 9; i >= 0; i--) orders.execute(new Ordered(i, trail));
                orders.shutdown();
                orders.awaitTermination(20, TimeUnit.SECONDS);
                trail.size()
                """))
        .isEqualTo("10");
  }

  @Test
  void anExecutorOfACellGetsTheJobItWasGiven() {
    assertThat(
            driver.value(
                """
                class Plain implements Runnable { public void run() {} }
                class Sees implements Executor {
                  Object seen;
                  public void execute(Runnable job) { seen = job; job.run(); }
                }
                Executor sees = new Sees();
                sees.execute(new Plain());
                ((Sees) sees).seen instanceof Plain
                """))
        .isEqualTo("true");
  }

  /// The calls the log shows for some code.
  private static List<String> waits(String code) {
    EventLog log = driver.session().loop().log();
    long before = log.sequence();
    try (EventLog.Listening _ = log.listen(_ -> {})) {
      driver.ok(code);
      return log.eventsAfter(before).stream()
          .filter(TraceEvent.ThreadWaits.class::isInstance)
          .map(event -> ((TraceEvent.ThreadWaits) event).call())
          .toList();
    }
  }

  @Test
  void aMethodReferenceToAWaitIsAWait() {
    assertThat(
            waits(
                """
                interface Waits { void go() throws Exception; }
                interface Sleeps { void go(long millis) throws Exception; }
                Waits w = new CyclicBarrier(1)::await;
                Sleeps s = Thread::sleep;
                w.go();
                s.go(1);
                """))
        .contains("CyclicBarrier.await", "Thread.sleep");
  }

  @Test
  void aSubclassOfACellWaitsAsItsParentDoes() {
    assertThat(
            waits(
                """
                class Worker extends Thread {
                  final CountDownLatch go = new CountDownLatch(1);
                  public void run() { try { go.await(); } catch (InterruptedException e) { } }
                }
                var worker = new Worker();
                worker.start();
                worker.join(1);
                worker.go.countDown();
                """))
        .contains("Thread.join");
  }

  @Test
  void aMethodOfTheSameNameInACellIsLeftAlone() {
    assertThat(
            waits(
                """
                class Own extends ReentrantLock { @Override public void lock() { } }
                new Own().lock();
                class Joins { void join() { } }
                new Joins().join();
                """))
        .isEmpty();
  }

  @Test
  void aFreeLockIsNoWaitAndATakenOneNamesItsHolder() {
    EventLog log = driver.session().loop().log();
    long before = log.sequence();
    try (EventLog.Listening _ = log.listen(_ -> {})) {
      driver.ok(
          """
          var guard = new ReentrantLock();
          guard.lock();
          guard.unlock();
          var taken = new CountDownLatch(1);
          Thread.ofPlatform().daemon().name("keeper").start(() -> { guard.lock(); taken.countDown(); });
          taken.await();
          guard.tryLock(1, TimeUnit.MILLISECONDS);
          """);
      assertThat(
              log.eventsAfter(before).stream()
                  .filter(TraceEvent.ThreadWaits.class::isInstance)
                  .map(TraceEvent.ThreadWaits.class::cast)
                  .filter(wait -> wait.call().startsWith("Lock."))
                  .map(wait -> wait.object() + " held by " + wait.holder()))
          .singleElement()
          .asString()
          .matches("ReentrantLock#\\d+ held by keeper");
    }
  }

  @Test
  void onTheRealClockSleepsFailAsInTheJdk() {
    assertThat(driver.error("Thread.sleep(-1)").name()).isEqualTo("IllegalArgumentException");
    assertThat(driver.error("{ Thread.currentThread().interrupt(); Thread.sleep(1); }").name())
        .isEqualTo("InterruptedException");
    assertThat(driver.value("TimeUnit.SECONDS.sleep(-1); Thread.sleep(Duration.ofSeconds(-1)); 1"))
        .isEqualTo("1");
    assertThat(
            driver.value(
                "var now = System.currentTimeMillis(); Math.abs(Instant.now().toEpochMilli() - now)"
                    + " < 60_000 && new Date().getTime() >= now"))
        .isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var t = new Thread(() -> nap()); t.start(); t.join();",
        "CompletableFuture.runAsync(() -> nap()).join();",
        "var gone = new CountDownLatch(1);"
            + " new Thread(() -> { nap(); gone.countDown(); }).start(); gone.await();",
        "var q = new LinkedBlockingQueue<Integer>();"
            + " new Thread(() -> { nap(); q.add(1); }).start(); q.take();"
      })
  void aCoroutineThatBlocksLetsVirtualTimeGoOn(String code) {
    driver.ok("void nap() { try { Thread.sleep(90_000); } catch (InterruptedException e) { } }");
    assertThat(
            driver.value(
                "run(async(() -> { %s return eventLoop().time(); }), EventLoop::virtualTime)"
                    .formatted(code)))
        .isEqualTo("90.0");
  }

  @Test
  void aDateFollowsTheLoopsClock() {
    assertThat(driver.value("run(async(() -> new Date().getTime()), EventLoop::virtualTime)"))
        .isEqualTo("946684800000");
  }
}
