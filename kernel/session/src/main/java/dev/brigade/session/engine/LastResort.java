package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.Task;
import dev.brigade.session.observe.KnownThread;
import dev.brigade.session.observe.Observer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The third press: what hears of no interrupt is left behind, so that the next cell runs.
///
/// Code that has the session's loop, or one that the cell has started, loses it to a new thread. A
/// task that blocks while the loop goes on, at a monitor or in a read that nothing ends, is given
/// up.
final class LastResort {
  /// How long whoever hears gets to say so.
  private static final long PATIENCE = 100_000_000;

  private static final long LOOK = 5_000_000;

  private final EventLoop loop;
  private final CompletableFuture<Shell> shell;
  private volatile @Nullable Observer observer;

  LastResort(EventLoop loop, CompletableFuture<Shell> shell) {
    this.loop = loop;
    this.shell = shell;
  }

  void observer(Observer next) {
    observer = next;
  }

  /// Blocks for a moment, for the cells to end by themselves.
  void leaveBehind(List<Running> targets, Hearing heard) {
    if (!shell.isDone() || shell.isCompletedExceptionally()) return;
    Map<EventLoop, Hearing> elsewhere = askElsewhere(targets);
    long start = System.nanoTime();
    while (!heard.isHeard() && System.nanoTime() - start < PATIENCE) LockSupport.parkNanos(LOOK);
    if (!heard.isHeard() && replaceThread(loop, targets, heard)) return;
    while (!areOver(targets) && System.nanoTime() - start < PATIENCE) LockSupport.parkNanos(LOOK);
    elsewhere.forEach(
        (other, hearing) -> {
          if (!hearing.isHeard()) replaceThread(other, targets, hearing);
        });
    for (Running each : targets) if (!each.result().isDone()) giveUpBlocked(each);
  }

  /// Asks the loops that run for the cells beside the session's.
  private static Map<EventLoop, Hearing> askElsewhere(List<Running> targets) {
    var asked = new LinkedHashMap<EventLoop, Hearing>();
    for (Running each : targets) {
      for (EventLoop other : each.cell().origin().loops()) {
        var hearing = new Hearing();
        other.callSoonThreadsafe(hearing::now);
        asked.put(other, hearing);
      }
    }
    return asked;
  }

  private static boolean areOver(List<Running> targets) {
    return targets.stream().allMatch(each -> each.result().isDone());
  }

  /// If no compiler holds the loop, a new thread goes on instead of the one that has it.
  private boolean replaceThread(EventLoop held, List<Running> targets, Hearing heard) {
    Shell opened = shell.join();
    Task<?> holder = held.holder();
    Thread inside = holder == null ? held.thread() : holder.thread();
    if (inside == null) return false;
    boolean isCell = targets.stream().anyMatch(each -> each.body() == holder);
    if (isCell && !opened.userCode().isInside(inside)) return false;
    LeftBehind left = left(inside, holder == null ? null : holder.origin());
    if (heard.isHeard() || !held.takeOver(left)) return false;
    afterwards(inside, holder == null ? null : holder.origin());
    return true;
  }

  /// Gives up what blocks of a cell, wherever the loop has gone on without it.
  private void giveUpBlocked(Running target) {
    Origin origin = target.cell().origin();
    giveUpBlocked(loop, origin);
    origin.loops().forEach(other -> giveUpBlocked(other, origin));
  }

  private void giveUpBlocked(EventLoop of, Origin origin) {
    for (Task<?> task : of.tasks()) {
      Thread thread = task.origin() == origin && !task.isDone() ? task.thread() : null;
      if (thread == null || task.waitingOn() != null || !Aim.isWaiting(thread)) continue;
      LeftBehind left = left(thread, origin);
      of.callSoonThreadsafe(
          () -> {
            if (of.giveUpBlocked(task, left)) afterwards(thread, origin);
          });
    }
  }

  private LeftBehind left(Thread thread, @Nullable Origin origin) {
    Observer looking = observer;
    if (looking == null) return new LeftBehind(null, null, false);
    return LeftBehind.of(looking.look(new KnownThread(thread, KnownThread.Role.JOB, origin)));
  }

  private void afterwards(Thread left, @Nullable Origin origin) {
    if (origin != null) shell.join().control().leaveBehind(origin);
    Aim.whenBack(left);
  }
}
