package dev.brigade.session.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Swapping the call site of all loops throws compiled code away, which in a deep recursion takes
/// seconds: so the tests count how often that is done.
class StopPointTest {
  private static final int DEPTH = 1200;

  /// What the woven code tells the test; not woven.
  static final class Gate implements Runnable {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch opened = new CountDownLatch(1);

    @Override
    public void run() {
      reached.countDown();
      while (true) {
        try {
          opened.await();
          return;
        } catch (InterruptedException e) {
          // Not woven, so this one hears of nothing.
        }
      }
    }
  }

  static final class Recursions {
    static volatile int turns;

    /// At the end of the recursion something fails, and all calls that return meet no stop point
    /// before the next call of a method.
    static void calls(Runnable gate) {
      try {
        call(DEPTH, gate);
      } catch (IllegalStateException e) {
        enter();
      }
    }

    static void enter() {}

    static int call(int n, Runnable gate) {
      if (n == 0) {
        gate.run();
        throw new IllegalStateException("the end of the stack");
      }
      return 1 + call(n - 1, gate);
    }

    static void lambdas(Runnable gate) {
      var self = new AtomicReference<IntUnaryOperator>();
      self.set(
          n -> {
            if (n == DEPTH) gate.run();
            return 1 + self.get().applyAsInt(n + 1);
          });
      self.get().applyAsInt(0);
    }

    static void streams(Runnable gate) {
      stream(DEPTH / 8, gate);
    }

    static int stream(int n, Runnable gate) {
      if (n == 0) gate.run();
      return IntStream.range(n, n + 1).map(i -> stream(i - 1, gate)).sum();
    }

    static void loopAtTheEnd(Runnable gate) {
      loop(DEPTH, gate);
    }

    static void loop(int n, Runnable gate) {
      if (n > 0) {
        loop(n - 1, gate);
        return;
      }
      gate.run();
      while (true) turns++;
    }
  }

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Gate gate = new Gate();

  private Thread start(Thread.Builder kind, String method) throws Exception {
    Class<?> woven = new WovenCopies().weave(Recursions.class);
    Thread thread =
        kind.start(
            () -> {
              try {
                WovenCopies.call(woven, method, gate);
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    gate.reached.await();
    return thread;
  }

  @AfterEach
  void nothingIsLeftAsked() {
    gate.opened.countDown();
    assertThat(StopPoint.isIdle()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "lambdas", "streams"})
  void aDeepRecursionIsStoppedWhereItNextEntersAMethodAndNoCodeIsThrownAway(String method)
      throws Exception {
    for (Thread.Builder kind : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
      stopsWithoutASwap(kind, method);
    }
  }

  private void stopsWithoutASwap(Thread.Builder kind, String method) throws Exception {
    var test = new StopPointTest();
    Thread thread = test.start(kind, method);
    int before = StopPoint.swaps();
    StopPoint.Wish wish = StopPoint.stop(thread);
    test.gate.opened.countDown();
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(test.failure.get()).isInstanceOf(Stopped.class);
    wish.spare();
    assertThat(StopPoint.swaps()).isEqualTo(before);
  }

  @Test
  void aLoopAtTheEndOfADeepRecursionIsStoppedAsWell() throws Exception {
    Thread thread = start(Thread.ofPlatform().daemon(), "loopAtTheEnd");
    gate.opened.countDown();
    StopPoint.Wish wish = StopPoint.stop(thread);
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(failure.get()).isInstanceOf(Stopped.class);
    wish.spare();
  }

  @Test
  void aWishTakenBackReachesNoLoopLater() throws Exception {
    Thread thread = start(Thread.ofPlatform().daemon(), "calls");
    int before = StopPoint.swaps();
    StopPoint.Wish wish = StopPoint.stop(thread);
    wish.spare();
    gate.opened.countDown();
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(failure.get()).isNull();
    assertThat(StopPoint.swaps()).isEqualTo(before);
  }
}
