package dev.brigade.session.engine;

import dev.brigade.session.weave.Placement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// Which line of which cell a class's lines came from.
///
/// A class of one cell gets that cell's own line numbers while it is loaded, so that every stack
/// trace is right by itself. A class that JShell makes of several cells (overloads of one method)
/// keeps its lines and is looked up here.
final class SourceMap {
  /// A cell's text, split into lines.
  record Source(String label, List<String> lines) {
    static Source of(String label, String text) {
      return new Source(label, text.lines().toList());
    }

    /// The position that a creation or await site of this source names, or null.
    @Nullable Position position(@Nullable String site) {
      String start = label + " line ";
      if (site == null || !site.startsWith(start)) return null;
      try {
        return new Position(this, Integer.parseInt(site.substring(start.length())));
      } catch (NumberFormatException e) {
        return null;
      }
    }

    /// A line counted from 1; empty past the end.
    String line(int number) {
      return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
  }

  /// A snippet's place in its cell.
  ///
  /// @param firstLine the line of the source that its text begins in, counted from 0
  /// @param firstColumn the column of that line where it begins, counted from 0
  record Chunk(Source source, int firstLine, int firstColumn) {}

  /// A line of a cell, counted from 1; 0 if unknown.
  record Position(Source source, int line) {
    @Override
    public String toString() {
      return line == 0 ? source.label() : source.label() + " line " + line;
    }
  }

  private static final Pattern SNIPPET_CLASS =
      Pattern.compile("REPL\\.(\\$JShell\\$\\w+)(?:\\$.*)?");
  private static final String MIXED = "cells";

  private final Internals internals;
  // Guarded by this. Weak, because a snippet refers to nothing of ours and may be dropped.
  private final Map<Snippet, Chunk> chunks = new WeakHashMap<>();
  private final Map<String, Chunk> byClass = new ConcurrentHashMap<>();
  private final Map<String, Map<Integer, Position>> mixed = new ConcurrentHashMap<>();
  // How many lines stand before a snippet's own in classes that JShell does not know.
  private final Map<String, Integer> headers = new ConcurrentHashMap<>();
  // Written by the thread that holds the JShell entry.
  private volatile @Nullable Chunk current;

  SourceMap(Internals internals) {
    this.internals = internals;
  }

  /// Says which chunk is about to be compiled, for snippets that JShell has not handed out yet.
  void compiling(Chunk chunk) {
    current = chunk;
  }

  /// Says where the newest chunk begins in a class that JShell does not know.
  void begins(String className, int header) {
    String outer = outerName(className);
    if (outer != null) headers.put(outer, header);
  }

  synchronized void remember(Snippet snippet, Chunk chunk) {
    chunks.put(snippet, chunk);
  }

  synchronized @Nullable Chunk chunkOf(Snippet snippet) {
    return chunks.get(snippet);
  }

  /// Whether a source is a cell's, or a text's that the cell runs besides its own.
  ///
  /// @param cell the cell's label
  /// @param source the source's label
  static boolean isOf(String cell, String source) {
    return source.equals(cell) || source.startsWith(cell + ", ");
  }

  /// Whether a frame or class belongs to a cell.
  static boolean isSnippetClass(String className) {
    return className.startsWith("REPL.$JShell$");
  }

  /// The line of a cell that a frame stands in, or null.
  @Nullable Position find(StackTraceElement frame) {
    String outer = outerName(frame.getClassName());
    if (outer == null) return null;
    Map<Integer, Position> lines = mixed.get(outer);
    if (lines != null && MIXED.equals(frame.getFileName())) return lines.get(frame.getLineNumber());
    Chunk chunk = byClass.get(outer);
    if (chunk == null) return null;
    return new Position(chunk.source(), Math.max(0, frame.getLineNumber()));
  }

  /// The line that a creation or await site names; null where no cell is known by that label, or
  /// more than one.
  @Nullable Position position(@Nullable String site) {
    Position found = null;
    for (Chunk each : byClass.values()) {
      Position position = each.source().position(site);
      if (position == null || position.equals(found)) continue;
      if (found != null) return null;
      found = position;
    }
    return found;
  }

  /// How a class that is being loaded gets its lines.
  Placement place(String className) {
    String outer = outerName(className);
    Chunk now = current;
    if (outer == null || now == null) return unknown(now == null ? "cell" : now.source().label());
    List<Chunk> owners =
        internals.snippets("REPL." + outer).stream()
            .map(snippet -> Objects.requireNonNullElse(chunkOf(snippet), now))
            .toList();
    Chunk first = owners.isEmpty() ? now : owners.getFirst();
    byClass.putIfAbsent(outer, first);
    return owners.stream().allMatch(owner -> owner.source().equals(first.source()))
        ? ownPlacement(outer, first.source())
        : mixedPlacement(outer, mixed.computeIfAbsent(outer, _ -> new ConcurrentHashMap<>()));
  }

  private @Nullable Position position(String outer, int classFileLine) {
    Integer header = headers.get(outer);
    if (header != null) {
      Chunk own = byClass.get(outer);
      return own == null
          ? null
          : new Position(own.source(), own.firstLine() + classFileLine - header);
    }
    SnippetPlaces.Place place = internals.place("REPL." + outer, classFileLine);
    if (place == null) return null;
    Chunk chunk = chunkOf(place.snippet());
    if (chunk == null) chunk = current;
    return chunk == null
        ? null
        : new Position(chunk.source(), chunk.firstLine() + place.line() + 1);
  }

  private static @Nullable String outerName(String className) {
    Matcher matcher = SNIPPET_CLASS.matcher(className);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private Placement ownPlacement(String outer, Source source) {
    return new Placement() {
      @Override
      public String sourceFile() {
        return source.label();
      }

      @Override
      public int line(int classFileLine) {
        Position position = position(outer, classFileLine);
        return position == null ? 0 : position.line();
      }

      @Override
      public String site(int classFileLine) {
        return new Position(source, line(classFileLine)).toString();
      }
    };
  }

  private Placement mixedPlacement(String outer, Map<Integer, Position> table) {
    return new Placement() {
      @Override
      public String sourceFile() {
        return MIXED;
      }

      @Override
      public int line(int classFileLine) {
        Position position = position(outer, classFileLine);
        if (position != null) table.put(classFileLine, position);
        return classFileLine;
      }

      @Override
      public String site(int classFileLine) {
        Position position = position(outer, classFileLine);
        return position == null ? MIXED : position.toString();
      }
    };
  }

  private static Placement unknown(String label) {
    return new Placement() {
      @Override
      public String sourceFile() {
        return label;
      }

      @Override
      public int line(int classFileLine) {
        return 0;
      }

      @Override
      public String site(int classFileLine) {
        return label;
      }
    };
  }
}
