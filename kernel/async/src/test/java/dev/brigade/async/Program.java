package dev.brigade.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs test programs on a loop of one carrier and keeps their trail: what happened, in order.
final class Program {
  private final CarrierKind kind;
  private final List<String> trail = Collections.synchronizedList(new ArrayList<>());
  private final List<Notice> notices = Collections.synchronizedList(new ArrayList<>());

  private final CountDownLatch noticed = new CountDownLatch(1);

  Program(CarrierKind kind) {
    this.kind = kind;
  }

  /// Adds a step to the trail.
  void step(Object what) {
    trail.add(String.valueOf(what));
  }

  private void notice(Notice notice) {
    notices.add(notice);
    noticed.countDown();
  }

  List<String> trail() {
    return List.copyOf(trail);
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  /// Waits for the first notice.
  Notice awaitNotice() throws InterruptedException {
    assertThat(noticed.await(30, TimeUnit.SECONDS)).as("a notice came").isTrue();
    return notices.getFirst();
  }

  EventLoop newLoop(LoopClock clock) {
    return new EventLoop(options(clock), kind.carrier(), false);
  }

  LoopOptions options(LoopClock clock) {
    return LoopOptions.defaults().withClock(clock).withNotices(this::notice);
  }

  EventLoop hosted() {
    return EventLoop.host(options(LoopClock.real()), kind.carrier());
  }

  /// Runs a program in virtual time.
  <T> T run(Callable<T> main) {
    return Async.run(Async.async(main), () -> newLoop(LoopClock.virtual()));
  }

  void run(Action main) {
    run(Actions.callable(main));
  }

  /// Runs a program in real time.
  <T> T runReal(Callable<T> main) {
    return Async.run(Async.async(main), () -> newLoop(LoopClock.real()));
  }
}
