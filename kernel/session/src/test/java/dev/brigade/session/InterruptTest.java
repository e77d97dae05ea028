package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok("int kept = 17; CountDownLatch begun = null;");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "int n = 0; while (true) n++;",
        "void n2() {} for (;;) { try { n2(); } catch (Exception e) { } }",
        "Thread.sleep(60000);",
        "new CompletableFuture<String>().join();",
        "var red = new Semaphore(0); red.acquireUninterruptibly();",
        "var phaser = new Phaser(2); phaser.arriveAndAwaitAdvance();",
        "var stamped = new StampedLock(); stamped.writeLock(); stamped.readLock();",
        """
        var lock2 = new ReentrantLock();
        Thread.startVirtualThread(lock2::lock).join();
        lock2.lock();\
        """,
        """
        var server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        var socket = new java.net.Socket(server.getInetAddress(), server.getLocalPort());
        socket.getInputStream().read();\
        """,
        "while (true) LockSupport.parkNanos(1_000_000);",
        "for (;;) { try { Thread.sleep(10); } catch (InterruptedException e) { } }",
        "await(sleep(60));",
        "new CountDownLatch(1).await();",
        "await(gather(async(() -> { await(sleep(60)); }), async(() -> { while (true) {} })))",
        "Stream.iterate(1, x -> x + 1).forEach(x -> {});",
        "synchronized (new Object()) { while (true) {} }",
        "await(createTask(async(() -> { Thread.sleep(60000); })))"
      })
  void onePressEndsTheCellAndKeepsVariables(String code) {
    Execution cell = driver.start("IO.println(\"begun\");\n" + code);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    CellError error = SessionDriver.error(driver.await(cell));
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(driver.value("kept")).isEqualTo("17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endless(() -> deep(1));",
        "endless(() -> deeper.applyAsInt(1));",
        "endless(() -> streamed(1));",
        "run(async(() -> endless(() -> deep(1))), EventLoop::create);",
        "await(toThread(() -> endless(() -> deep(1))));"
      })
  void theReportOfADeepRecursionIsShort(String call) {
    driver.ok(
        """
        int deep(int n) { return deep(n + 1) + 1; }
        java.util.function.IntUnaryOperator deeper = n -> deeper.applyAsInt(n + 1) + 1;
        int streamed(int n) { return IntStream.of(n).map(i -> streamed(i + 1) + 1).sum(); }
        int endless(IntSupplier recursion) {
          while (true) {
            try {
              recursion.getAsInt();
            } catch (StackOverflowError e) {
            }
          }
        }
        """);
    Execution cell = driver.start("IO.println(\"begun\");\n" + call);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    CellError error = SessionDriver.error(driver.await(cell));
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(error.traceback()).hasSizeBetween(2, 30);
    // Every frame with its line.
    assertThat(error.plainTraceback()).noneMatch(line -> line.matches(" *In \\[\\d+](, in .*)?"));
  }

  @Test
  void cleanupThatComputesIsNotStoppedAgain() {
    Execution cell =
        driver.start(
            """
            try {
              IO.println("begun");
              while (true) {}
            } finally {
              long end = System.nanoTime() + 500_000_000;
              while (System.nanoTime() < end) {}
              IO.println("cleaned");
            }
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.printed(cell.cell())).isEqualTo("begun\ncleaned\n");
  }

  @Test
  void cleanupRunsBeforeTheCellEnds() {
    Execution cell =
        driver.start(
            """
            try {
              IO.println("begun");
              await(sleep(60));
            } finally {
              await(sleep(0.01));
              IO.println("cleaned");
            }
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.printed(cell.cell())).isEqualTo("begun\ncleaned\n");
  }

  @Test
  void cleanupOfAnAwaitedTaskRunsToItsEnd() {
    Execution cell =
        driver.start(
            """
            Coroutine<Void> careful() {
              return async(() -> {
                try {
                  IO.println("begun");
                  await(sleep(60));
                } finally {
                  await(sleep(0.01));
                  IO.println("cleaned");
                }
              });
            }
            await(createTask(careful()));
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.printed(cell.cell())).isEqualTo("begun\ncleaned\n");
  }

  @Test
  void cleanupOfAStoppedLoopMayAwait() {
    Execution cell =
        driver.start(
            """
            Coroutine<Void> computing() {
              return async(() -> {
                try {
                  IO.println("begun");
                  while (true) {}
                } finally {
                  await(sleep(0.01));
                  IO.println("cleaned");
                }
              });
            }
            await(gather(createTask(computing()), sleep(60)));
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    driver.awaitThat(() -> driver.printed(cell.cell()).equals("begun\ncleaned\n"));
  }

  @Test
  void aStopThatWasSwallowedIsFollowedByTheCancellation() {
    Execution cell =
        driver.start(
            """
            try {
              IO.println("begun");
              while (true) {}
            } catch (Throwable e) {
              IO.println("swallowed");
            }
            await(sleep(60));
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.printed(cell.cell())).isEqualTo("begun\nswallowed\n");
  }

  @Test
  void tasksOfOtherCellsLiveOnAndAreNamed() {
    CellResult stays =
        driver.ok(
            """
            var stays = createTask(async(() -> { await(sleep(60)); }), "stays");
            """);
    Execution cell = driver.start("IO.println(\"begun\"); await(sleep(60));");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    InterruptReport report = driver.session().interrupt();
    driver.await(cell);
    assertThat(report.cell()).isEqualTo(cell.cell().label());
    assertThat(report.left()).contains("stays (" + stays.cell().label() + ")");
    assertThat(driver.displays(cell.cell()))
        .anyMatch(text -> text.contains("left alone what other cells have started: stays (In ["));
    assertThat(driver.value("stays.isDone()")).isEqualTo("false");
    driver.ok("stays.cancel();");
  }

  @Test
  void whatWasCancelledAndWhatLivesOnIsSaidWithWhatItWaitsFor() {
    Execution cell =
        driver.start(
            """
            var never = new CountDownLatch(1);
            Thread.ofPlatform().daemon().name("deaf").start(() -> {
              for (boolean over = false; !over; ) {
                try { over = never.await(60, TimeUnit.SECONDS); } catch (InterruptedException e) {}
              }
            });
            createTask(async(() -> { await(sleep(60)); }), "beside");
            IO.println("begun");
            await(sleep(60));
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    driver.await(cell);
    assertThat(driver.displays(cell.cell()))
        .anyMatch(
            text ->
                text.contains("The interrupt cancelled beside.")
                    && text.contains("thread deaf (waits in CountDownLatch.await at In ["));
    driver.ok("never.countDown();");
  }

  @Test
  void withNoCellRunningTheHolderOfTheLoopIsStopped() {
    Execution cell =
        driver.start(
            """
            createTask(async(() -> { IO.println("begun"); while (true) {} }));
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.await(cell);
    driver.session().interrupt();
    assertThat(driver.value("kept")).isEqualTo("17");
  }

  @Test
  void waitingForInputIsEnded() {
    var asked = new java.util.concurrent.CountDownLatch(1);
    Execution cell =
        driver.start(
            "IO.readln(\"? \")",
            (prompt, password) -> {
              asked.countDown();
              new java.util.concurrent.CountDownLatch(1).await();
              return null;
            });
    driver.awaitThat(() -> asked.getCount() == 0);
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
  }

  @Test
  void aSecondPressEndsALoopThatSwallowsEveryCancellation() {
    Execution cell =
        driver.start(
            """
            int caught = 0;
            while (true) {
              try {
                IO.println("begun");
                await(sleep(60));
              } catch (Throwable e) {
                IO.println("caught " + ++caught);
              }
            }
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("caught 1\nbegun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("kept")).isEqualTo("17");
  }

  @Test
  void aLoopThatSwallowsTheStopIsEndedByTheNextPress() {
    Execution cell =
        driver.start(
            """
            int swallowed = 0;
            while (swallowed < 2) {
              try {
                IO.println("begun");
                while (true) {}
              } catch (Throwable e) {
                IO.println("swallowed " + ++swallowed);
              }
            }
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    // Before it is back in its `try`, the stop would end it there and then.
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("swallowed 1\nbegun"));
    driver.session().interrupt();
    driver.await(cell);
    assertThat(driver.printed(cell.cell())).contains("swallowed 2");
    assertThat(driver.value("kept")).isEqualTo("17");
  }

  @Test
  void aPressBeforeACellBeginsEndsIt() {
    Execution first = driver.start("await(sleep(0.05))");
    Execution second = driver.start("await(sleep(60))");
    driver.await(first);
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(second)).name()).isEqualTo("Interrupted");
  }

  @Test
  void stopPointsCostNothingAfterwards() {
    assertThat(dev.brigade.session.weave.StopPoint.isIdle()).isTrue();
  }
}
