package dev.brigade.session.engine;

import static java.util.stream.Collectors.toSet;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.Task;
import dev.brigade.session.Cell;
import dev.brigade.session.InterruptReport;
import dev.brigade.session.observe.Doctor;
import dev.brigade.session.observe.Observer;
import dev.brigade.session.weave.StopPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The interrupt ladder.
///
/// A press cancels the task tree of each running cell, so that cleanup runs. Where the loop cannot
/// hear, because one task holds it, that task is stopped at its next stop point and its blocking
/// call is ended: at once if it is the cell's own and its step has lasted for [#PATIENCE], else
/// after that time, whichever cell made it. Where it waits in a call that no interrupt ends, such
/// as `future.join()`, what works for its cell is stopped as well. A press when no cell runs also
/// stops what the cell of the last press has left running.
final class Interrupts {
  /// What a step may take before it counts as one that does not end; as for reports of stalls.
  private static final long PATIENCE = 100_000_000;

  /// How long the cleanup of a stopped task may await before it is cancelled as well: it may have
  /// swallowed the stop.
  private static final double CLEANUP = 1;

  private static final long LOOK = 5_000_000;
  // The first look: a loop that is free has heard by then.
  private static final long GLANCE = 2_000_000;

  private final EventLoop loop;
  // There when JShell is made; before that no user code runs.
  private final CompletableFuture<Shell> shell;
  private final CellThreads threads;
  private final LastResort lastResort;
  // There when the session is warm.
  private volatile @Nullable Observer observer;
  // One for each queue of cells at most, the longest running first. Written by the queues.
  private final List<Running> running = new CopyOnWriteArrayList<>();
  // Written by whoever presses.
  private volatile List<Running> pressed = List.of();

  Interrupts(EventLoop loop, CompletableFuture<Shell> shell, CellThreads threads) {
    this.loop = loop;
    this.shell = shell;
    this.threads = threads;
    this.lastResort = new LastResort(loop, shell);
  }

  void observer(Observer next) {
    observer = next;
    lastResort.observer(next);
  }

  /// The main task of the cell that runs, the session's own before those of subshells; or null.
  @Nullable Task<?> root() {
    Running found = null;
    for (Running each : running) if (found == null || each.isMain()) found = each;
    return found == null ? null : found.root();
  }

  void began(Running cell) {
    running.add(cell);
  }

  void ended(Running cell) {
    running.remove(cell);
  }

  /// One press of the key, meant for all cells that run. Any thread; answers at once.
  InterruptReport press() {
    List<Running> targets = List.copyOf(running);
    // What cells left running when they were interrupted is the next press's business.
    List<Running> left = targets.isEmpty() ? pressed : targets;
    pressed = left;
    targets.forEach(this::noteWhatKept);
    var report =
        new InterruptReport(
            String.join(", ", targets.stream().map(each -> each.cell().label()).toList()),
            names(targets, true),
            names(targets, false));
    targets.forEach(each -> each.report(report));
    var heard = new Hearing();
    List<Running> again = left.stream().filter(each -> each.press() > 1).toList();
    boolean third = left.stream().anyMatch(each -> each.presses() > 2);
    for (Running each : left) each.cell().origin().stopProcessJobs();
    var aimed = new ArrayList<Aim>();
    for (Running each : again) aimed.addAll(aimAtAll(each));
    loop.callSoonThreadsafe(
        () -> {
          Task<?> stopped = heard.now();
          for (Running each : targets) cancel(each, again.contains(each), stopped);
        });
    Aim.inBackground(
        () -> {
          if (third) lastResort.leaveBehind(targets, heard);
          stopHolder(loop, left, heard);
          // Not before: a loop that a cell was about to start is there when its task awaits.
          for (Running each : left) stopHoldersElsewhere(each.cell(), left);
          Aim.spareAll(aimed);
        });
    return report;
  }

  /// Looked at before the press changes it.
  private void noteWhatKept(Running target) {
    Observer looking = observer;
    Task<?> root = target.root();
    if (looking == null || root == null || target.isInterrupted()) return;
    if (target.body() != root) return; // it runs on another loop
    try {
      target.kept(Doctor.kept(looking.look(), root).orElse(""));
    } catch (RuntimeException _) {
      // Whatever goes wrong with the looking, the press must reach the cell.
    }
  }

  /// Cancels a cell, but while a task of it that was stopped cleans up: for that one the stop
  /// stands for the cancellation, which would end the cleanup at its first await.
  private void cancel(Running target, boolean again, @Nullable Task<?> stopped) {
    if (again || stopped == null || stopped.origin() != target.cell().origin()) {
      cancel(target, again);
      return;
    }
    var once = new AtomicBoolean();
    Runnable later =
        () -> {
          if (once.compareAndSet(false, true)) cancel(target, false);
        };
    stopped.onDone(_ -> later.run());
    loop.callLater(CLEANUP, later);
  }

  /// Cancels the root first: what it awaits is cancelled through it, and a second request would
  /// break that task's cleanup. A second press is meant to.
  private void cancel(Running target, boolean again) {
    Task<?> root = target.root();
    // A cell that has not begun yet sees the press when it begins; cancelled, it never would.
    if (root == null) return;
    if (!root.isDone()) root.cancel();
    for (Task<?> task : loop.tasks()) {
      if (task != root
          && task.origin() == target.cell().origin()
          && !task.isDone()
          && (again || task.cancelling() == 0)) {
        task.cancel();
      }
    }
  }

