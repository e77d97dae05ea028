package dev.brigade.session.observe;

import dev.brigade.async.Coroutine;
import dev.brigade.async.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says in plain words why a program does not go on: who has the event loop and what it does there,
/// who waits for whom in a circle, what the cell waits for in the end, and what was never awaited;
/// each with the next step to take.
public final class Doctor {
  // Shorter than this a step keeps nobody waiting.
  private static final double LONG = 0.1;
  private static final int NAMED = 5;
  // Fewer turns in a moment are no news.
  private static final int ROUND = 20;

  private final Moment moment;
  private final @Nullable Task<?> cell;
  private final WaitGraph waits;
  private final boolean turns;

  private Doctor(Moment moment, @Nullable Task<?> cell, boolean turns) {
    this.moment = moment;
    this.cell = cell;
    this.turns = turns;
    waits = WaitGraph.of(moment);
  }

  /// The whole finding.
  ///
  /// @param before a look a moment earlier: whether the loop has turned since shows whether it is
  ///     stuck
  /// @param cell the main task of the cell that runs, or null
  public static String why(Moment moment, Moment before, @Nullable Task<?> cell) {
    boolean turns = moment.loop().turns() != before.loop().turns();
    var doctor = new Doctor(moment, cell, turns);
    var findings = new ArrayList<String>();
    doctor.held().ifPresent(findings::add);
    Optional<String> circles = doctor.circles();
    if (findings.isEmpty() && (circles.isEmpty() || doctor.isFree())) {
      findings.add(doctor.atRest(before));
    }
    circles.ifPresent(findings::add);
    doctor.unawaited().ifPresent(findings::add);
    return String.join("\n", findings) + "\n";
  }

  /// What an interrupt of a cell should add to its own words: one sentence on what kept the cell,
  /// if that was somebody else or a wait without end.
  public static Optional<String> kept(Moment moment, Task<?> cell) {
    var doctor = new Doctor(moment, cell, false);
    for (List<Wait> circle : doctor.waits.circles()) {
      if (doctor.waits.leadsTo(cell, circle)) return Optional.of(deadlock(circle));
    }
    LoopNow loop = moment.loop();
    ThreadWait wait = moment.loopThread().waitsFor();
    boolean others = wait != null && wait.holder() != 0;
    boolean isLong = loop.inCallback() || loop.held() >= LONG;
    if (loop.isHeld() && (others || (isLong && loop.holder() != cell))) {
      return Optional.of(doctor.heldSentence());
    }
    if (loop.isHeld()) return Optional.empty();
    var chain = new Chain(moment, cell);
    return chain.isHopeless() ? Optional.of(chain.text()) : Optional.empty();
  }

  private Optional<String> held() {
    LoopNow loop = moment.loop();
    if (!loop.isHeld() || turns) return Optional.empty();
    if (moment.loopThread().doing().equals("compiles a cell")) {
      return Optional.of("The compiler works on a cell, and the event loop waits for it.");
    }
    var text = new StringBuilder(heldSentence());
    holderOfLock().ifPresent(text::append);
    if (!loop.delayed().isEmpty()) {
      text.append("\nCannot run meanwhile: ").append(few(loop.delayed())).append('.');
    }
    return Optional.of(text.append("\nNext: ").append(advice()).toString());
  }

  private String heldSentence() {
    LoopNow loop = moment.loop();
    ThreadNow thread = moment.loopThread();
    TaskNow holder = moment.of(loop.holder());
    String who = loop.inCallback() ? "A callback" : holder == null ? "A task" : named(holder);
    String since =
        loop.held() > 0 ? " and has not given it back for " + TextTable.seconds(loop.held()) : "";
    String at = thread.place() == null ? "" : " at " + thread.place();
    ThreadWait wait = thread.waitsFor();
    String does =
        wait != null
            ? "it blocks its thread" + at + ": " + thread.doing()
            : thread.doing().equals("running")
                ? "it computes" + at + " without awaiting"
                : "it is " + thread.doing() + (at.isEmpty() ? "" : ", called" + at);
    return who + " has the event loop" + since + ": " + does + ".";
  }

  private static String named(TaskNow task) {
    return task.label()
        + (task.isMain() || task.made().isEmpty() ? "" : " (made at " + task.made() + ")");
  }

