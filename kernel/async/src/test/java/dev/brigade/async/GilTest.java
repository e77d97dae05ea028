package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The simulated interpreter lock with explicit ticks; there is one for the whole program.
@Isolated
class GilTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  @AfterEach
  void off() {
    Gil.off();
    Gil.switchInterval(0.005);
  }

  /// Counts how many threads are between two ticks at once.
  private static final class Overlap {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean seen = new AtomicBoolean();

    void work() {
      if (inside.incrementAndGet() > 1) seen.set(true);
      for (int i = 0; i < 100; i++) Thread.onSpinWait();
      if (inside.get() > 1) seen.set(true);
      inside.decrementAndGet();
    }
  }

  private static Thread start(Action code) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                code.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              } finally {
                Gil.leave();
              }
            });
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).as("%s ended", thread).isTrue();
    }
  }

  /// Ticks until something holds.
  private static void tickUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) Gil.tick();
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void twoThreadsNeverRunBetweenTicksAtOnce() throws Exception {
    var overlap = new Overlap();
    var gil = Gil.on(SHORT);
    var both = new CountDownLatch(2);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          start(
              () -> {
                // Each goes on until both had a turn and the lock went back and forth.
                Gil.tick();
                both.countDown();
                tickUntil(
                    () -> {
                      overlap.work();
                      return both.getCount() == 0 && Gil.report().switches() > 3;
                    });
              }));
    }
    join(threads);
    assertThat(overlap.seen).isFalse();
    GilReport report = Gil.report();
    gil.close();
    assertThat(report.switches()).isGreaterThan(1);
    assertThat(report.dropRequests()).isPositive();
    assertThat(report.threads()).hasSize(2);
    assertThat(report.threads().stream().mapToDouble(GilReport.Holder::share).sum())
        .isBetween(99.9, 100.1);
  }

  @Test
  void withoutTheGilTheyMayRunAtOnce() throws Exception {
    var met = new CountDownLatch(2);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          start(
              () -> {
                Gil.tick();
                met.countDown();
                while (met.getCount() > 0) Thread.onSpinWait(); // no tick: only at once
              }));
    }
    join(threads);
    assertThat(Gil.isOn()).isFalse();
  }

  @Test
  void aThreadThatWaitsGivesItBackAndTakesItAgain() throws Exception {
    Gil.on(Duration.ofSeconds(60)); // nobody is asked to give up
    var asleep = new CountDownLatch(1);
    var trail = new ArrayList<String>(); // the Gil guards it
    Thread waiter =
        start(
            () -> {
              Gil.tick();
              trail.add("waits");
              Object wait = WovenWaits.begin(null, "Thread.sleep");
              asleep.await();
              WovenWaits.end(wait);
              trail.add("goes on");
            });
    while (waiter.getState() != Thread.State.WAITING) Thread.onSpinWait();
    Gil.tick();
    trail.add("another runs");
    asleep.countDown();
    Gil.leave();
    join(List.of(waiter));
    assertThat(trail).containsExactly("waits", "another runs", "goes on");
    assertThat(Gil.report().withoutRelease()).isEmpty();
  }

  @Test
  void aHolderThatWaitsInAnUnknownCallLosesItAndIsNamed() throws Exception {
    Gil.on(SHORT);
    var never = new CountDownLatch(1);
    Thread blocked =
        start(
            () -> {
              Gil.tick();
              never.await();
            });
    while (blocked.getState() != Thread.State.WAITING) Thread.onSpinWait();
    Gil.tick();
    assertThat(Gil.report().withoutRelease())
        .singleElement()
        .asString()
        .contains(blocked.getName());
    never.countDown();
    Gil.leave();
    join(List.of(blocked));
  }

  @Test
  void aHolderThatEndsWithoutAWordLosesIt() throws Exception {
    Gil.on(Duration.ofSeconds(60));
    Thread ended = Thread.ofPlatform().start(Gil::tick);
    ended.join();
    Gil.tick();
    assertThat(Gil.report().threads()).hasSize(2);
    assertThat(Gil.report().withoutRelease()).isEmpty();
  }

  @Test
  void turningItOffFreesWhoeverWaits() throws Exception {
    Gil.on(Duration.ofSeconds(60));
    Gil.tick();
    var passed = new CountDownLatch(1);
    Thread waiter =
        start(
            () -> {
              Gil.tick();
              passed.countDown();
            });
    while (waiter.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
    Gil.off();
    assertThat(passed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Gil.report().threads()).hasSize(2);
  }

  @Test
  void aStopReachesAThreadThatWaitsForIt() throws Exception {
    var stopped = new AtomicBoolean();
    Gil.ticker(
        new Ticker() {
          @Override
          public void ticking(boolean on) {}

          @Override
          public void checkStop() {
            if (stopped.get()) throw new ThreadDeathForTests();
          }
        });
    try {
      Gil.on(Duration.ofSeconds(60));
      Gil.tick();
      var end = new AtomicBoolean();
      Thread waiter =
          start(
              () -> {
                try {
                  Gil.tick();
                } catch (ThreadDeathForTests e) {
                  end.set(true);
                }
              });
      while (waiter.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
      stopped.set(true);
      join(List.of(waiter));
      assertThat(end).isTrue();
    } finally {
      Gil.ticker(null);
    }
  }

  private static final class ThreadDeathForTests extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void anInterruptWhileWaitingIsKeptForTheThread() throws Exception {
    Gil.on(Duration.ofSeconds(60));
    Gil.tick();
    var interrupted = new AtomicBoolean();
    Thread waiter =
        start(
            () -> {
              Gil.tick();
              interrupted.set(Thread.interrupted());
            });
    while (waiter.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
    waiter.interrupt();
    Gil.leave();
    join(List.of(waiter));
    assertThat(interrupted).isTrue();
  }

  @Test
  void theCoroutinesOfALoopAreOneThread() {
    Gil.on(Duration.ofSeconds(60));
    Async.run(
        Async.async(
            () -> {
              Gil.tick();
              Async.await(Async.gather(ticking(), ticking(), ticking()));
            }));
    assertThat(Gil.report().threads()).hasSize(1);
  }

  private static Coroutine<Void> ticking() {
    return Async.async(
        () -> {
          Gil.tick();
          Async.await(Async.sleep(0));
          Gil.tick();
        });
  }

  @Test
  void aLoopWithNothingToDoGivesItBack() throws Exception {
    Gil.on(Duration.ofSeconds(60));
    var ran = new CountDownLatch(1);
    Async.run(
        Async.async(
            () -> {
              Gil.tick();
              Promise<Integer> promise = Async.eventLoop().createPromise();
              EventLoop loop = Async.eventLoop();
              Thread other =
                  start(
                      () -> {
                        Gil.tick(); // only once the loop waits
                        ran.countDown();
                        loop.callSoonThreadsafe(() -> promise.setResult(1));
                      });
              Async.await(promise);
              return other;
            }));
    assertThat(ran.getCount()).isZero();
    assertThat(Gil.report().switches()).isPositive();
  }

  @Test
  void runGivesAReportAndTurnsItOff() {
    GilReport report = Gil.run(Gil::tick);
    assertThat(Gil.isOn()).isFalse();
    assertThat(report.threads()).singleElement().satisfies(row -> assertThat(row.turns()).isOne());
    assertThat(report.toString()).contains("switch interval", "held", "100.0%");
  }

  @Test
  void aReportWithoutTicksSaysThatNothingIsWoven() {
    assertThat(Gil.run(() -> {}).toString()).contains("outside a notebook", "Gil.tick()");
  }

  @Test
  void onceMoreOnBeginsAnewAndTheOldHandleDoesNothing() {
    var first = Gil.on();
    Gil.tick();
    var second = Gil.on();
    assertThat(Gil.report().threads()).isEmpty();
    first.close();
    assertThat(Gil.isOn()).isTrue();
    second.close();
    assertThat(Gil.isOn()).isFalse();
  }

  @Test
  void aSwitchIntervalIsPositive() {
    assertThatThrownBy(() -> Gil.switchInterval(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.005");
  }
}
