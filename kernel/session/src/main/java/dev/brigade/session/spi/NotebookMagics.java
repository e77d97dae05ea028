package dev.brigade.session.spi;

import org.jspecify.annotations.Nullable;

/// Magics that cells define themselves.
///
/// ```java
/// magic("greet", call -> IO.println("hello, " + call.arguments()));
/// ```
///
/// From the next cell on `%greet world` runs it, and so do `%%greet` over a cell and `/greet` in
/// the terminal.
public final class NotebookMagics {
  /// What a magic of a cell does; part of the cell that uses it, so it may await.
  @FunctionalInterface
  public interface Body {
    void run(Magic.Call call) throws Exception;
  }

  /// Takes what is defined. There is one at a time.
  @FunctionalInterface
  public interface Target {
    void define(String name, String summary, Body body);
  }

  // Static because user code calls static methods; set when a session opens.
  private static volatile @Nullable Target target;

  /// Sets where magics go.
  public static void target(@Nullable Target next) {
    target = next;
  }

  /// Defines a magic, or another body for one of the same name. Any thread; returns at once.
  ///
  /// @param name without percent signs: letters, digits, `-` and `_`; no name of Brigade's own
  public static void magic(String name, Body body) {
    magic(name, "%" + name + ": defined in this session", body);
  }

  /// As [#magic(String, Body)] with a line for `%lsmagic` and completion.
  public static void magic(String name, String summary, Body body) {
    Target now = target;
    if (now == null) {
      throw new IllegalStateException("a magic belongs to a session, and none is open");
    }
    now.define(name, summary, body);
  }

  private NotebookMagics() {}
}
