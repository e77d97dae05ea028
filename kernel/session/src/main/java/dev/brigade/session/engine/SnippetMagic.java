package dev.brigade.session.engine;

import dev.brigade.session.Completions;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `%snippet`: a gallery of short programs, which are resources, one file each. The first line of a
/// file says what it is.
final class SnippetMagic {
  private static final String PLACE = "snippets/";

  static Magic magic() {
    return OwnMagic.of(
            "snippet",
            "%snippet: short programs by name; %snippet NAME puts one into the next input",
            SnippetMagic::run)
        .completedBy(SnippetMagic::complete);
  }

  private static void run(MagicCall call) {
    String name = call.arguments().strip();
    if (name.isEmpty()) call.print(listing());
    else call.nextInput(text(name));
  }

  private static String listing() {
    int width = names().stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder();
    for (String line : index()) {
      if (line.startsWith("#")) {
        text.append(text.isEmpty() ? "" : "\n").append(line.substring(2)).append('\n');
        continue;
      }
      String summary = text(line).lines().findFirst().orElse("").substring(3);
      text.append(("  %-" + width + "s  %s%n").formatted(line, summary));
    }
    return text.toString();
  }

  private static List<String> index() {
    return read("index.txt").lines().toList();
  }

  static List<String> names() {
    return index().stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static String text(String name) {
    List<String> names = names();
    if (names.contains(name)) return read(name + ".jsh").stripTrailing();
    String near =
        names.stream()
            .min(Comparator.comparingInt(each -> MagicTable.distance(each, name)))
            .orElseThrow();
    throw CellFailure.of(
        "NoSuchSnippet",
        "there is no snippet named `"
            + name
            + "`. "
            + (MagicTable.distance(near, name) <= 3 ? "Did you mean %snippet " + near + "? " : "")
            + "%snippet lists them all");
  }

  private static String read(String file) {
    try (InputStream in = SnippetMagic.class.getResourceAsStream(PLACE + file)) {
      if (in == null) throw new IllegalStateException(file + " is missing in the jar");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Completions> complete(String arguments) {
    List<Completions.Candidate> found =
        names().stream()
            .filter(name -> name.startsWith(arguments))
            .map(name -> new Completions.Candidate(name, "option", ""))
            .toList();
    return Optional.of(new Completions(0, arguments.length(), found));
  }

  private SnippetMagic() {}
}
