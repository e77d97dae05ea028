package dev.brigade.session.engine;

import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// What the user has declared.
final class DeclaredNames {
  private final Shell shell;

  DeclaredNames(Shell shell) {
    this.shell = shell;
  }

  /// Whether a variable of that name is there.
  boolean isDeclared(String name) {
    return shell.enter(() -> shell.jshell().variables().anyMatch(v -> v.name().equals(name)));
  }

  /// The names of variables, methods and types. Held entry only.
  Stream<String> all() {
    return shell
        .jshell()
        .snippets()
        .filter(snippet -> shell.jshell().status(snippet).isDefined())
        .filter(snippet -> snippet instanceof DeclarationSnippet)
        .map(snippet -> ((DeclarationSnippet) snippet).name())
        .filter(name -> !name.startsWith("$"));
  }

  /// The cell that declares a method of a name, for example `In [3]`, or null. Held entry only.
  @Nullable String methodPlace(String name) {
    return shell
        .jshell()
        .methods()
        .filter(method -> method.name().equals(name))
        .map(MethodSnippet.class::cast)
        .map(this::place)
        .findFirst()
        .orElse(null);
  }

  private String place(Snippet snippet) {
    SourceMap.Chunk chunk = shell.sourceMap().chunkOf(snippet);
    return chunk == null ? "this cell" : chunk.source().label();
  }
}
