package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is used twice, after its end, or by somebody else is met as in [MisuseTest].
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class LifecycleMisuseTest {
  @FunctionalInterface
  private interface Code {
    void run(Program program) throws Exception;
  }

  private static final ContextVar<String> USER = new ContextVar<>("user");

  private enum Mistake {
    A_TOKEN_USED_TWICE(
        "one of <ContextVar name='user'>",
        "try (var _ = user.set(\"Ada\"))",
        program ->
            program.run(
                () -> {
                  var token = USER.set("Ada");
                  USER.reset(token);
                  USER.reset(token);
                })),
    A_TOKEN_OF_ANOTHER_VARIABLE(
        "this is <ContextVar name='language'>",
        "user.reset(token)",
        program -> program.run(() -> new ContextVar<String>("language").reset(USER.set("Ada")))),
    A_TOKEN_OF_ANOTHER_TASK(
        "token of <ContextVar name='user'>",
        "await(createTask(work()))",
        program ->
            program.run(
                () -> {
                  var token = USER.set("Ada");
                  await(createTask(async(() -> USER.reset(token))));
                })),
    A_CONTEXT_ENTERED_TWICE(
        "<Context {}>",
        "context.copy().run(",
        program -> {
          Context context = Context.empty();
          context.run(() -> context.run(() -> {}));
        }),
    A_TIME_LIMIT_MOVED_AFTER_ITS_BLOCK(
        "this one is exited",
        "limit.reschedule(eventLoop().time() + 5)",
        program -> program.run(() -> timeout(1, limit -> limit).reschedule(5))),
    A_RUNNER_THAT_IS_CLOSED(
        "closed with its loop <EventLoop",
        "try (var runner = new Runner())",
        program -> {
          var kept = new ArrayList<Runner>();
          try (var runner = new Runner(() -> program.newLoop(LoopClock.virtual()))) {
            runner.run(sleep(0));
            kept.add(runner);
          }
          kept.getFirst().run(sleep(0));
        }),
    A_LOOP_THAT_IS_CLOSED(
        "closed virtual time>",
        "try (var loop = EventLoop.create())",
        program -> closed(program).runUntilComplete(sleep(0))),
    A_CALLER_OF_A_LOOP_THAT_IS_CLOSED(
        "closed virtual time>", "run(work())", program -> closed(program).runForever()),
    WORK_HANDED_TO_A_LOOP_THAT_IS_CLOSED(
        "closed virtual time>",
        "run(work())",
        program -> runCoroutineThreadsafe(sleep(0), closed(program)).join()),
    A_LOOP_RUN_BY_TWO_THREADS(
        "running virtual time>",
        "runCoroutineThreadsafe(work(), loop)",
        program -> onRunningLoop(program, loop -> loop.runUntilComplete(sleep(0)))),
    A_LOOP_CLOSED_WHILE_IT_RUNS(
        "running virtual time>",
        "loop.callSoonThreadsafe(loop::stop)",
        program -> onRunningLoop(program, EventLoop::close)),
    A_LOOP_RUN_INSIDE_A_LOOP(
        "running virtual time>",
        "await(work())",
        program -> {
          try (var other = program.newLoop(LoopClock.virtual())) {
            program.run(() -> other.runUntilComplete(sleep(0)));
          }
        }),
    A_LOOP_RUN_FOR_EVER_INSIDE_A_LOOP(
        "running virtual time>",
        "new Thread(loop::runForever)",
        program -> {
          try (var other = program.newLoop(LoopClock.virtual())) {
            program.run(other::runForever);
          }
        }),
    A_LOOP_STOPPED_TOO_EARLY(
        "<Task pending",
        "loop.runUntilComplete(work())",
        program -> {
          try (var loop = program.newLoop(LoopClock.virtual())) {
            loop.callSoonThreadsafe(loop::stop);
            loop.runUntilComplete(sleep(5));
          }
        }),
    A_SIGNAL_NOBODY_KNOWS(
        "signal SIGTERM",
        "loop.onSignal(\"TERM\"",
        program -> program.run(() -> eventLoop().onSignal("SIGTERM", () -> {}))),
    A_TASK_SETTLED_BY_HAND(
        "<Task pending name='Task-2'",
        "loop.createPromise()",
        program ->
            program.run(
                () -> {
                  Task<Integer> task =
                      createTask(
                          async(
                              () -> {
                                await(sleep(1));
                                return 1;
                              }));
                  task.setResult(7);
                })),
    A_TASK_FAILED_BY_HAND(
        "<Task pending name='Task-2'",
        "task.cancel()",
        program -> program.run(() -> createTask(sleep(1)).setError(new Exception("mine")))),
    A_TASK_FOR_A_GROUP_THAT_FAILED(
        "because a task failed (java.lang.IllegalStateException: burnt)",
        "group.createTask(async(() -> { try",
        program ->
            program.run(
                () -> {
                  var refused = new ArrayList<Throwable>();
                  catchThrowable(
                      () ->
                          taskGroup(
                              group -> {
                                group.createTask(async(LifecycleMisuseTest::burn));
                                try {
                                  await(sleep(5));
                                } finally {
                                  refused.add(catchThrowable(() -> group.createTask(sleep(1))));
                                }
                              }));
                  throw Throwing.asIs(refused.getFirst());
                })),
    A_CHILD_THAT_NEVER_SAYS_THAT_IT_IS_READY(
        "the child sleep",
        "ready.started(port)",
        program ->
            program.run(
                () -> {
                  Throwable thrown =
                      taskGroup(group -> catchThrowable(() -> await(group.start(_ -> sleep(1)))));
                  throw Throwing.asIs(thrown);
                })),
    A_SERVER_THAT_IS_CLOSED(
        " closed>",
        "try (var server = await(startServer(...)))",
        program ->
            program.runReal(
                () -> {
                  var server = server();
                  server.close();
                  return await(server.serveForever());
                })),
    A_SERVER_AWAITED_TWICE(
        " serving>",
        "server.waitClosed()",
        program ->
            program.runReal(
                () -> {
                  StreamServer server = server();
                  return await(gather(server.serveForever(), server.serveForever()));
                })),
    A_WRITE_AFTER_THE_END(
        "the other side, ",
        "writer.write(data); writer.writeEof();",
        program ->
            program.runReal(
                () -> {
                  try (var server = server();
                      var client = await(openConnection("localhost", server.port()))) {
                    client.writer().writeEof();
                    client.writer().write("late");
                  }
                  return 0;
                })),
    A_CHANNEL_THAT_BLOCKS(
        "java.nio.channels.SocketChannel[unconnected]",
        "channel.configureBlocking(false)",
        program ->
            program.run(
                () -> {
                  try (var channel = SocketChannel.open()) {
                    eventLoop().io().addReader(channel, () -> {});
                  }
                })),
    A_GENERATOR_WITH_TWO_CONSUMERS(
        "<AsyncGenerator running>",
        "await(queue.put(tick))",
        program ->
            program.run(
                () -> {
                  AsyncGenerator<Integer> ticks = generator(out -> await(sleep(5)));
                  await(
                      gather(
                          async(() -> ticks.iterator().hasNext()),
                          async(() -> ticks.iterator().hasNext())));
                })),
    AN_EMIT_FROM_OUTSIDE(
        "this is Task-",
        "generator(out -> out.emit(",
        program ->
            program.run(
                () -> {
                  AsyncGenerator<Integer> ticks =
                      generator(out -> await(createTask(async(() -> out.emit(1)))));
                  for (int tick : ticks) program.step(tick);
                })),
    AN_EMIT_AFTER_THE_CLOSE(
        "goes on with 2",
        "finally { cleanUp(); }",
        program ->
            program.run(
                () -> {
                  AsyncGenerator<Integer> ticks =
                      generator(
                          out -> {
                            try {
                              out.emit(1);
                            } catch (CancelledError e) {
                              out.emit(2);
                            }
                          });
                  assertThat(ticks.iterator().next()).isEqualTo(1);
                  ticks.close();
                })),
    A_POSITION_USED_TWICE(
        "0 was used before",
        "await(sequencer.at(1))",
        program ->
            program.run(
                () -> {
                  var sequencer = new Sequencer();
                  try (var _ = await(sequencer.at(0))) {
                    program.step("first");
                  }
                  await(sequencer.at(0));
                })),
    A_SEQUENCER_THAT_LOST_ONE(
        "0 was to be next",
        "var sequencer = new Sequencer();",
        program ->
            program.run(
                () -> {
                  var sequencer = new Sequencer();
                  moveOnAfter(1, () -> await(sequencer.at(1)));
                  await(sequencer.at(0));
                }));

    private final String value;
    private final String fix;
    private final Code code;

    Mistake(String value, String fix, Code code) {
      this.value = value;
      this.fix = fix;
      this.code = code;
    }
  }

  private static EventLoop closed(Program program) {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    loop.close();
    return loop;
  }

  private static void burn() {
    throw new IllegalStateException("burnt");
  }

  private static StreamServer server() {
    return await(startServer((reader, _) -> await(reader.readAll()), "localhost", 0));
  }

  /// Uses a loop that another thread runs.
  private static void onRunningLoop(Program program, java.util.function.Consumer<EventLoop> use)
      throws Exception {
    EventLoop loop = program.newLoop(LoopClock.virtual());
    var running = new CountDownLatch(1);
    loop.callSoonThreadsafe(running::countDown);
    Thread owner = Thread.ofPlatform().start(loop::runForever);
    running.await();
    Throwable thrown = catchThrowable(() -> use.accept(loop));
    loop.stop();
    owner.join();
    loop.close();
    if (thrown != null) throw Throwing.asIs(thrown);
  }

  private final Program program;

  LifecycleMisuseTest(CarrierKind kind) {
    program = new Program(kind);
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  void aMistakeIsMetWithTheRuleTheValueAndTheRightCode(Mistake mistake) {
    Throwable thrown = catchThrowable(() -> mistake.code.run(program));
    MisuseTest.assertTeaches(thrown, mistake.value, mistake.fix);
  }
}
