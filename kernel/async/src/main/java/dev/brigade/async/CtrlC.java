package dev.brigade.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Ctrl-C while the main thread of a JVM waits for its program. The first press cancels the
/// program's main task, so that it can clean up; the second ends the wait at once. Either way a
/// [KeyboardInterrupt] comes out, unless main deals with the cancellation (CPython:
/// `runners.Runner._on_sigint`).
///
/// Another thread than the main one has no Ctrl-C of its own; interrupting it counts as a press.
final class CtrlC implements AutoCloseable {
  private static final long MAIN_THREAD = 1;

  private final Task<?> main;
  private final CompletableFuture<?> end;
  private final @Nullable Runnable restore;
  private int presses;
  // Whether a press has cancelled main, which may have ended before. Written by main's loop.
  private volatile boolean hasCancelled;

  private CtrlC(Task<?> main, CompletableFuture<?> end) {
    this.main = main;
    this.end = end;
    this.restore =
        Thread.currentThread().threadId() == MAIN_THREAD
            ? LoopSignals.handle("INT", this::press)
            : null;
  }

  /// Waits until a program has ended.
  ///
  /// @param end settled, with the program's outcome, when its loop has ended
  static <T> T await(Task<T> main, CompletableFuture<T> end) {
    try (var ctrlC = of(main, end)) {
      return ctrlC.await(end);
    }
  }

  static CtrlC of(Task<?> main, CompletableFuture<?> end) {
    return new CtrlC(main, end);
  }

  <T> T await(CompletableFuture<T> outcome) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException _) {
          interrupted = true;
          main.cancelThreadsafe();
        } catch (ExecutionException e) {
          throw thrown(e.getCause() == null ? e : e.getCause());
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private synchronized RuntimeException thrown(Throwable error) {
    boolean ours = hasCancelled && error instanceof CancelledError && main.cancelling() <= 1;
    return Throwing.asIs(ours ? new KeyboardInterrupt("stopped by Ctrl-C") : error);
  }

  synchronized void press() {
    presses++;
    if (presses == 1) main.loop().callSoonThreadsafe(this::cancelMain);
    else end.completeExceptionally(new KeyboardInterrupt("stopped by the second Ctrl-C"));
  }

  private void cancelMain() {
    if (main.cancel()) hasCancelled = true;
  }

  @Override
  public void close() {
    if (restore != null) restore.run();
  }
}