  /// What the thread does that has what the loop's thread waits for.
  private Optional<String> holderOfLock() {
    ThreadWait wait = moment.loopThread().waitsFor();
    if (wait == null) return Optional.empty();
    if (wait.holder() == 0) {
      return wait.isMonitor()
          ? Optional.of("\nWho has it is not known: " + LockTable.UNKNOWN + ".")
          : Optional.empty();
    }
    TaskNow task = moment.taskOn(wait.holder());
    if (task != null) {
      String at = task.awaitSite() == null ? "" : " at " + task.awaitSite();
      return Optional.of("\n" + named(task) + has(wait) + task.doing() + at + ".");
    }
    ThreadNow thread = moment.thread(wait.holder());
    if (thread == null) return Optional.empty();
    String of = thread.cell().isEmpty() ? "" : " of " + thread.cell();
    String at = thread.place() == null ? "" : " at " + thread.place();
    return Optional.of(
        "\nThread " + thread.name() + of + has(wait) + isDoing(thread.doing()) + at + ".");
  }

  private static String has(ThreadWait wait) {
    return wait.isJoin() ? " " : " has it and ";
  }

  private static String isDoing(String doing) {
    return doing.startsWith("running") ? "is " + doing : doing;
  }

  private String advice() {
    ThreadWait wait = moment.loopThread().waitsFor();
    String interrupt = "interrupt it, then ";
    if (wait == null) {
      return interrupt
          + "move the work off the loop, await(toThread(() -> ...)), or give way now and then:"
          + " await(sleep(0)).";
    }
    String call = wait.call() == null ? "" : wait.call();
    if (call.equals("Thread.sleep")) {
      return interrupt + "write await(sleep(1)) for Thread.sleep(1000).";
    }
    if ((wait.object() != null || wait.isMonitor()) && !wait.isJoin()) {
      return interrupt
          + "take a lock of threads off the loop only, await(toThread(() -> ...)), or use an"
          + " AsyncLock between coroutines.";
    }
    return interrupt + "move the blocking call off the loop: await(toThread(() -> ...)).";
  }

  private Optional<String> circles() {
    List<List<Wait>> circles = waits.circles();
    if (circles.isEmpty()) return Optional.empty();
    var text = new StringBuilder();
    for (List<Wait> circle : circles.subList(0, Math.min(NAMED, circles.size()))) {
      text.append(deadlock(circle)).append('\n');
    }
    boolean task = circles.getFirst().stream().anyMatch(each -> each.who() instanceof Task);
    text.append("Next: ")
        .append(task ? "%cancel one of them" : "interrupt the cell that started them")
        .append(", then take locks in the same order everywhere.");
    return Optional.of(text.toString());
  }

  /// Whether a cell runs that none of the circles keeps.
  private boolean isFree() {
    return cell != null
        && moment.of(cell) != null
        && waits.circles().stream().noneMatch(circle -> waits.leadsTo(cell, circle));
  }

  private static String deadlock(List<Wait> circle) {
    return circle.size() == 1
        ? "Deadlock: " + circle.getFirst().sentence() + ", which it has itself."
        : "Deadlock: "
            + String.join("; ", circle.stream().map(Wait::sentence).toList())
            + ". None of them can go on.";
  }

  /// The loop is not held and nobody waits in a circle.
  private String atRest(Moment before) {
    if (cell != null && moment.of(cell) != null) {
      String text = new Chain(moment, cell).text();
      long made = moment.loop().turns() - before.loop().turns();
      return made > ROUND
          ? text + "\nThe event loop goes round (" + TextTable.count(made, "turn") + " just now)."
          : text;
    }
    if (moment.tasks().isEmpty()) return "No cell runs and no task is there: nothing is stuck.";
    return "No cell runs and nothing is stuck. In the background: "
        + few(moment.tasks().stream().map(each -> each.label() + " " + each.doing()).toList())
        + ".";
  }

  private Optional<String> unawaited() {
    if (moment.unawaited().isEmpty()) return Optional.empty();
    Coroutine.Unawaited first = moment.unawaited().getFirst();
    return Optional.of(
        "Made and not awaited so far: "
            + few(moment.unawaited().stream().map(Doctor::told).toList())
            + ". A coroutine runs only when it is awaited: await("
            + first.name()
            + "(...)), or createTask("
            + first.name()
            + "(...)) beside others.");
  }

  private static String told(Coroutine.Unawaited coroutine) {
    return coroutine.name() + (coroutine.site() == null ? "" : " (" + coroutine.site() + ")");
  }

  static String few(List<String> names) {
    if (names.size() <= NAMED) return String.join(", ", names);
    return String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }
}
