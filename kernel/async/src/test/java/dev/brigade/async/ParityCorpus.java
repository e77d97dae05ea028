package dev.brigade.async;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Programs as data, with the events CPython gave: what `parity.py` in `src/test/python` writes.
final class ParityCorpus {
  /// One program.
  ///
  /// @param source an S-expression on one line
  /// @param events CPython's log, line by line
  record Entry(String name, String source, List<String> events) {}

  /// A tree of words: a list, or a word.
  sealed interface Tree {
    record Word(String text) implements Tree {}

    record Branch(List<Tree> parts) implements Tree {}

    default String word() {
      return switch (this) {
        case Word w -> w.text;
        case Branch b -> throw new IllegalArgumentException("a word was expected, not " + b);
      };
    }

    default int number() {
      return Integer.parseInt(word());
    }

    default List<Tree> parts() {
      return switch (this) {
        case Branch b -> b.parts;
        case Word w -> throw new IllegalArgumentException("a list was expected, not " + w);
      };
    }
  }

  static Tree parse(String source) {
    var stack = new ArrayList<List<Tree>>();
    stack.add(new ArrayList<>());
    for (String token : source.replace("(", " ( ").replace(")", " ) ").trim().split(" +")) {
      switch (token) {
        case "(" -> stack.add(new ArrayList<>());
        case ")" -> {
          var branch = new Tree.Branch(stack.removeLast());
          stack.getLast().add(branch);
        }
        default -> stack.getLast().add(new Tree.Word(token));
      }
    }
    return stack.getFirst().getFirst();
  }

  /// The programs that are recorded in the test data.
  static List<Entry> recorded() {
    var entries = new ArrayList<Entry>();
    try (InputStream data = ParityCorpus.class.getResourceAsStream("/parity/corpus.txt.gz")) {
      read(new GZIPInputStream(Objects.requireNonNull(data)), entries::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  static void read(InputStream data, Consumer<Entry> each) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(data, StandardCharsets.UTF_8));
    String name = null;
    String source = null;
    var events = new ArrayList<String>();
    String line;
    while ((line = reader.readLine()) != null) {
      if (line.startsWith("#")) continue;
      if (!line.startsWith("=")) {
        events.add(line);
        continue;
      }
      if (name != null) each.accept(new Entry(name, source, List.copyOf(events)));
      events.clear();
      name = line.substring(1);
      source = reader.readLine();
    }
    if (name != null) each.accept(new Entry(name, source, List.copyOf(events)));
  }

  private ParityCorpus() {}
}
