package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What learners do wrong is met with the rule, what they did, and the right code.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class MisuseTest {
  /// The mistakes that are errors. Each names what its message must tell of the actual case.
  private enum Mistake {
    AWAIT_OUTSIDE_THE_LOOP("thread \"helper\"", "run(async(() -> await(...)))") {
      @Override
      void make(Program program) {
        inThread(() -> await(sleep(1)));
      }
    },
    AWAIT_IN_A_CALLBACK("a callback of the loop", "createTask(async(() -> await(...)))") {
      @Override
      void make(Program program) {
        inCallback(program, () -> await(sleep(1)));
      }
    },
    A_TASK_WITHOUT_A_LOOP("thread \"helper\"", "run(async(() -> { createTask(...); }))") {
      @Override
      void make(Program program) {
        inThread(() -> createTask(sleep(1)));
      }
    },
    RELEASE_OF_AN_UNHELD_LOCK("<AsyncLock", "try (var _ = await(lock.acquire()))") {
      @Override
      void make(Program program) {
        program.run(() -> new AsyncLock().release());
      }
    },
    RELEASE_OF_A_BOUNDED_SEMAPHORE_TOO_OFTEN("<AsyncBoundedSemaphore", "acquire()") {
      @Override
      void make(Program program) {
        program.run(() -> new AsyncBoundedSemaphore(1).release());
      }
    },
    SIGNAL_WITHOUT_THE_LOCK("<AsyncCondition", "acquire()") {
      @Override
      void make(Program program) {
        program.run(() -> new AsyncCondition().signal());
      }
    },
    RUN_IN_A_COROUTINE("in Task-2", "await(main())") {
      @Override
      void make(Program program) {
        program.run(() -> await(createTask(async(() -> run(sleep(1))))));
      }
    },
    RUN_IN_A_CALLBACK("in a callback", "createTask(main())") {
      @Override
      void make(Program program) {
        inCallback(program, () -> run(sleep(1)));
      }
    },
    A_PRIMITIVE_OF_ANOTHER_LOOP("<AsyncLock", "make one inside the coroutine") {
      @Override
      void make(Program program) {
        var lock = new AsyncLock();
        program.run(() -> await(lock.acquire()));
        program.run(() -> await(lock.acquire()));
      }
    },
    A_TASK_OF_ANOTHER_LOOP("<Promise pending>", "run(async(() -> await(createTask(work()))),") {
      @Override
      void make(Program program) {
        Promise<Integer> promise = program.run(() -> eventLoop().<Integer>createPromise());
        program.run(() -> await(promise));
      }
    },
    A_CALLBACK_FROM_ANOTHER_THREAD("thread \"helper\"", "loop.callSoonThreadsafe(...)") {
      @Override
      void make(Program program) {
        withLoop(program, loop -> loop.callSoon(() -> {}));
      }
    },
    A_TASK_CANCELLED_FROM_ANOTHER_THREAD("thread \"helper\"", "task.cancelThreadsafe()") {
      @Override
      void make(Program program) {
        withLoop(program, loop -> loop.tasks().getFirst().cancel());
      }
    },
    A_PROMISE_SETTLED_FROM_ANOTHER_THREAD(
        "thread \"helper\"", "loop.callSoonThreadsafe(() -> promise.setResult(...))") {
      @Override
      void make(Program program) {
        withLoop(program, loop -> loop.<Integer>createPromise().setResult(1));
      }
    },
    A_LOCK_RELEASED_FROM_ANOTHER_THREAD("thread \"helper\"", "loop.callSoonThreadsafe(() ->") {
      @Override
      void make(Program program) {
        program.run(
            () -> {
              var lock = new AsyncLock();
              try (var _ = await(lock.acquire())) {
                inThread(lock::release);
              }
            });
      }
    },
    A_TASK_FOR_A_GROUP_THAT_HAS_ENDED("<TaskGroup", "taskGroup(group -> { group.createTask(") {
      @Override
      void make(Program program) {
        program.run(
            () -> {
              TaskGroup kept = taskGroup(group -> group);
              kept.createTask(sleep(1));
            });
      }
    },
    AN_ITEM_SAID_DONE_TWICE("0 unfinished items", "try { work(item); } finally") {
      @Override
      void make(Program program) {
        program.run(() -> new AsyncQueue<Integer>().taskDone());
      }
    },
    TWO_READERS_OF_ONE_STREAM("<StreamReader", "await(reader.readLine()); await(") {
      @Override
      void make(Program program) {
        program.run(
            () -> {
              var reader = new StreamReader(100);
              await(gather(reader.readLine(), reader.readLine()));
            });
      }
    },
    A_COROUTINE_AWAITED_TWICE("<Coroutine sleep, started>", "var task = createTask(work())") {
      @Override
      void make(Program program) {
        program.run(
            () -> {
              Coroutine<Void> once = sleep(0);
              await(once);
              await(once);
            });
      }
    },
    A_TASK_THAT_AWAITS_ITSELF("<Task pending name='Task-2'", "await the task in the code that") {
      @Override
      void make(Program program) {
        program.run(() -> await(createTask(async(() -> await((Task<?>) currentTask())))));
      }
    };

    private final String value;
    private final String fix;

    Mistake(String value, String fix) {
      this.value = value;
      this.fix = fix;
    }

    abstract void make(Program program);
  }

  private static void inCallback(Program program, Action code) {
    program.run(
        () -> {
          Promise<Throwable> thrown = eventLoop().createPromise();
          eventLoop().callSoon(() -> thrown.setResult(catchThrowable(code::run)));
          throw Throwing.asIs(await(thrown));
        });
  }

  private static void inThread(Action code) {
    var thrown = new AtomicReference<Throwable>();
    Thread helper =
        Thread.ofPlatform().name("helper").start(() -> thrown.set(catchThrowable(code::run)));
    try {
      assertThat(helper.join(java.time.Duration.ofSeconds(30))).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Throwable error = thrown.get();
    if (error != null) throw Throwing.asIs(error);
  }

  /// Uses a running loop from a thread that is not its own.
  private static void withLoop(Program program, java.util.function.Consumer<EventLoop> use) {
    program.run(
        () -> {
          EventLoop loop = eventLoop();
          inThread(() -> use.accept(loop));
        });
  }

  private final CarrierKind kind;
  private final Program program;

  MisuseTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  void aMistakeIsMetWithTheRuleTheValueAndTheRightCode(Mistake mistake) {
    assertTeaches(catchThrowable(() -> mistake.make(program)), mistake.value, mistake.fix);
  }

  /// The message has the value in its rule, and the fix in its right code.
  static void assertTeaches(Throwable thrown, String value, String fix) {
    assertThat(thrown).isInstanceOf(MisuseError.class);
    String message = thrown.getMessage();
    assertThat(message).contains("\n  wrong: ").contains("\n  right: ");
    assertThat(message.substring(0, message.indexOf("\n  wrong: "))).contains(value);
    assertThat(message.substring(message.indexOf("\n  right: "))).contains(fix);
  }

  @Test
  void anAwaitInAStaticInitialiserIsMetWithTheRuleTheValueAndTheRightCode() {
    // On the other carrier it works: there it only occupies one of the JDK's threads.
    assumeThat(kind).isEqualTo(CarrierKind.SCHEDULER);
    program.run(
        () -> {
          Throwable thrown = catchThrowable(() -> Menu.DISH.length());
          assertThat(thrown).isInstanceOf(ExceptionInInitializerError.class);
          assertThat(thrown.getCause())
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("static initialiser")
              .hasMessageContaining("Task-1")
              .hasMessageContaining("\n  wrong: class Menu { static final String DISH = await(")
              .hasMessageContaining("\n  right: class Menu { static Coroutine<String> dish()");
        });
  }

  private static final class Menu {
    static final String DISH =
        await(
            async(
                () -> {
                  await(sleep(1));
                  return "soup";
                }));

    private Menu() {}
  }

  @Test
  void aForgottenAwaitIsReportedWithWhatToWrite() throws Exception {
    EventLoop loop =
        EventLoop.host(program.options(LoopClock.real()).withDebug(true), kind.carrier());
    String name = runCoroutineThreadsafe(async(MisuseTest::forget), loop).get(30, TimeUnit.SECONDS);
    Notice notice = null;
    // A busy machine may make the loop call its own steps slow, in debug mode.
    while (notice == null) {
      System.gc();
      for (Notice one : program.notices()) if (one instanceof Notice.NeverAwaited) notice = one;
    }
    assertThat(notice.text())
        .contains("never awaited, so it never ran", name, "await(", "createTask(");
    loop.shutdown();
  }

  private static String forget() {
    return sleep(1).name();
  }

  @Test
  void aBlockingCallInACoroutineIsReportedWithWhoWaitedAndWhatToWrite() throws Exception {
    EventLoop loop = program.hosted();
    loop.callSoonThreadsafe(
        () -> {
          createTask(async(() -> new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)), "cook");
          createTask(sleep(0), "waiter");
        });
    Notice notice = program.awaitNotice();
    assertThat(notice.text()).contains("cook", "waiter");
    while (program.notices().stream().noneMatch(Notice.Stalled.class::isInstance)) {
      Thread.onSpinWait();
    }
    assertThat(program.notices().getLast().text())
        .contains("cook", "Delayed: waiter", "Await instead of blocking", "await(toThread(");
    loop.shutdown();
  }

  @Test
  void anExceptionThatAwaitDoesNotDeclareIsCaughtByNameOnlyIfAwaitIsTold() {
    assertThat(compile("await(Async.sleep(0));")).contains("never thrown in body");
    assertThat(compile("await(Async.sleep(0), java.io.IOException.class);")).isEmpty();
  }

  /// The compiler's errors for a statement in a block that catches an IOException.
  private static String compile(String statement) {
    var source =
        new SimpleJavaFileObject(URI.create("string:///Cell.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return "import dev.brigade.async.Async; class Cell { void f() { try { Async."
                + statement
                + " } catch (java.io.IOException e) { } } }";
          }
        };
    var errors = new DiagnosticCollector<JavaFileObject>();
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            null,
            null,
            errors,
            List.of("-proc:none", "-implicit:none", "-d", System.getProperty("java.io.tmpdir")),
            null,
            List.of(source))
        .call();
    return String.join(
        "\n", errors.getDiagnostics().stream().map(d -> d.getMessage(null)).toList());
  }
}
