package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class CoroutineThreadTest {
  private final CarrierKind kind;
  private final Program program;

  CoroutineThreadTest(CarrierKind kind) {
    this.kind = kind;
    program = new Program(kind);
  }

  @Test
  void anAwaitInsideSynchronizedKeepsTheMonitor() {
    program.run(
        () -> {
          Object monitor = new Object();
          Task<Void> task =
              createTask(
                  async(
                      () -> {
                        synchronized (monitor) {
                          await(sleep(1));
                          assertThat(Thread.holdsLock(monitor)).isTrue();
                        }
                      }));
          await(task);
        });
  }

  @Test
  void aReentrantLockHeldAcrossAnAwaitIsTheTasksOwn() {
    program.run(
        () -> {
          var lock = new ReentrantLock();
          Task<Boolean> holder =
              createTask(
                  async(
                      () -> {
                        lock.lock();
                        try {
                          await(sleep(1));
                          return lock.isHeldByCurrentThread();
                        } finally {
                          lock.unlock();
                        }
                      }));
          await(sleep(0));
          assertThat(lock.tryLock()).isFalse();
          assertThat(await(holder)).isTrue();
        });
  }

  @Test
  void threadLocalsAndScopedValuesAreEachTasksOwn() {
    var local = new ThreadLocal<String>();
    ScopedValue<String> scoped = ScopedValue.newInstance();
    program.run(
        () -> {
          Task<String> a = createTask(async(() -> keep(local, scoped, "a")));
          Task<String> b = createTask(async(() -> keep(local, scoped, "b")));
          assertThat(await(gather(a, b))).containsExactly("aa", "bb");
          assertThat(scoped.isBound()).isFalse();
          assertThat(local.get()).isNull();
        });
  }

  private static String keep(ThreadLocal<String> local, ScopedValue<String> scoped, String value)
      throws Exception {
    local.set(value);
    return ScopedValue.where(scoped, value)
        .call(
            () -> {
              await(sleep(1));
              return local.get() + scoped.get();
            });
  }

  @Test
  void virtualThreadsMadeInACoroutineNeverRunOnTheLoop() throws Exception {
    program.runReal(
        () -> {
          var done = new CountDownLatch(2);
          Thread made = Thread.ofVirtual().start(done::countDown);
          Thread factory = Thread.ofVirtual().factory().newThread(done::countDown);
          factory.start();
          // The loop stands still here: only threads that do not need it can count down.
          done.await();
          made.join();
          factory.join();
          try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(executor.submit(() -> 7).get()).isEqualTo(7);
          }
          return null;
        });
  }

  @Test
  void awaitsNestTenThousandDeepWhereTheLoopHasItsOwnStack() {
    // The baton's coroutines run on the JDK's carriers, whose stacks cannot be chosen.
    int levels = kind == CarrierKind.SCHEDULER ? 10_000 : 200;
    int depth = program.run(() -> await(nested(levels)));
    assertThat(depth).isEqualTo(levels);
  }

  private Coroutine<Integer> nested(int levels) {
    return async(
        () -> {
          if (levels == 0) {
            await(sleep(0));
            return 0;
          }
          return await(nested(levels - 1)) + 1;
        });
  }

  @Test
  void aStrayUnparkOrInterruptDoesNotWakeAnAwait() throws Exception {
    program.runReal(
        () -> {
          var released = new AsyncEvent();
          Task<Boolean> task =
              createTask(
                  async(
                      () -> {
                        await(released.await());
                        program.step("woken");
                        return Thread.interrupted();
                      }));
          await(sleep(0));
          await(
              toThread(
                  () -> {
                    LockSupport.unpark(task.thread());
                    task.thread().interrupt();
                  }));
          for (int i = 0; i < 10; i++) await(sleep(0));
          assertThat(program.trail()).isEmpty();
          released.set();
          assertThat(await(task)).as("the interrupt stays pending").isTrue();
          return null;
        });
  }

  @Test
  void aBlockedCoroutineStopsTheLoopUntilItsThreadIsFree() throws Exception {
    var gate = new CountDownLatch(1);
    program.runReal(
        () -> {
          Task<Void> other = createTask(async(() -> program.step("other")));
          Task<Void> opener = createTask(toThread(gate::countDown));
          Task<Void> blocker =
              createTask(
                  async(
                      () -> {
                        gate.await();
                        program.step("blocker");
                      }));
          Task<Void> late = createTask(async(() -> program.step("late")));
          await(gather(other, opener, blocker, late));
          return null;
        });
    assertThat(program.trail()).containsExactly("other", "blocker", "late");
  }

  @Test
  void inLoomModeTheLoopGoesOnBesideABlockedCoroutine() throws Exception {
    if (kind == CarrierKind.BATON) return; // it cannot tell that a thread is blocked
    var gate = new CountDownLatch(1);
    program.runReal(
        () -> {
          blocking(Blocking.LOOM);
          Task<Void> blocker =
              createTask(
                  async(
                      () -> {
                        gate.await();
                        program.step("blocker");
                        await(sleep(0));
                        program.step("blocker again");
                      }));
          Task<Void> other =
              createTask(
                  async(
                      () -> {
                        program.step("other");
                        gate.countDown();
                      }));
          await(gather(blocker, other));
          return null;
        });
    assertThat(program.trail()).containsExactly("other", "blocker", "blocker again");
  }

  @Test
  void inLoomModeACallbackOfTheLoopUnblocksACoroutine() throws Exception {
    if (kind == CarrierKind.BATON) return; // it cannot tell that a thread is blocked
    var gate = new CountDownLatch(1);
    program.runReal(
        () -> {
          blocking(Blocking.LOOM);
          Task<Void> blocker =
              createTask(
                  async(
                      () -> {
                        eventLoop().callLater(0.001, gate::countDown);
                        gate.await();
                        program.step("blocker");
                      }));
          await(blocker);
          return null;
        });
    assertThat(program.trail()).containsExactly("blocker");
  }

  @Test
  void threadYieldInACoroutineGivesNoOtherTaskATurn() {
    program.run(
        () -> {
          createTask(async(() -> program.step("other")));
          Thread.yield();
          program.step("me");
          await(sleep(0));
        });
    assertThat(program.trail()).containsExactly("me", "other");
  }

  @Test
  void whatACoroutineThrowsComesOutUnwrapped() {
    assertThatThrownBy(
            () ->
                program.run(
                    () -> {
                      throw new java.io.IOException("cold oven");
                    }))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("cold oven");
  }

  @Test
  void aStackOverflowFailsItsTaskAndTheLoopGoesOn() {
    program.run(
        () -> {
          Task<Integer> deep = createTask(async(() -> endless(0)));
          assertThatThrownBy(() -> await(deep)).isInstanceOf(StackOverflowError.class);
        });
  }

  private static int endless(int n) {
    return endless(n + 1) + 1;
  }
}
