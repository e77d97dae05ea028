package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Looking at a session from outside while a cell is stuck.
class LookTest {
  private SessionDriver driver;

  @BeforeEach
  void open() {
    driver = new SessionDriver();
    driver.ok("int kept = 17;");
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private String look(String magics) {
    CellRequest request = CellRequest.of(magics);
    assertThat(driver.session().observes(request)).isTrue();
    CellResult result = driver.session().observe(request);
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    return driver.printed(result);
  }

  private Execution begun(String code) {
    Execution cell = driver.start("IO.println(\"begun\");\n" + code);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    return cell;
  }

  private void awaitLook(String magic, String text) {
    try {
      driver.awaitThat(() -> look(magic).contains(text));
    } catch (AssertionError e) {
      throw new AssertionError("`" + text + "` is not in\n" + look(magic), e);
    }
  }

  private String interrupt(Execution cell) {
    driver.session().interrupt();
    CellError error = SessionDriver.error(driver.await(cell));
    assertThat(error.name()).isEqualTo("Interrupted");
    assertThat(driver.value("kept")).isEqualTo("17");
    return String.join("\n", error.plainTraceback());
  }

  @Test
  void aBusyLoopIsNamedWithItsLineAndWhoWaits() {
    driver.ok(
        """
        Coroutine<Void> tick() { return async(() -> { while (true) await(sleep(0.01)); }); }
        var ticking = createTask(tick());
        """);
    Execution cell = begun("long n = 0;\nwhile (true) n++;");
    driver.awaitThat(() -> !driver.session().loop().delayed().isEmpty());
    awaitLook("%why", "computes");

    assertThat(look("%why"))
        .containsPattern(
            "In \\[3] has the event loop and has not given it back for [0-9.]+ m?s: it computes at"
                + " In \\[3] line 3 without awaiting\\.")
        .contains("Cannot run meanwhile: Task-3.", "await(sleep(0))");
    assertThat(look("%tasks"))
        .containsPattern("Task-3 tick +sleeps +In \\[2] line 2 +In \\[2] line 1 ")
        .containsPattern("In \\[3] +running +In \\[3] +In \\[3] line 3 ")
        .contains("In [3]: 1 task: 1 running, 0 ready, 0 waiting");
    assertThat(look("%pstree")).contains("In [3]  running at In [3] line 3");
    assertThat(look("%threads")).containsPattern("In \\[3] +event loop +In \\[3] +running");
    // The busy one stands first, with its share of the time.
    assertThat(look("%top").lines().toList().get(2)).containsPattern("In \\[3] +\\d+ % .*running");
    assertThat(interrupt(cell)).contains("In [3] line 3").doesNotContain("event loop");
  }

  @Test
  void topIsDrawnAgainInItsPlaceWhileTheLoopIsStuck() {
    Execution cell = begun("while (true) {}");
    CellResult result = driver.session().observe(CellRequest.of("%top 1"));
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    driver.awaitThat(
        () ->
            driver.shown(result.cell()).stream()
                .anyMatch(shown -> !shown.bundle().metadata().containsKey(MimeBundle.LIVE)));
    assertThat(driver.shown(result.cell()).getFirst().update()).isFalse();
    assertThat(driver.shown(result.cell()).getLast().update()).isTrue();
    assertThat(driver.shown(result.cell()).getLast().bundle().plain()).contains(" running");
    assertThat(driver.session().observe(CellRequest.of("%top soon")).outcome())
        .isInstanceOf(Outcome.Failed.class);
    interrupt(cell);
  }

  @Test
  void aLookTakesNoNumberAndNoPlaceInTheHistory() {
    int count = driver.session().executionCount();
    int kept = driver.session().history().tail(100).size();

    look("%tasks\n\n%why\n  %locks");

    assertThat(driver.session().executionCount()).isEqualTo(count);
    assertThat(driver.session().history().tail(100)).hasSize(kept);
  }

  @Test
  void codeAndMagicsThatDoSomethingAreNoLook() {
    for (String code :
        new String[] {
          "%tasks\n1 + 1", "%join", "%%time\n%tasks", "", "1 + 1", "%nothing", "// %tasks"
        }) {
      assertThat(driver.session().observes(CellRequest.of(code))).as(code).isFalse();
    }
  }

  @Test
  void tasksThatTakeTwoLocksInOppositeOrderAreACircle() {
    driver.ok(
        """
        var first = new AsyncLock("first"); var second = new AsyncLock("second");
        Coroutine<Void> cross(AsyncLock one, AsyncLock other) {
          return async(() -> {
            try (var _ = await(one.acquire())) {
              await(sleep(0.01));
              try (var _ = await(other.acquire())) { IO.println("never"); }
            }
          });
        }
        """);
    Execution cell = begun("await(gather(cross(first, second), cross(second, first)));");
    awaitLook("%locks", "circle");

    assertThat(look("%locks"))
        .containsPattern("first +AsyncLock +Task-4 cross +Task-5 cross")
        .containsPattern("second +AsyncLock +Task-5 cross +Task-4 cross")
        .contains(
            "circle: Task-4 cross -> second (held by Task-5) -> Task-5 cross -> first (held by"
                + " Task-4) -> Task-4 cross");
    assertThat(look("%pstree"))
        .contains("[3] In [3]  waits for gather (Task-4, Task-5) at In [3] line 2  DEADLOCK")
        .contains("├── [4] Task-4 cross  waits for second (held by Task-5) at In [2] line 6")
        .contains("(made at In [3] line 2, holds first,");
    String deadlock =
        "Deadlock: Task-4 cross (made at In [3] line 2) waits at In [2] line 6 for second (held by"
            + " Task-5); Task-5 cross (made at In [3] line 2) waits at In [2] line 6 for first"
            + " (held by Task-4). None of them can go on.";
    assertThat(look("%why")).contains(deadlock, "%cancel one of them");
    assertThat(interrupt(cell)).endsWith(deadlock);
  }

  @Test
  void cancellingOneOfACircleFromOutsideLetsTheOthersGoOn() {
    driver.ok("var one = new AsyncLock(); var two = new AsyncLock();");
    Execution cell =
        begun(
            """
            Coroutine<Void> nest(AsyncLock a, AsyncLock b) {
              return async(() -> {
                try (var _ = await(a.acquire())) {
                  await(sleep(0.01));
                  try (var _ = await(b.acquire())) { IO.println("through"); }
                }
              });
            }
            var left = createTask(nest(one, two), "left");
            var right = createTask(nest(two, one), "right");
            await(gatherSettled(left, right));
            """);
    awaitLook("%locks", "circle");

    assertThat(look("%cancel left")).isEqualTo("left is asked to stop\n");

    driver.await(cell);
    assertThat(driver.printed(cell.cell())).isEqualTo("begun\nthrough\n");
  }

  @Test
  void threadsThatTakeTwoLocksOfTheJdkInOppositeOrderAreACircle() {
    driver.ok(
        """
        var a = new ReentrantLock(); var b = new ReentrantLock();
        var both = new CountDownLatch(2);
        void cross(Lock one, Lock other) {
          try {
            one.lock();
            both.countDown(); both.await();
            other.lockInterruptibly();
          } catch (InterruptedException e) { }
        }
        """);
    Execution cell =
        begun(
            """
            var t1 = new Thread(() -> cross(a, b), "t1");
            var t2 = Thread.ofVirtual().name("t2").unstarted(() -> cross(b, a));
            t1.start(); t2.start();
            t1.join();
            """);
    awaitLook("%locks", "circle");
    awaitLook("%why", "to end");

    assertThat(look("%threads"))
        .containsPattern(
            "t1 +thread of a cell +In \\[3] +waits for ReentrantLock@\\w+ \\(held by t2")
        .containsPattern(
            "t2 +thread of a cell +In \\[3] +waits for ReentrantLock@\\w+ \\(held by t1");
    assertThat(look("%why"))
        .containsPattern(
            "In \\[3] has the event loop.* at In \\[3] line 5: waits for (thread t1|a thread) to"
                + " end")
        .containsPattern("Deadlock: t\\d \\(of In \\[3]\\) waits at In \\[2] line 7 for Reentrant");
    assertThat(interrupt(cell)).contains("Deadlock: ");
    driver.session().interrupt(); // stops the two threads as well
  }

  @Test
  void threadsThatNestTwoMonitorsInOppositeOrderAreACircle() {
    driver.ok(
        """
        var a = new Object(); var b = new Object();
        var both = new CountDownLatch(2);
        void cross(Object one, Object other) {
          synchronized (one) {
            both.countDown();
            try { both.await(); } catch (InterruptedException e) { }
            synchronized (other) { }
          }
        }
        """);
    Execution cell =
        begun(
            """
            var m1 = Thread.ofVirtual().name("m1").unstarted(() -> cross(a, b));
            var m2 = Thread.ofVirtual().name("m2").unstarted(() -> cross(b, a));
            m1.start(); m2.start();
            await(sleep(60));
            """);
    awaitLook("%locks", "circle");

    assertThat(look("%locks")).containsPattern("Object@\\w+ +Object +m2 +m1");
    assertThat(look("%why")).containsPattern("Deadlock: m\\d .*Object@\\w+ \\(held by m\\d\\)");
    interrupt(cell);
  }

  @Test
  void aMonitorThatATaskKeepsWhileItAwaitsIsNamedWithThatTask() {
    driver.ok(
        """
        var shared = new Object();
        Coroutine<Void> keeping() {
          return async(() -> { synchronized (shared) { await(sleep(60)); } });
        }
        var keeper = createTask(keeping(), "keeper");
        """);
    Execution cell =
        begun(
            """
            var plain = new Thread(() -> { synchronized (shared) { } }, "plain");
            var light = Thread.ofVirtual().name("light").unstarted(() -> {
              synchronized (shared) { }
            });
            await(sleep(0)); plain.start(); light.start();
            await(sleep(60));
            """);
    awaitLook("%locks", "plain");
    awaitLook("%locks", "light");

    assertThat(look("%locks")).containsPattern("Object@\\w+ +Object +keeper +(plain|light), ");
    assertThat(look("%threads"))
        .containsPattern("plain .*waits for Object@\\w+ \\(held by keeper")
        .containsPattern("light .*waits for Object@\\w+ \\(held by keeper");
    interrupt(cell);
    driver.ok("keeper.cancel();");
  }

  @Test
  void whatNobodyKnowsOfAVirtualThreadAtASynchronizedMethodIsSaid() {
    String go = "brigade.look.keep";
    driver.ok(
        """
        class Counter {
          synchronized void keep(CountDownLatch in) throws Exception {
            in.countDown();
            while (!Boolean.getBoolean("brigade.look.keep")) Thread.sleep(1);
          }
          synchronized void add() { }
        }
        var counter = new Counter();
        var in = new CountDownLatch(1);
        Thread.ofVirtual().name("keeper").start(() -> {
          try { counter.keep(in); } catch (Exception e) { }
        });
        in.await();
        """);
    Execution cell =
        begun("Thread.ofVirtual().name(\"light\").start(() -> counter.add());\nawait(sleep(60));");
    awaitLook("%locks", "light");

    assertThat(look("%locks"))
        .containsPattern("synchronized lock of light .*not known +light")
        .contains("not known: the JVM says of platform threads only");
    assertThat(look("%threads"))
        .containsPattern("light .*waits for a synchronized lock \\(which one is not known\\)");
    interrupt(cell);

    Execution stuck = begun("counter.add();");
    awaitLook("%why", "it blocks its thread");
    assertThat(look("%why"))
        .contains("waits for a synchronized lock (which one is not known)")
        .contains("Who has it is not known: the JVM says of platform threads only");
    driver.session().interrupt();
    System.setProperty(go, "true");
    driver.await(stuck);
    System.clearProperty(go);
  }

  @Test
  void aTaskThatWaitsOnAMonitorHasItNot() {
    driver.ok("var outer = new Object(); var inner = new Object(); var go = false;");
    Execution cell =
        begun(
            """
            var waiter = Thread.ofVirtual().name("waiter").unstarted(() -> {
              synchronized (outer) { synchronized (inner) {
                try { while (!go) inner.wait(); } catch (InterruptedException e) { }
              } }
            });
            var wants = Thread.ofVirtual().name("wants").unstarted(() -> {
              synchronized (outer) { }
            });
            waiter.start();
            while (waiter.getState() != Thread.State.WAITING) await(sleep(0.001));
            wants.start();
            await(sleep(60));
            """);
    awaitLook("%locks", "wants");

    assertThat(look("%locks")).containsPattern("Object@\\w+ +Object +waiter +wants");
    assertThat(look("%threads")).containsPattern("waiter .*waits for Object@\\w+  ");
    interrupt(cell);
    driver.ok("synchronized (inner) { go = true; inner.notifyAll(); }");
  }

  @Test
  void aSleepInTheLoopIsNamedWithWhatToWriteInstead() {
    driver.ok("var bg = createTask(async(() -> { while (true) await(sleep(0.01)); }), \"bg\");");
    Execution cell = begun("Thread.sleep(60000);");
    driver.awaitThat(() -> !driver.session().loop().delayed().isEmpty());
    awaitLook("%why", "Thread.sleep");

    assertThat(look("%why"))
        .contains("it blocks its thread at In [3] line 2: sleeps in Thread.sleep")
        .contains("Cannot run meanwhile: bg.", "write await(sleep(1)) for Thread.sleep(1000)");
    interrupt(cell);
  }

  @Test
  void aLockThatAnotherThreadHasIsNamedWithThatThread() {
    driver.ok(
        """
        var held = new ReentrantLock();
        var has = new CountDownLatch(1); var go = new CountDownLatch(1);
        new Thread(() -> {
          held.lock(); has.countDown();
          try { go.await(); } catch (InterruptedException e) { }
          held.unlock();
        }, "owner").start();
        has.await();
        """);
    Execution cell = begun("held.lockInterruptibly();");
    awaitLook("%locks", "owner");

    assertThat(look("%locks"))
        .containsPattern("ReentrantLock@\\w+ +ReentrantLock +owner +In \\[3]");
    assertThat(look("%why"))
        .containsPattern("In \\[3] line 2: waits for ReentrantLock@\\w+ \\(held by owner\\)")
        .contains(
            "Thread owner of In [2] has it and waits in CountDownLatch.await at In [2] line 5")
        .contains("AsyncLock");
    assertThat(interrupt(cell)).contains("(held by owner)");
    driver.ok("go.countDown();");
  }

  @Test
  void aCallbackThatHoldsTheLoopIsNamed() {
    String go = "brigade.look.go";
    driver.ok(
        "loop.callLater(0, () -> { while (System.getProperty(\"" + go + "\") == null) {} });");
    awaitLook(
        "%why", "A callback has the event loop: it computes at In [2] line 1 without awaiting.");
    System.setProperty(go, "");
    awaitLook("%why", "nothing is stuck");
    System.clearProperty(go);
  }

  @Test
  void aWaitThatNobodyWillEndIsSaidWithWhatWasNeverAwaited() {
    driver.ok("Coroutine<Void> fetch() { return async(() -> { await(sleep(1)); }); }");
    Execution cell =
        begun("var unused = fetch();\nvar event = new AsyncEvent();\nawait(event.await());");
    awaitLook("%why", "event-1");

    String hopeless =
        "In [3] waits for event-1 at In [3] line 4. No timer is set, no job is on its";
    assertThat(look("%why"))
        .contains(hopeless)
        .contains("Made and not awaited so far: fetch (In [2] line 1).");
    assertThat(look("%locks")).containsPattern("event-1 +AsyncEvent +- +In \\[3]");
    assertThat(interrupt(cell)).contains(hopeless);
  }

  @Test
  void anOrdinaryWaitNamesItsTimerAndTheWorkOutside() {
    driver.ok("var pool = new ThreadPool(2, \"kitchen\"); var stop = new CountDownLatch(1);");
    Execution cell =
        begun(
            """
            var job = loop.runInExecutor(pool, () -> { stop.await(); return 1; });
            await(gather(async(() -> { await(sleep(30)); }), job));
            """);
    awaitLook("%why", "kitchen-1 waits in CountDownLatch.await at In [3] line 2");

    assertThat(look("%why")).containsPattern("the next timer is due in (29|30)\\.\\d s");
    assertThat(look("%threads")).containsPattern("kitchen-1 +runs a job +In \\[3]");
    assertThat(look("%pstree made")).contains("└── [4] Task-4  sleeps at In [3] line 3");
    assertThat(interrupt(cell)).doesNotContain("timer");
    driver.ok("stop.countDown();");
    awaitLook("%threads", "idle pool thread");
  }

  @Test
  void tenThousandTasksStayReadable() {
    Execution cell =
        begun(
            """
            var many = new ArrayList<Task<Void>>();
            for (int i = 0; i < 10_000; i++) many.add(createTask(async(() -> { await(sleep(60)); })));
            await(gather(many));
            """);
    awaitLook("%tasks", "10001 tasks: 0 running, 0 ready, 10001 waiting");

    for (String magic : new String[] {"%tasks", "%pstree", "%pstree made", "%top", "%why"}) {
      assertThat(look(magic).lines().count()).as(magic).isLessThan(210);
    }
    assertThat(look("%pstree")).contains("└── ... and 9980 more");
    interrupt(cell);
  }

  @Test
  void whileTasksComeAndGoEveryLookIsAnswered() {
    Execution cell =
        begun(
            """
            var lock = new AsyncLock();
            while (true) {
              var some = new ArrayList<Task<Void>>();
              for (int i = 0; i < 20; i++) {
                some.add(createTask(async(() -> {
                  try (var _ = await(lock.acquire())) { await(sleep(0)); }
                })));
              }
              await(gather(some));
            }
            """);
    for (int i = 0; i < 100; i++) {
      assertThat(look("%tasks\n%pstree\n%threads\n%locks\n%top")).isNotEmpty();
    }
    assertThat(look("%why")).isNotEmpty();
    interrupt(cell);
  }

  @Test
  void aLoopBesideTheSessionsIsLookedAtToo() {
    Execution cell =
        begun(
            """
            Coroutine<Void> stuck() { return async(() -> { await(new AsyncEvent().await()); }); }
            run(stuck(), EventLoop::create);
            """);
    awaitLook("%tasks", "a loop of its own");
    assertThat(look("%tasks")).containsPattern("a loop of its own:\n(?s).* stuck ");
    assertThat(look("%why")).containsPattern("a loop of its own:\n.*nobody will end this wait");
    assertThat(look("%pstree")).containsPattern("a loop of its own:\n(?s).*stuck");
    assertThat(interrupt(cell)).contains("In [2]");
  }

  @Test
  void anOldDeadlockHidesNotWhatTheCellWaitsFor() {
    driver.ok(
        """
        var first = new AsyncLock("first"); var second = new AsyncLock("second");
        Coroutine<Void> cross(AsyncLock one, AsyncLock other) {
          return async(() -> {
            try (var _ = await(one.acquire())) {
              await(sleep(0.01));
              try (var _ = await(other.acquire())) { IO.println("never"); }
            }
          });
        }
        var stuck = List.of(createTask(cross(first, second)), createTask(cross(second, first)));
        """);
    awaitLook("%locks", "circle");
    Execution cell = begun("await(new AsyncEvent(\"bell\").await());");
    awaitLook("%why", "waits for bell");

    assertThat(look("%why")).startsWith("In [3] waits for bell at In [3] line 2.");
    assertThat(look("%why")).contains("Deadlock: ");
    interrupt(cell);
  }

  @Test
  void aCellOnALoopOfItsOwnWaitsForThatLoop() {
    Execution cell = driver.start("%%virtual\nIO.println(\"begun\");\nwhile (true) {}");
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    awaitLook("%pstree", "running at In [2] line 3\n");
    assertThat(look("%pstree")).contains("In [2]  waits for virtual-loop");
    interrupt(cell);
    assertThat(driver.displays(cell.cell())).noneMatch(text -> text.contains("Shielded"));
  }

  @Test
  void aNoticeOfALoopThatStandsStillNamesLinesOfTheCellOnly() {
    driver.ok("var tick = createTask(async(() -> { while (true) await(sleep(0.01)); }));");
    Execution cell = begun("void spin() {\n  while (true) {}\n}\nspin();");
    driver.awaitThat(
        () ->
            driver.displays(cell.cell()).stream()
                .anyMatch(text -> text.contains("has stood still")));
    assertThat(driver.displays(cell.cell()).getFirst())
        .contains("In [3] computes without awaiting.")
        .endsWith("Now in:\n    at In [3] line 3\n    at In [3] line 5");
    interrupt(cell);
  }
}
