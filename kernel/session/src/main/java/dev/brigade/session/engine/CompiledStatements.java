package dev.brigade.session.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/// The classes of the latest statements, so that a cell that is run again is not compiled again.
///
/// What the compiler makes of a text is the same as long as the text, with all its imports, and the
/// class path are: the imports name the class of each variable, method and type that the snippets
/// may use, and a declaration that changes gets a class of another name. Each run has classes of
/// its own all the same, under names of their own: what the run before has left behind keeps its
/// lines. Held entry only.
final class CompiledStatements {
  private static final int CAPACITY = 500;

  /// Of one statement's classes; a page of code has a hundredth.
  static final int LARGEST_BYTES = 100_000;

  private final Map<String, StatementCompiler.Statement> byText =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StatementCompiler.Statement> eldest) {
          return size() > CAPACITY;
        }
      };

  /// The key of a text that is to be compiled.
  ///
  /// @param name of the class in it
  static String key(String text, String name) {
    byte[] bytes = text.replace(name, "").getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// What was made of such a text, under another name.
  ///
  /// @param name of the class, as long as the one it was compiled with
  StatementCompiler.@Nullable Statement find(String key, String name) {
    StatementCompiler.Statement made = byText.get(key);
    return made == null ? null : renamed(made, name);
  }

  void add(String key, StatementCompiler.Statement made) {
    long bytes = made.classes().stream().mapToLong(each -> each.bytecodes().length).sum();
    if (bytes <= LARGEST_BYTES) byText.put(key, made);
  }

  void clear() {
    byText.clear();
  }

  private static StatementCompiler.Statement renamed(
      StatementCompiler.Statement made, String name) {
    var classes = new ArrayList<ClassBytecodes>();
    for (ClassBytecodes each : made.classes()) {
      // Names of equal length: nothing in a class file moves, and no length in it changes.
      String bytes = new String(each.bytecodes(), StandardCharsets.ISO_8859_1);
      classes.add(
          new ClassBytecodes(
              each.name().replace(made.name(), name),
              bytes
                  .replace(simple(made.name()), simple(name))
                  .getBytes(StandardCharsets.ISO_8859_1)));
    }
    return new StatementCompiler.Statement(
        name, List.copyOf(classes), made.shown(), made.type(), made.header());
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
