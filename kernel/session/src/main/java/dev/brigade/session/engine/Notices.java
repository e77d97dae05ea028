package dev.brigade.session.engine;

import dev.brigade.async.Coroutine;
import dev.brigade.async.EventLoop;
import dev.brigade.async.Notice;
import dev.brigade.async.NoticeHandler;
import dev.brigade.async.Task;
import dev.brigade.session.Cell;
import dev.brigade.session.CellError;
import dev.brigade.session.InterruptReport;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.observe.KnownThread;
import dev.brigade.session.observe.Observer;
import dev.brigade.session.observe.ThreadNow;
import dev.brigade.session.weave.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// Shows what a learner should hear of as display data of the causing cell, never as an error:
/// graders count any error text as failure.
final class Notices implements NoticeHandler {
  private final Cells cells;
  private final Output output;
  private final Errors errors;
  private final EventLoop loop;
  private final CellThreads threads;
  private final SourceMap sourceMap;
  private final Observer observer;

  Notices(
      Cells cells,
      Output output,
      Errors errors,
      EventLoop loop,
      CellThreads threads,
      SourceMap sourceMap,
      Observer observer) {
    this.cells = cells;
    this.output = output;
    this.errors = errors;
    this.loop = loop;
    this.threads = threads;
    this.sourceMap = sourceMap;
    this.observer = observer;
  }

  @Override
  public void notice(Notice notice) {
    Cell owner = cells.of(notice.origin());
    Cell cell = owner == null ? cells.newest() : owner;
    if (cell == null) return;
    String text =
        switch (notice) {
          case Notice.NeverRetrieved stopped when stopped.error() instanceof Stopped ->
              stopped.task()
                  + (stopped.site() == null ? "" : " (created at " + stopped.site() + ")")
                  + " held the loop and was stopped by the interrupt.";
          case Notice.NeverRetrieved failed -> failed.text() + "\n" + lines(failed.error());
          case Notice.CallbackFailed failed -> failed.text() + "\n" + lines(failed.error());
          case Notice.Stalled stalled -> inTheCell(stalled).text();
          case Notice.Stuck stuck -> inTheCell(stuck);
          case Notice.NeverAwaited _,
              Notice.LeftByRun _,
              Notice.LostWrites _,
              Notice.ExecutorStillBusy _,
              Notice.Slow _,
              Notice.Deadlock _ ->
              notice.text();
        };
    show(cell, text);
  }

  /// Names the innermost line that stands in a cell.
  private Notice.Stalled inTheCell(Notice.Stalled stalled) {
    boolean isCompiler = false;
    for (StackTraceElement frame : stalled.stack()) {
      SourceMap.Position position = sourceMap.find(frame);
      if (position != null) return stalled.at(position.toString());
      isCompiler |= frame.getClassName().startsWith("jdk.jshell.");
    }
    if (!isCompiler) return stalled;
    // The look at the stack came late: it says nothing about the learner's code.
    return new Notice.Stalled(
        stalled.origin(),
        stalled.task(),
        null,
        List.of(),
        stalled.millis(),
        stalled.blocked(),
        stalled.delayed());
  }

  /// Where it stands now: the call, and the lines of cells that lead to it; none of what runs
  /// cells.
  private String inTheCell(Notice.Stuck stuck) {
    var lines = new ArrayList<String>();
    for (StackTraceElement frame : stuck.stack()) {
      SourceMap.Position position = sourceMap.find(frame);
      if (position != null) lines.add(position.toString());
      else if (lines.isEmpty()) lines.add(frame.toString());
      if (lines.size() == 8) break;
    }
    // Nothing but our own frames: between two snippets of a cell.
    if (lines.size() < 2 && lines.stream().noneMatch(line -> line.startsWith("In ["))) {
      return stuck.text();
    }
    return stuck.withoutStack().text() + " Now in:\n    at " + String.join("\n    at ", lines);
  }

  private String lines(Throwable error) {
    return String.join("\n", errors.lines(error).stream().map(CellError::plain).skip(1).toList());
  }

