package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.async.AsyncProcess;
import dev.brigade.async.Coroutine;
import dev.brigade.async.StreamReader;
import dev.brigade.async.Task;
import dev.brigade.session.Emission;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program of the operating system that runs as part of a cell: what it writes shows under the
/// cell as it comes, the loop goes on meanwhile, and a cell that is cancelled takes the program and
/// what that has started with it.
final class CellProcess {
  private static final int PIECE = 64 * 1024;
  // A child that lives on in the background keeps the pipes open; nobody waits for it longer.
  private static final double QUIET = 0.3;

  private final MagicCall call;
  private final String name;
  // The loop's thread only.
  private long pieces;

  private CellProcess(MagicCall call, String name) {
    this.call = call;
    this.name = name;
  }

  /// Runs a program to its end, in the cell's coroutine.
  ///
  /// @param name what its tasks are called
  /// @return the exit code
  /// @throws IOException it cannot be started
  static int run(MagicCall call, String name, ProcessBuilder builder) throws IOException {
    var own = new CellProcess(call, name);
    AsyncProcess process = Async.await(Async.subprocess(builder), IOException.class);
    return call.outsideCompileTime(() -> own.follow(process));
  }

  private int follow(AsyncProcess process) {
    boolean ended = false;
    try {
      process.stdin().close();
      List<Task<Void>> readers =
          List.of(
              reader("stdout", process.stdout(), Emission.Stream.STDOUT),
              reader("stderr", process.stderr(), Emission.Stream.STDERR));
      int code = Async.await(process.await());
      ended = true;
      awaitQuiet(readers);
      return code;
    } finally {
      if (!ended) kill(process.pid());
    }
  }

  private Task<Void> reader(String part, StreamReader from, Emission.Stream to) {
    Coroutine<Void> reading = Async.async(() -> pump(from, to));
    return Async.createTask(reading, name + "-" + part);
  }

  private @Nullable Void pump(StreamReader from, Emission.Stream to) {
    var text = new CellPrintStream(piece -> call.workshop().output().print(call.cell(), to, piece));
    while (true) {
      byte[] piece = Async.await(from.read(PIECE));
      if (piece.length == 0) return null;
      pieces++;
      text.write(piece, 0, piece.length);
    }
  }

  private void awaitQuiet(List<Task<Void>> readers) {
    while (true) {
      long before = pieces;
      Async.await(Async.waitAll(readers, QUIET));
      if (readers.stream().allMatch(Task::isDone) || pieces == before) return;
    }
  }

  /// Ends a process and all below it. What it starts while it is being ended is looked for too.
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(CellProcess::kill);
  }

  private static void kill(ProcessHandle process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    for (ProcessHandle each : below) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly();
    }
  }
}
