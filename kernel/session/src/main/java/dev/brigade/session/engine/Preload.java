package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.session.display.Compare;
import dev.brigade.session.display.Display;
import dev.brigade.session.spi.NotebookMagics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The snippets every session starts with: anyone can list, read and override them.
///
/// Evaluated one by one they would take as long as all the rest of the start. So an import is
/// evaluated when the first cell uses a name it brings, a live object when the first cell mentions
/// it, and the imports that are left in the background while no cell runs. Nobody can tell the
/// difference: a cell that does not compile is tried again with every import in place.
final class Preload {
  /// A live object.
  ///
  /// @param note what it is for
  record Live(String name, String source, String note) {}

  private static final SourceMap.Chunk CHUNK =
      new SourceMap.Chunk(SourceMap.Source.of("preload", ""), 0, 0);

  static final List<PreloadImport> IMPORTS =
      Stream.concat(
              Stream.of(
                      "java.io",
                      "java.math",
                      "java.net.http",
                      "java.nio.file",
                      "java.time",
                      "java.util",
                      "java.util.concurrent",
                      "java.util.concurrent.atomic",
                      "java.util.concurrent.locks",
                      "java.util.function",
                      "java.util.stream",
                      "dev.brigade.async",
                      "dev.brigade.session.comm",
                      "dev.brigade.session.display",
                      "dev.brigade.session.widget")
                  .map(PreloadImport::ofPackage),
              Stream.of(
                  PreloadImport.ofMethods(Async.class),
                  PreloadImport.ofMethods(Display.class),
                  PreloadImport.ofMethods(NotebookMagics.class),
                  PreloadImport.ofMethods(Compare.class)))
          .toList();

  static final List<Live> OBJECTS =
      List.of(
          new Live("loop", "EventLoop loop = eventLoop();", "the event loop all cells share"),
          new Live("threadPool", "ThreadPool threadPool = new ThreadPool();", "for blocking work"),
          new Live(
              "processPool",
              "ProcessPool processPool = new ProcessPool();",
              "for CPU-bound work in processes of its own"),
          new Live("lock", "AsyncLock lock = new AsyncLock();", "one coroutine at a time"),
          new Live(
              "semaphore",
              "AsyncSemaphore semaphore = new AsyncSemaphore(3);",
              "three coroutines at a time"),
          new Live(
              "threadLock",
              "ReentrantLock threadLock = new ReentrantLock();",
              "one thread at a time"));

  private static final Pattern IMPORTED =
      Pattern.compile(
          IMPORTS.stream()
              .map(PreloadImport::packageName)
              .filter(name -> name != null)
              .map(name -> Pattern.quote(name + "."))
              .collect(Collectors.joining("|", "(?<![\\w.])(?:", ")(?=[A-Z])")));

  private final Shell shell;
  // Guarded by this; evaluated under the JShell entry, which is taken first.
  private final Set<PreloadImport> pending = new LinkedHashSet<>(IMPORTS);
  private final Set<String> declared = new HashSet<>();

  Preload(Shell shell) {
    this.shell = shell;
  }

  /// Evaluates what a cell's names need and is not there yet.
  ///
  /// @param own whether the user has declared a variable of a name
  void prepare(Set<String> names, Evaluator evaluator, Predicate<String> own) throws Throwable {
    List<Live> objects = mentioned(names);
    var needed = new LinkedHashSet<>(names);
    objects.forEach(live -> needed.addAll(JavaText.names(live.source())));
    evaluator
        .compileTime()
        .during(
            "preload",
            () -> load(each -> needed.stream().anyMatch(n -> each.brings(n, shell.loader()))));
    for (Live live : objects) {
      if (!own.test(live.name())) evaluator.eval(live.source(), CHUNK);
    }
  }

  /// Evaluates every import that is left.
  ///
  /// @return whether there was one
  boolean loadAll() {
    return load(_ -> true);
  }

  /// Evaluates one import that is left.
  ///
  /// @return whether there was one
  boolean loadOne() {
    return shell.enter(
        () -> {
          PreloadImport next = pending().isEmpty() ? null : pending().getFirst();
          return next != null && load(next::equals);
        });
  }

  private boolean load(Predicate<PreloadImport> wanted) {
    if (pending().isEmpty()) return false;
    return shell.enter(
        () -> {
          List<PreloadImport> now = pending().stream().filter(wanted).toList();
          for (PreloadImport each : now) {
            if (!isThere(each)) evaluate(each);
            done(each);
          }
          return !now.isEmpty();
        });
  }

  private void evaluate(PreloadImport each) {
    shell.sourceMap().compiling(CHUNK);
    if (!shell.internals().add(each.source())) shell.jshell().eval(each.source());
  }

  /// Evaluated again, an import of the user's would be ours, and `%reset` would leave it.
  private boolean isThere(PreloadImport each) {
    return shell
        .jshell()
        .imports()
        .anyMatch(
            present ->
                present.fullname().equals(each.target() + ".*")
                    && present.isStatic() == (each.packageName() == null));
  }

  private synchronized List<PreloadImport> pending() {
    return List.copyOf(pending);
  }

  private synchronized void done(PreloadImport each) {
    pending.remove(each);
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

  /// Everything is as before the first cell: imports are evaluated again when they are needed, and
  /// so are live objects that are gone. Held entry only.
  ///
  /// @param there whether a variable of a name is declared
  synchronized void again(Predicate<String> there) {
    pending.addAll(IMPORTS);
    declared.removeIf(name -> !there.test(name));
  }

  /// Whether a snippet's place is the preload.
  static boolean isOwn(SourceMap.Chunk chunk) {
    return chunk.source().equals(CHUNK.source());
  }

  /// A type as one writes it with the imports in place.
  static String simplified(String type) {
    return IMPORTED.matcher(type).replaceAll("");
  }

  /// The whole list, as source.
  static String listing() {
    var text = new StringBuilder();
    for (PreloadImport each : IMPORTS) text.append(each.source()).append('\n');
    for (Live live : OBJECTS) {
      text.append("%-52s // %s%n".formatted(live.source(), live.note()));
    }
    return text.toString();
  }
}
