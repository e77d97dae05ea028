package dev.brigade.session.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.module.ModuleDescriptor.Exports;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/// The packages of the JDK, which its modules tell.
///
/// JShell walks through all 28,000 files of the JDK to learn them, as much work as a start of the
/// kernel, and keeps the name of each class, 13 MB; of both it uses the packages alone, to complete
/// `import java.ut`. Here it is given a list that it takes for its own.
final class JdkPackages {
  /// Where the packages stand that a program may import.
  static Set<String> exported() {
    return ModuleLayer.boot().modules().stream()
        .flatMap(module -> module.getDescriptor().exports().stream())
        .filter(exported -> !exported.isQualified())
        .map(Exports::source)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Puts the list where JShell looks before it begins to walk. To be called before the session's
  /// analysis is asked for.
  static void give(Lookup lookup) throws Throwable {
    Class<?> analysis = lookup.findClass("jdk.jshell.SourceCodeAnalysisImpl");
    Class<?> entry = lookup.findClass("jdk.jshell.SourceCodeAnalysisImpl$ClassIndex");
    Lookup own = CompilerRuns.in(analysis);
    MethodHandle make =
        CompilerRuns.in(entry)
            .findConstructor(
                entry, CompilerRuns.type(void.class, long.class, Path.class, Set.class, Map.class));
    @SuppressWarnings("unchecked")
    var indexes =
        (Map<Path, Object>) own.findStaticGetter(analysis, "PATH_TO_INDEX", Map.class).invoke();
    var indexer =
        (ExecutorService) own.findStaticGetter(analysis, "INDEXER", ExecutorService.class).invoke();
    Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
    Object index = make.invoke(lastModified(), modules, exported(), Map.of());
    // Its own thread alone touches the table, and does what it is given in order.
    indexer.execute(() -> indexes.putIfAbsent(modules, index));
  }

  /// What JShell compares to learn that an index is of this JDK.
  private static long lastModified() {
    try {
      Path image = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules");
      return Files.getLastModifiedTime(image).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JdkPackages() {}
}
