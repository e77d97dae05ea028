package dev.brigade.session.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The snippets every session starts with: anyone can list, read and override them.
///
/// Imports are evaluated when the session opens. A live object is declared when the first cell (or
/// completion) mentions its name: that costs the start nothing, and nobody can tell the difference.
final class Preload {
  /// A live object.
  ///
  /// @param note what it is for
  record Live(String name, String source, String note) {}

  private static final SourceMap.Source SOURCE = SourceMap.Source.of("preload", "");

  static final List<String> IMPORTS =
      Stream.of(
              "java.io.*",
              "java.math.*",
              "java.net.http.*",
              "java.nio.file.*",
              "java.time.*",
              "java.util.*",
              "java.util.concurrent.*",
              "java.util.concurrent.atomic.*",
              "java.util.concurrent.locks.*",
              "java.util.function.*",
              "java.util.stream.*",
              "dev.brigade.async.*",
              "static dev.brigade.async.Async.*",
              "static dev.brigade.session.display.Display.*")
          .map(name -> "import " + name + ";")
          .toList();

  static final List<Live> OBJECTS =
      List.of(
          new Live("loop", "EventLoop loop = eventLoop();", "the event loop all cells share"),
          new Live("threadPool", "ThreadPool threadPool = new ThreadPool();", "for blocking work"),
          new Live("lock", "AsyncLock lock = new AsyncLock();", "one coroutine at a time"),
          new Live(
              "semaphore",
              "AsyncSemaphore semaphore = new AsyncSemaphore(3);",
              "three coroutines at a time"),
          new Live(
              "threadLock",
              "ReentrantLock threadLock = new ReentrantLock();",
              "one thread at a time"));

  private static final String PROCESS_POOL = "processPool";
  private static final String NO_PROCESS_POOL =
      "processPool is not part of this version. For CPU-bound work use threadPool: threads run in"
          + " parallel on the JVM, there is no GIL.";

  // Guarded by this.
  private final Set<String> declared = new HashSet<>();

  /// Evaluates the imports.
  void start(Shell shell) {
    shell.enter(
        () -> {
          shell.sourceMap().compiling(new SourceMap.Chunk(SOURCE, 0, 0));
          for (String source : IMPORTS) shell.jshell().eval(source);
          return null;
        });
  }

  /// Declares the live objects that a cell names.
  ///
  /// @param own whether the user has declared a name
  void declare(Set<String> names, Evaluator evaluator, java.util.function.Predicate<String> own)
      throws Throwable {
    for (Live live : mentioned(names)) {
      if (!own.test(live.name())) evaluator.eval(live.source(), new SourceMap.Chunk(SOURCE, 0, 0));
    }
    if (names.contains(PROCESS_POOL) && !own.test(PROCESS_POOL)) {
      throw CellFailure.of("UnsupportedOperationException", NO_PROCESS_POOL);
    }
  }

  private synchronized List<Live> mentioned(Set<String> names) {
    var found = new ArrayList<Live>();
    for (Live live : OBJECTS) {
      if (names.contains(live.name()) && declared.add(live.name())) found.add(live);
    }
    return found;
  }

  /// The names of live objects that no cell has mentioned yet.
  synchronized List<Live> waiting() {
    return OBJECTS.stream().filter(live -> !declared.contains(live.name())).toList();
  }

  /// The whole list, as source.
  static String listing() {
    var text = new StringBuilder();
    for (String source : IMPORTS) text.append(source).append('\n');
    for (Live live : OBJECTS) {
      text.append("%-52s // %s%n".formatted(live.source(), live.note()));
    }
    text.append("// ").append(NO_PROCESS_POOL).append('\n');
    return text.toString();
  }
}
