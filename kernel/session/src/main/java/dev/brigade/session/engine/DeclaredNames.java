package dev.brigade.session.engine;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// What the user has declared.
final class DeclaredNames {
  private static final Pattern INTERNAL = Pattern.compile("(?:sun|jdk|com\\.sun)\\.");

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

  /// The full names of the types of the JDK and of jars with a simple name, those one most likely
  /// means first. Held entry only.
  List<String> packagesOf(String type) {
    Stream<String> ofJars =
        shell.analysis().listQualifiedNames(type, type.length()).getNames().stream();
    return Stream.concat(ofJars, ofJdk(type))
        .distinct()
        .filter(name -> !name.startsWith("REPL.") && !INTERNAL.matcher(name).lookingAt())
        .filter(name -> !name.startsWith("dev.brigade.") || isVisible(name))
        .sorted(
            Comparator.comparing((String name) -> !name.startsWith("java."))
                .thenComparing(String::length))
        .toList();
  }

  private Stream<String> ofJdk(String type) {
    return JdkPackages.exported().stream()
        .map(exported -> exported + "." + type)
        .filter(name -> !INTERNAL.matcher(name).lookingAt() && isPublicType(name));
  }

  private boolean isPublicType(String name) {
    try {
      return Modifier.isPublic(Class.forName(name, false, shell.loader()).getModifiers());
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static boolean isVisible(String name) {
    return UserView.VISIBLE.contains(name.substring(0, name.lastIndexOf('.')));
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