  /// Says at once that a statement at the top level made a coroutine and dropped it.
  void dropped(Cell cell, Coroutine<?> coroutine, String line) {
    if (coroutine.isStarted()) return;
    coroutine.close();
    show(cell, new Notice.NeverAwaited(cell.origin(), coroutine.name(), line).text());
  }

  /// Says that a cell made an earlier declaration invalid.
  void broken(Cell cell, Snippet snippet) {
    if (!(snippet instanceof DeclarationSnippet declaration)) return;
    SourceMap.Chunk chunk = sourceMap.chunkOf(snippet);
    show(
        cell,
        "`"
            + declaration.name()
            + "`"
            + (chunk == null ? "" : " of " + chunk.source().label())
            + " no longer compiles after this cell: what it uses has changed. Run its cell again,"
            + " or give what you declared here another name.");
  }

  /// Says what a cell that has ended left running.
  ///
  /// @param shown what it shows as pending anyway
  void leftRunning(Cell cell, Task<?> root, @Nullable Object shown) {
    var left = new ArrayList<String>();
    for (Task<?> task : loop.tasks()) {
      if (task != root && task != shown && task.origin() == cell.origin() && !task.isDone()) {
        left.add(task.name() + (task.site() == null ? "" : " (" + task.site() + ")"));
      }
    }
    int tasks = left.size();
    for (Thread thread : threads.of(cell.origin())) {
      // Not asked whether it is a daemon: made by a coroutine, every thread is one by default.
      left.add("thread " + CellThreads.name(thread));
    }
    for (Thread thread : cell.origin().workers()) {
      left.add("a job in " + CellThreads.name(thread));
    }
    if (left.isEmpty()) return;
    show(
        cell,
        "This cell has ended and left running: "
            + few(left)
            + ".\nIt goes on in the background: "
            + (tasks == left.size()
                ? "%tasks lists"
                : tasks == 0 ? "%threads lists" : "%tasks and %threads list")
            + " it, and %%join as a cell's first line"
            + " waits for it.");
  }

  /// Says of an interrupted cell what was cancelled, what was left alone, and what of it goes on
  /// and why.
  void interrupted(Running running) {
    Cell cell = running.cell();
    var text = new ArrayList<String>();
    InterruptReport report = running.report();
    if (report != null) {
      List<String> cancelled =
          report.cancelled().stream().filter(name -> !report.cell().contains(name)).toList();
      if (!cancelled.isEmpty()) text.add("The interrupt cancelled " + few(cancelled) + ".");
      if (!report.left().isEmpty()) {
        text.add("It left alone what other cells have started: " + few(report.left()) + ".");
      }
    }
    List<String> left = observer.look(known(cell)).stream().map(each -> toldOf(each)).toList();
    if (!left.isEmpty()) {
      text.add(
          "Of this cell there goes on: "
              + few(left)
              + ".\nInterrupt once more to stop "
              + (left.size() == 1 ? "it" : "them")
              + "; what hears of no interrupt goes on until it returns. %threads lists it, and"
              + " %%join as a cell's first line waits for it.");
    }
    if (!text.isEmpty()) show(cell, String.join("\n", text));
  }

  private List<KnownThread> known(Cell cell) {
    var found = new ArrayList<KnownThread>();
    for (Thread each : threads.of(cell.origin())) {
      found.add(new KnownThread(each, KnownThread.Role.CELL, cell.origin()));
    }
    for (Thread each : cell.origin().workers()) {
      found.add(new KnownThread(each, KnownThread.Role.JOB, cell.origin()));
    }
    return found;
  }

  /// A thread, what it does and where.
  private static String toldOf(ThreadNow thread) {
    String at = thread.place() == null ? "" : " at " + thread.place();
    return "thread " + thread.name() + " (" + thread.doing() + at + ")";
  }

  private static String few(List<String> names) {
    int shown = 5;
    return names.size() <= shown
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
  }

  /// Text about the program rather than of it.
  static MimeBundle notice(String text) {
    return notice(MimeBundle.text(text));
  }

  static MimeBundle notice(MimeBundle bundle) {
    return new MimeBundle(bundle.data(), Map.of(MimeBundle.NOTICE, true));
  }

  private void show(Cell cell, String text) {
    output.show(cell, notice(text));
  }
}
