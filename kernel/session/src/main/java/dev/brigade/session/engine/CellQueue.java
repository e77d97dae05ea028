package dev.brigade.session.engine;

import dev.brigade.async.CancelledError;
import dev.brigade.async.EventLoop;
import dev.brigade.async.Task;
import dev.brigade.session.CellResult;
import dev.brigade.session.Outcome;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Gives cells their turn: one at a time, in order, each as a root coroutine of the loop.
final class CellQueue {
  /// Runs a cell in its coroutine and says how it ended; never throws.
  @FunctionalInterface
  interface Runner {
    CellResult run(Running cell);
  }

  private final EventLoop loop;
  private final Interrupts interrupts;
  private final CompletableFuture<? extends Runner> runner;
  // Guarded by this.
  private final ArrayDeque<Running> waiting = new ArrayDeque<>();
  private @Nullable Running current;
  private boolean hasRun;

  /// @param runner there when JShell is warm
  CellQueue(EventLoop loop, Interrupts interrupts, CompletableFuture<? extends Runner> runner) {
    this.loop = loop;
    this.interrupts = interrupts;
    this.runner = runner;
  }

  void add(Running cell) {
    synchronized (this) {
      waiting.add(cell);
      if (current != null) return;
      choose();
    }
    begin(cell);
  }

  /// Waits until no cell runs or waits.
  synchronized void awaitIdle() {
    try {
      while (current != null || !waiting.isEmpty()) wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until a cell has run, and for some time at most.
  synchronized void awaitFirst(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    try {
      while (!hasRun) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) return;
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Running choose() {
    Running before = current;
    hasRun |= before != null;
    Running cell = waiting.poll();
    current = cell;
    if (before != null) interrupts.ended(before);
    if (cell != null) interrupts.began(cell);
    else notifyAll();
    return cell;
  }

  private void begin(Running cell) {
    runner.whenComplete(
        (ready, failure) -> {
          if (failure == null) start(cell, ready);
          else finish(cell, failed(cell, failure));
        });
  }

  private void start(Running cell, Runner ready) {
    Task<?> root =
        loop.submitRoot(
            cell.cell().origin(),
            cell.cell().label(),
            () -> {
              cell.root(loop.holder());
              finish(cell, run(cell, ready));
              return null;
            });
    loop.callSoonThreadsafe(() -> root.onDone(_ -> finishOutside(cell, root)));
  }

  /// A task that is cancelled before its first step never runs, as when the session closes; one
  /// that was left behind has ended before its code.
  private void finishOutside(Running cell, Task<?> root) {
    if (cell.result().isDone()) return;
    Throwable error = root.isCancelled() ? null : root.error();
    finish(
        cell,
        error instanceof LeftBehind left
            ? new CellResult(cell.cell(), new Outcome.Failed(left.error()), Map.of(), null, null)
            : failed(cell, new CancelledError("never begun")));
  }

  /// A front end waits for every cell, so even a mistake of ours ends it.
  private static CellResult run(Running cell, Runner ready) {
    try {
      return ready.run(cell);
    } catch (Throwable e) {
      return failed(cell, e);
    }
  }

  /// A press of the interrupt key is aimed at the next cell before the front end hears of the end
  /// of this one.
  private void finish(Running cell, CellResult result) {
    Running following;
    synchronized (this) {
      if (current != cell) return; // it was left behind, and its end is old news
      following = choose();
    }
    cell.result().complete(result);
    if (following != null) begin(following);
  }

  private static CellResult failed(Running cell, Throwable failure) {
    var error =
        Traceback.plain(failure.getClass().getSimpleName(), "the session failed: " + failure);
    return new CellResult(cell.cell(), new Outcome.Failed(error), Map.of(), null, null);
  }
}
