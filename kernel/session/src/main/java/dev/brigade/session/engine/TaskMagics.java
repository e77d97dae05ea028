package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.async.EventLoop;
import dev.brigade.async.Task;
import dev.brigade.session.Cell;
import dev.brigade.session.spi.Magic;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The magics about tasks and order.
final class TaskMagics {
  private final EventLoop loop;
  private final Tracing tracing;
  private final CellThreads threads;
  private final Supplier<MagicTable> table;

  TaskMagics(EventLoop loop, Tracing tracing, CellThreads threads, Supplier<MagicTable> table) {
    this.loop = loop;
    this.tracing = tracing;
    this.threads = threads;
    this.table = table;
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of(
            "trace",
            "%trace on|off|summary: what later cells show of their tasks; %%trace: the timeline of"
                + " this cell (--steps: every step, --json FILE: for Perfetto)",
            this::trace),
        OwnMagic.of(
            "join",
            "%%join over a cell, or %join: waits for what runs in the background",
            this::join),
        OwnMagic.of("lsmagic", "%lsmagic: every magic with one line about it", this::list));
  }

  private void trace(MagicCall call) throws Exception {
    if (call.wholeCell()) {
      TraceOptions options = TraceOptions.of(call.arguments());
      try (var _ = tracing.watch(call.cell(), options.mode())) {
        call.runCode(call.body());
      }
      options.save(Async.eventLoop().lastTrace());
      return;
    }
    switch (call.arguments().strip()) {
      case "on" -> tracing.mode(Tracing.Mode.ON);
      case "off" -> tracing.mode(Tracing.Mode.OFF);
      case "summary" -> tracing.mode(Tracing.Mode.SUMMARY);
      case "" -> call.print("trace is " + tracing.mode().name().toLowerCase(Locale.ROOT) + "\n");
      default ->
          throw CellFailure.of(
              "WrongArgument",
              "%trace takes on, off or summary, and got `" + call.arguments() + "`");
    }
  }

  /// Runs the cell below, then waits: `%%join` for the tasks and threads of this cell, `%join` for
  /// all tasks.
  private void join(MagicCall call) throws Exception {
    if (call.wholeCell()) call.runCode(call.body());
    Cell cell = call.cell();
    while (true) {
      List<Task<?>> left =
          Async.eventLoop().tasks().stream()
              .filter(task -> task != Async.currentTask() && !task.isDone())
              .filter(task -> !call.wholeCell() || task.origin() == cell.origin())
              .toList();
      List<Thread> started = call.wholeCell() ? threads.of(cell.origin()) : List.of();
      if (left.isEmpty() && started.isEmpty()) return;
      Async.await(Async.gatherSettled(left));
      for (Thread thread : started) Async.await(Async.toThread(() -> thread.join()));
    }
  }

  private void list(MagicCall call) {
    var text = new StringBuilder();
    for (Magic magic : table.get().all()) {
      text.append("%-10s %s%n".formatted(magic.name(), magic.summary()));
    }
    call.print(text.toString());
  }
}
