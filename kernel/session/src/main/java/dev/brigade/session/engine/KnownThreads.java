package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.ThreadPool;
import dev.brigade.session.Cell;
import dev.brigade.session.observe.KnownThread;
import dev.brigade.session.observe.KnownThread.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The threads that work for cells: those that cells have started, those that run jobs of theirs,
/// others that stand in a line of a cell, and idle ones of pools. Any thread may ask.
final class KnownThreads {
  private final EventLoop loop;
  private final Cells cells;
  private final CellThreads threads;
  private final SourceMap sourceMap;

  KnownThreads(EventLoop loop, Cells cells, CellThreads threads, SourceMap sourceMap) {
    this.loop = loop;
    this.cells = cells;
    this.threads = threads;
    this.sourceMap = sourceMap;
  }

  List<KnownThread> now() {
    Map<Thread, KnownThread> found = new LinkedHashMap<>();
    threads
        .owners()
        .forEach((thread, origin) -> add(found, new KnownThread(thread, Role.CELL, origin)));
    for (Origin origin : cells.origins()) {
      for (Thread thread : origin.workers()) {
        add(found, new KnownThread(thread, Role.JOB, origin));
      }
    }
    Thread own = loop.thread();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (thread == own) return;
              Origin origin = owner(stack);
              if (origin != null) add(found, new KnownThread(thread, Role.JOB, origin));
              else if (isOfPool(stack)) add(found, new KnownThread(thread, Role.IDLE, null));
            });
    return List.copyOf(found.values());
  }

  private static void add(Map<Thread, KnownThread> found, KnownThread thread) {
    found.putIfAbsent(thread.thread(), thread);
  }

  /// Whose work it is: the outermost frame of a cell says so.
  private @Nullable Origin owner(StackTraceElement[] stack) {
    SourceMap.Position outermost = null;
    for (StackTraceElement frame : stack) {
      SourceMap.Position position = sourceMap.find(frame);
      if (position != null) outermost = position;
    }
    Cell cell = outermost == null ? null : cells.labelled(outermost.source().label());
    return cell == null ? null : cell.origin();
  }

  private static boolean isOfPool(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(ThreadPool.class.getName())) return true;
    }
    return false;
  }
}
