package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What other threads may do with primitives, and what they may not.
@ParameterizedClass
@EnumSource(CarrierKind.class)
final class SnapshotTest {
  private final CarrierKind kind;
  private final Program program;

  SnapshotTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  private static <T> T inThread(Callable<T> code) throws Exception {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                result.complete(code.call());
              } catch (Throwable t) { // for the test to see
                result.completeExceptionally(t);
              }
            });
    return result.get(30, TimeUnit.SECONDS);
  }

  private static List<Primitive> primitives() {
    return List.of(
        new AsyncLock(),
        new AsyncSemaphore(1),
        new AsyncBoundedSemaphore(1),
        new AsyncEvent(),
        new AsyncCondition(),
        new AsyncBarrier(3),
        new AsyncQueue<Integer>(1),
        new AsyncLifoQueue<Integer>(1),
        new AsyncPriorityQueue<Integer>(1));
  }

  private static Coroutine<?> use(Primitive primitive) {
    return switch (primitive) {
      case AsyncLock lock -> lock.acquire();
      case AsyncSemaphore semaphore -> semaphore.acquire();
      case AsyncEvent event -> event.await();
      case AsyncCondition condition ->
          async(
              () -> {
                try (var _ = await(condition.acquire())) {
                  await(condition.await());
                }
              });
      case AsyncBarrier barrier -> barrier.await();
      case AsyncQueue<?> queue -> queue.get();
    };
  }

  @Test
  void otherThreadsReadPrimitivesWhileTheLoopIsStuck() {
    program.run(
        () -> {
          List<Primitive> primitives = primitives();
          List<Task<?>> tasks = new ArrayList<>();
          for (Primitive primitive : primitives) {
            for (int i = 0; i < 2; i++) tasks.add(createTask(use(primitive)));
          }
          await(sleep(0));
          // The thread below answers while this coroutine holds the loop.
          List<String> seen =
              inThread(
                  () -> {
                    var lines = new ArrayList<String>();
                    for (Primitive primitive : primitives) {
                      lines.add(primitive + " " + primitive.snapshot().toString().length());
                    }
                    return lines;
                  });
          assertThat(seen).allMatch(line -> line.contains("waiting"));
          assertThat(primitives).extracting(Primitive::name).doesNotHaveDuplicates();
          tasks.forEach(Task::cancel);
        });
  }

  @Test
  void otherThreadsReadPrimitivesWhileTheyChange() throws Exception {
    var over = new AtomicBoolean();
    var shown = new CompletableFuture<List<Primitive>>();
    try (var pool = Executors.newSingleThreadExecutor()) {
      Future<Integer> reader =
          pool.submit(
              () -> {
                List<Primitive> primitives = shown.get(30, TimeUnit.SECONDS);
                int read = 0;
                do {
                  for (Primitive primitive : primitives) {
                    read += primitive.snapshot().hashCode() | primitive.toString().length();
                    read += primitive.holders().size() + primitive.waiting().size();
                  }
                } while (!over.get());
                return read;
              });
      program.run(
          () -> {
            List<Primitive> primitives = primitives();
            shown.complete(primitives);
            for (int round = 0; round < 200; round++) {
              List<Task<?>> tasks = new ArrayList<>();
              for (Primitive primitive : primitives) {
                for (int i = 0; i < 4; i++) tasks.add(createTask(use(primitive)));
              }
              await(sleep(0));
              for (int i = 0; i < tasks.size(); i += 2) tasks.get(i).cancel();
              await(sleep(0));
              tasks.reversed().forEach(Task::cancel);
              await(sleep(0));
              await(sleep(0));
            }
            for (Primitive primitive : primitives) assertThat(primitive.waiting()).isEmpty();
          });
      over.set(true);
      assertThat(reader.get(30, TimeUnit.SECONDS)).isNotZero();
    }
  }

  @Test
  void changingAPrimitiveFromAnotherThreadSaysHow() {
    program.run(
        () -> {
          var lock = new AsyncLock();
          var event = new AsyncEvent("door");
          var queue = new AsyncQueue<Integer>();
          await(lock.acquire());
          for (Action misuse :
              List.<Action>of(
                  lock::release,
                  event::set,
                  event::clear,
                  () -> queue.putNowait(1),
                  queue::getNowait,
                  queue::taskDone,
                  queue::shutdown,
                  new AsyncSemaphore(1)::release,
                  new AsyncCondition(lock)::signal)) {
            Throwable refused =
                inThread(
                    () -> {
                      try {
                        misuse.run();
                        return null;
                      } catch (MisuseError e) {
                        return e;
                      }
                    });
            assertThat(refused)
                .hasMessageContaining("wrong: new Thread(() -> ")
                .hasMessageContaining("right: loop.callSoonThreadsafe(() -> ");
          }
          assertThat(lock.isLocked()).isTrue();
          assertThat(event.isSet()).isFalse();
          assertThat(queue.isEmpty()).isTrue();
          // The way the message shows.
          EventLoop loop = eventLoop();
          var asked = new CountDownLatch(1);
          Thread.ofPlatform()
              .start(
                  () -> {
                    loop.callSoonThreadsafe(event::set);
                    asked.countDown();
                  });
          assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
          await(event.await());
        });
  }

  @Test
  void aPrimitiveMayBeFilledBeforeItsLoopRunsAndReadAfterwards() {
    var queue = new AsyncQueue<String>();
    queue.putNowait("first");
    program.run(
        () -> {
          assertThat(await(queue.get())).isEqualTo("first");
          assertThat(queue.name()).isEqualTo("queue-1");
          queue.putNowait("second");
        });
    assertThat(queue.getNowait()).isEqualTo("second");
  }

  @Test
  void aPrimitiveInUseOnAnotherLoopSaysSo() {
    program.run(
        () -> {
          for (Primitive primitive : primitives()) {
            Task<?> first = createTask(use(primitive));
            Task<?> second = createTask(use(primitive));
            await(sleep(0));
            Throwable refused =
                await(
                    toThread(
                        () -> {
                          try {
                            program.run(() -> await(use(primitive)));
                            return null;
                          } catch (MisuseError e) {
                            return e;
                          }
                        }));
            assertThat(refused)
                .hasMessageContaining(primitive.name())
                .hasMessageContaining("is in use on loop")
                .hasMessageContaining("right: ");
            first.cancel();
            second.cancel();
            await(sleep(0));
          }
        });
  }

  @Test
  void namesAreCountedByTheLoopSoThatEveryRunGivesTheSame() {
    var moved = new AsyncLock();
    assertThat(moved.name()).isEqualTo("lock");
    for (int run = 0; run < 2; run++) {
      program.run(
          () -> {
            var first = new AsyncLock();
            var second = new AsyncLock();
            await(moved.acquire()).close();
            assertThat(List.of(first.name(), second.name(), moved.name()))
                .containsExactly("lock-1", "lock-2", "lock-3");
            assertThat(new AsyncCondition().name()).isEqualTo("condition-1");
            assertThat(new AsyncLock().name()).isEqualTo("lock-4");
          });
    }
  }

  private List<String> logOf(Action main) {
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
    return log.events().stream()
        .<String>mapMulti(
            (event, out) -> {
              switch (event) {
                case TraceEvent.Awaits e -> out.accept(e.task() + " awaits " + e.what());
                case TraceEvent.LockWait e ->
                    out.accept(e.task() + " waits for " + e.lock() + " of " + e.holder());
                case TraceEvent.LockAcquired e -> out.accept(e.task() + " gets " + e.lock());
                case TraceEvent.LockReleased e -> out.accept(e.task() + " releases " + e.lock());
                default -> {}
              }
            })
        .toList();
  }

  @Test
  void theLogNamesWhatATaskWaitsForAndWhoHoldsIt() {
    assertThat(
            logOf(
                () -> {
                  var condition = new AsyncCondition();
                  var queue = new AsyncQueue<Integer>(1, "orders");
                  var semaphore = new AsyncSemaphore(1, "ovens");
                  createTask(
                      async(
                          () -> {
                            try (var _ = await(condition.acquire())) {
                              await(condition.await());
                            }
                            await(queue.get());
                            await(semaphore.acquire());
                          }));
                  await(sleep(0));
                  try (var _ = await(condition.acquire())) {
                    condition.signal();
                    await(sleep(0));
                  }
                  await(semaphore.acquire());
                  await(sleep(0));
                  await(queue.put(1));
                  await(sleep(0));
                  semaphore.release();
                  await(sleep(0));
                }))
        .containsExactly(
            "1 awaits turn",
            "2 gets condition-1.lock",
            "2 releases condition-1.lock",
            "2 awaits condition-1",
            "1 gets condition-1.lock",
            "1 awaits turn",
            "2 waits for condition-1.lock of 1",
            "2 awaits condition-1.lock",
            "1 releases condition-1.lock",
            "1 gets ovens",
            "1 awaits turn",
            "2 gets condition-1.lock",
            "2 releases condition-1.lock",
            "2 awaits orders.get",
            "1 awaits turn",
            "2 waits for ovens of 1",
            "2 awaits ovens",
            "1 releases ovens",
            "1 awaits turn",
            "2 gets ovens");
  }

  @Test
  void theInsideOfABarrierIsNotInTheLog() {
    assertThat(
            logOf(
                () -> {
                  var barrier = new AsyncBarrier(2);
                  createTask(barrier.await());
                  await(sleep(0));
                  await(barrier.await());
                  await(sleep(0));
                }))
        .containsExactly("1 awaits turn", "2 awaits barrier-1", "1 awaits turn");
  }

  @Test
  void thePermitsOfASemaphoreMustNotBeNegative() {
    assertThatThrownBy(() -> new AsyncSemaphore(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