  /// What runs, named.
  ///
  /// @param own of these cells, or else of others
  private List<String> names(List<Running> cells, boolean own) {
    Set<Origin> origins = cells.stream().map(each -> each.cell().origin()).collect(toSet());
    var tasks = new LinkedHashSet<Task<?>>(loop.tasks());
    for (Running each : cells) tasks.addAll(tasks(each.cell()));
    var names = new ArrayList<String>();
    for (Task<?> task : tasks) {
      Origin origin = task.origin();
      boolean theirs = origin != null && origins.contains(origin);
      if (task.isDone() || theirs != own) continue;
      names.add(own || origin == null ? task.name() : task.name() + " (" + origin.label() + ")");
    }
    return names;
  }

  /// The tasks of the session's loop, and of those that run for a cell besides it.
  private List<Task<?>> tasks(Cell cell) {
    var tasks = new ArrayList<>(loop.tasks());
    cell.origin().loops().forEach(other -> tasks.addAll(other.tasks()));
    return tasks;
  }

  /// The cell's request to stop reaches another loop through the cell's own task; here it matters
  /// only that the other loop can hear.
  private void stopHoldersElsewhere(Cell cell, List<Running> left) {
    for (EventLoop other : cell.origin().loops()) {
      var heard = new Hearing();
      other.callSoonThreadsafe(heard::now);
      Aim.inBackground(() -> stopHolder(other, left, heard));
    }
  }

  /// Waits until the loop has heard of the press; where it cannot hear, because one step goes on
  /// and on, stops the task of that step.
  ///
  /// @param left what the press is meant for
  private void stopHolder(EventLoop held, List<Running> left, Hearing heard) {
    if (!shell.isDone() || shell.isCompletedExceptionally()) return;
    UserCode userCode = shell.join().userCode();
    long start = System.nanoTime();
    long turns = held.turns();
    long turned = start;
    long pause = GLANCE;
    // The stop is thrown once: the same step goes on with its cleanup, up to its first await.
    var met = new HashSet<Task<?>>();
    while (!heard.isHeard() && !held.isClosed() && System.nanoTime() - start < Aim.GIVE_UP) {
      LockSupport.parkNanos(pause);
      pause = LOOK;
      long now = held.turns();
      if (now != turns) {
        turns = now;
        turned = System.nanoTime();
      }
      Task<?> holder = held.holder();
      if (holder == null || met.contains(holder)) continue;
      if (System.nanoTime() - turned < PATIENCE && !isOwnAndLong(held, holder, left)) continue;
      Thread thread = holder.thread();
      if (thread == null) continue; // it has ended this moment
      boolean isCell = left.stream().anyMatch(each -> each.body() == holder);
      Thread compiling = isCell ? thread : null;
      StopPoint.Wish wish = heard.stop(holder, () -> userCode.stop(thread, compiling));
      if (wish == null) continue;
      // Not before: lifted while it compiles, the loop would hear of the press between two
      // snippets, and nobody would stop the next one.
      held.lift(holder);
      awaitFollowed(holder, wish, start);
      if (wish.isMet()) met.add(holder);
      // A wish to stop that nobody met must not make every loop slow, nor hit a later step.
      wish.spare();
      turned = System.nanoTime();
    }
  }

  /// Whether a task that the press is meant for has had the loop for so long that waiting for it to
  /// turn is vain. Another cell's task gets its time: it is to live on.
  private static boolean isOwnAndLong(EventLoop held, Task<?> holder, List<Running> left) {
    return held.held() * 1e9 >= PATIENCE
        && left.stream().anyMatch(each -> each.cell().origin() == holder.origin());
  }

  /// The second press: no more cleanup. Every task and thread of the cell is stopped where it next
  /// passes a stop point. Aimed before the tasks are cancelled, which is what sets them going.
  private List<Aim> aimAtAll(Running target) {
    var aimed = new ArrayList<Aim>();
    for (Task<?> task : tasks(target.cell())) {
      if (task.origin() == target.cell().origin()) {
        Thread thread = task.thread();
        if (thread != null) aimed.add(Aim.at(thread, thread::isAlive));
      }
    }
    aimed.addAll(aimAtWork(target.cell().origin()));
    return aimed;
  }

  /// Stops every thread that works for an origin, and ends its blocking call.
  private List<Aim> aimAtWork(Origin origin) {
    var aimed = new ArrayList<Aim>();
    for (Thread thread : threads.of(origin)) aimed.add(Aim.at(thread, thread::isAlive));
    for (Thread thread : origin.workers()) {
      aimed.add(Aim.at(thread, () -> origin.workers().contains(thread)));
    }
    if (shell.isDone() && !shell.isCompletedExceptionally()) {
      SourceMap map = shell.join().sourceMap();
      for (Thread thread : threads.strays(origin, map)) {
        aimed.add(Aim.at(thread, () -> CellThreads.runs(thread.getStackTrace(), origin, map)));
      }
    }
    aimed.forEach(aim -> aim.thread().interrupt());
    return aimed;
  }

  /// Waits until the stop was thrown, or its task awaits or has ended without meeting it. That the
  /// loop turns says nothing: a task that blocks is put aside, and comes back with the stop open.
  private void awaitFollowed(Task<?> holder, StopPoint.Wish wish, long start) {
    long stopped = System.nanoTime();
    long next = PATIENCE;
    List<Aim> aimed = List.of();
    while (wish.isOpen()
        && !holder.isDone()
        && holder.waitingOn() == null
        && System.nanoTime() - start < Aim.GIVE_UP) {
      LockSupport.parkNanos(LOOK);
      Origin origin = holder.origin();
      if (aimed.isEmpty() && origin != null && System.nanoTime() - stopped > next) {
        aimed = aimAtWork(origin);
        next *= 2; // the look stops all threads, and the one that is to stop has work to do
      }
    }
    List<Aim> open = aimed;
    if (!open.isEmpty()) Aim.inBackground(() -> Aim.spareAll(open));
  }
}
