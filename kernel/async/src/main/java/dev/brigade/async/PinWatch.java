package dev.brigade.async;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks now and then at a loop that has no [LoopWatch], and frees a coroutine that awaits where
/// its thread cannot be put aside: there the loop's own thread stands still, so only another can
/// help.
///
/// It uses the JDK's one thread for delays, so that a program pays for no thread more, and keeps no
/// loop alive.
final class PinWatch implements Runnable {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS, Runnable::run);

  private final WeakReference<EventLoop> watched;
  private long lastTurn = -1;
  private @Nullable Task<?> lastHolder;

  private PinWatch(EventLoop loop) {
    watched = new WeakReference<>(loop);
  }

  /// From the loop's thread, before it works for anybody: the JDK's thread may be made here, and
  /// must not inherit whose work this is.
  static void start(EventLoop loop) {
    LATER.execute(new PinWatch(loop));
  }

  @Override
  public void run() {
    EventLoop loop = watched.get();
    if (loop == null || !loop.isRunning()) return;
    Task<?> holder = loop.holder();
    long turn = loop.turns();
    if (holder != null && holder == lastHolder && turn == lastTurn) look(loop, holder, turn);
    lastHolder = holder;
    lastTurn = turn;
    LATER.execute(this);
  }

  private static void look(EventLoop loop, Task<?> holder, long turn) {
    Strand strand = holder.strand();
    if (strand == null) return;
    List<StackTraceElement> stack = List.of(strand.thread().getStackTrace());
    if (loop.turns() != turn || loop.holder() != holder) return;
    if (LoopWatch.isPinnedAwait(stack)) strand.pinned();
  }
}
