package dev.brigade.session.engine;

import dev.brigade.async.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// The threads that cells have started themselves, by cell.
final class CellThreads {
  // Guarded by itself. Weak: a thread that ended is nobody's business.
  private final Map<Thread, Origin> origins = Collections.synchronizedMap(new WeakHashMap<>());

  /// Notes a thread that the calling work is about to start.
  void starts(Thread thread) {
    @Nullable Origin origin = Origin.current();
    if (origin != null) origins.put(thread, origin);
  }

  /// The living threads of a cell.
  List<Thread> of(Origin origin) {
    var living = new ArrayList<Thread>();
    synchronized (origins) {
      origins.forEach(
          (thread, owner) -> {
            if (owner == origin && thread.isAlive()) living.add(thread);
          });
    }
    return living;
  }

  /// Threads that nobody is known to have started and that run code of a cell: workers of parallel
  /// streams and of fork-join tasks.
  List<Thread> strays(Origin origin, SourceMap sourceMap) {
    List<Thread> known = all();
    List<Thread> workers = origin.workers();
    var found = new ArrayList<Thread>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (known.contains(thread) || workers.contains(thread)) return;
              if (runs(stack, origin, sourceMap)) found.add(thread);
            });
    return found;
  }

  /// Whether a stack's outermost frame of a cell is one of the given cell: that one says whose work
  /// it is.
  static boolean runs(StackTraceElement[] stack, Origin origin, SourceMap sourceMap) {
    SourceMap.Position outermost = null;
    for (StackTraceElement frame : stack) {
      SourceMap.Position position = sourceMap.find(frame);
      if (position != null) outermost = position;
    }
    return outermost != null && SourceMap.isOf(origin.label(), outermost.source().label());
  }

  /// The living threads of all cells, with their owners.
  Map<Thread, Origin> owners() {
    var living = new LinkedHashMap<Thread, Origin>();
    synchronized (origins) {
      origins.forEach(
          (thread, owner) -> {
            if (thread.isAlive()) living.put(thread, owner);
          });
    }
    return living;
  }

  /// The living threads of all cells.
  List<Thread> all() {
    synchronized (origins) {
      return origins.keySet().stream().filter(Thread::isAlive).toList();
    }
  }

  static String name(Thread thread) {
    String name = thread.getName();
    return name.isEmpty() ? "virtual thread #" + thread.threadId() : name;
  }
}
