package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What learners do wrong in a cell is met with the rule, what they did, and the right code.
class MisuseTest {
  /// The mistakes that end a cell with an error. Each names what the message must tell of the
  /// actual case, and what the right code is.
  private enum Mistake {
    AWAIT_IN_A_THREAD(
        "await(toThread(() -> await(sleep(1))));", "thread \"default-pool", "createTask(async("),
    AWAIT_IN_A_STATIC_INITIALISER(
        """
        class Menu {
          static final int PRICE = await(async(() -> { await(sleep(0.01)); return 3; }));
        }
        Menu.PRICE
        """,
        "static initialiser",
        "static Coroutine<String> dish()"),
    RELEASE_OF_AN_UNHELD_LOCK("lock.release();", "<AsyncLock", "await(lock.acquire())"),
    UNLOCK_OF_AN_UNHELD_THREAD_LOCK(
        "threadLock.unlock();", "ReentrantLock", "finally { threadLock.unlock(); }"),
    RUN_IN_A_TASK(
        "await(createTask(async(() -> run(work())), \"cook\"));", "cook", "await(main())"),
    A_PRIMITIVE_OF_ANOTHER_LOOP(
        """
        try (var _ = await(lock.acquire())) {
          run(async(() -> await(lock.acquire())), EventLoop::virtualTime);
        }
        """,
        "<AsyncLock",
        "make one inside the coroutine"),
    A_TASK_OF_ANOTHER_LOOP(
        """
        var here = createTask(sleep(60));
        try {
          run(async(() -> await(here)), EventLoop::virtualTime);
        } finally {
          here.cancel();
        }
        """,
        "<Task pending",
        "await(createTask(work()))"),
    THE_LOOP_FROM_A_THREAD(
        "await(toThread(() -> loop.callSoon(() -> {})));",
        "thread \"default-pool",
        "loop.callSoonThreadsafe("),
    THE_LOOP_STOPPED("loop.stop();", "stop() is refused", "EventLoop.create()"),
    A_LOCK_FROM_A_THREAD(
        "await(lock.acquire());\n"
            + "try { await(toThread(() -> lock.release())); } finally { lock.release(); }",
        "thread \"default-pool",
        "loop.callSoonThreadsafe(() -> lock.release()"),
    CATCHING_WHAT_AWAIT_DOES_NOT_DECLARE(
        "try { await(work()); } catch (IOException e) { IO.println(e); }",
        "IOException is never thrown",
        "await(x, IOException.class)"),
    A_VALUE_THAT_IS_A_COROUTINE("int n = work();", "Coroutine<Integer>", "await(work())");

    private final String code;
    private final String value;
    private final String fix;

    Mistake(String code, String value, String fix) {
      this.code = code;
      this.value = value;
      this.fix = fix;
    }
  }

  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok("Coroutine<Integer> work() { return async(() -> { await(sleep(0)); return 1; }); }");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  void aMistakeIsMetWithTheRuleTheValueAndTheRightCode(Mistake mistake) {
    String trace = String.join("\n", driver.error(mistake.code).plainTraceback());
    assertThat(trace).contains(mistake.value).contains("wrong: ").contains("right: ");
    assertThat(trace.substring(trace.indexOf("right: "))).contains(mistake.fix);
  }

  private static String shown(CellResult result) {
    return String.join("\n", driver.displays(result.cell()));
  }

  @Test
  void anAwaitInAThreadOfTheLearnersOwnIsShownInItsCell() {
    CellResult result =
        driver.ok("var t = new Thread(() -> await(sleep(1)), \"helper\");\nt.start();\nt.join();");
    driver.awaitThat(() -> driver.text(result.cell(), Emission.Stream.STDERR).contains("right:"));
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR))
        .contains("thread \"helper\" is none", "wrong: ", "right: createTask(async(");
  }

  @Test
  void runInACallbackIsShownInItsCell() {
    CellResult result = driver.ok("loop.callSoon(() -> run(work()));\nawait(sleep(0));");
    driver.awaitThat(() -> shown(result).contains("right:"));
    assertThat(shown(result)).contains("in a callback", "wrong: ", "right: createTask(main())");
  }

  @Test
  void aForgottenAwaitIsShownWithItsLineAndWhatToWrite() {
    CellResult result = driver.ok("int before = 1;\nwork();\nint after = 2;");
    assertThat(shown(result))
        .contains("never awaited, so it never ran", result.cell().label() + " line 2")
        .contains("await(work(...))");
  }

  @Test
  void aBlockingCallIsShownWithWhoWaitedAndWhatToWrite() {
    CellResult result =
        driver.ok(
            """
            var waiter = createTask(sleep(0), "waiter");
            Thread.sleep(150);
            await(waiter);
            """);
    assertThat(shown(result))
        .contains("stood still", result.cell().label() + " line 2", "Delayed: waiter")
        .contains("await(sleep(1)) for Thread.sleep(1000)", "await(toThread(");
  }
}
