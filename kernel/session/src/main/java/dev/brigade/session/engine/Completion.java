package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.Completions;
import dev.brigade.session.Completions.Candidate;
import dev.brigade.session.engine.CellSource.Part;
import dev.brigade.session.spi.Magic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Candidates at a cursor: magics and their arguments, files in strings that are paths, names of
/// Java, and nothing in other strings and in comments. Any thread, also while a cell runs.
final class Completion {
  private static final Pattern MAGIC = Pattern.compile("(?s).*(?:^|\\n)[ \\t]*(%{1,2})([\\w.-]*)");
  private static final Pattern ARGUMENTS =
      Pattern.compile("(?s).*(?:^|\\n)[ \\t]*%{1,2}([A-Za-z][\\w.-]*)[ \\t]+([^\\n]*)");
  // Before a quote: what follows is the path of a file.
  private static final Pattern PATH =
      Pattern.compile(
          "(?s).*\\b(?:Path\\.of|Paths\\.get|new\\s+File(?:Reader|Writer|InputStream|OutputStream)?)"
              + "\\s*\\(\\s*");
  private static final Set<String> NOT_JAVA = Set.of("bash", "python", "sh", "writefile");
  private static final Set<String> TAKES_JAVA = Set.of("time", "timeit");
  private static final Completions NONE = new Completions(0, 0, List.of());

  private final Shell shell;
  private final MagicTable magics;
  private final Preload preload;
  private final Surroundings surroundings;
  private final JavaCandidates java;

  Completion(
      Shell shell,
      MagicTable magics,
      Preload preload,
      Surroundings surroundings,
      JavaCandidates java) {
    this.shell = shell;
    this.magics = magics;
    this.preload = preload;
    this.surroundings = surroundings;
    this.java = java;
  }

  Completions complete(String code, int cursor) {
    String before = code.substring(0, Math.clamp(cursor, 0, code.length()));
    Matcher magic = MAGIC.matcher(before);
    if (magic.matches()) return magics(magic, before.length());
    Matcher arguments = ARGUMENTS.matcher(before);
    if (arguments.matches() && magics.has(arguments.group(1))) {
      Optional<Completions> own = magics.find(arguments.group(1)).complete(arguments.group(2));
      if (own.isPresent()) return own.get().shifted(arguments.start(2));
    }
    return code(before);
  }

  private Completions magics(Matcher typed, int cursor) {
    var found = new ArrayList<Candidate>();
    for (Magic magic : magics.all()) {
      if (magic.name().startsWith(typed.group(2))) {
        found.add(new Candidate(typed.group(1) + magic.name(), "magic", magic.summary()));
      }
    }
    return new Completions(typed.start(1), cursor, found);
  }

  /// The part of a cell in which the cursor stands.
  private Completions code(String before) {
    // A line that has only begun is no part yet.
    List<Part> parts = CellSource.parts(before, magics::has);
    if (parts.isEmpty() || before.endsWith("\n") && !inPart(parts.getLast()))
      return java(before, "");
    return switch (parts.getLast()) {
      case Part.Code code -> java(before, tail(before, code.line()));
      case Part.CellMagic magic -> {
        if (NOT_JAVA.contains(magic.name())) yield none(before);
        if (magic.body().isEmpty() && !before.endsWith("\n")) yield none(before);
        String body = tail(before, magic.line() + 1);
        yield code(body).shifted(before.length() - body.length());
      }
      case Part.LineMagic magic ->
          TAKES_JAVA.contains(magic.name())
              ? java(before, magic.arguments().replaceFirst("^(?:-\\w+\\s+\\d+\\s+)+", ""))
              : none(before);
      case Part.Help _ -> none(before);
    };
  }

  private static boolean inPart(Part part) {
    return part instanceof Part.Code || part instanceof Part.CellMagic;
  }

  private static String tail(String text, int line) {
    int start = 0;
    for (int i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
    return text.substring(start);
  }

  private static Completions none(String before) {
    return NONE.shifted(before.length());
  }

  private Completions java(String before, String code) {
    var scanner = new JavaText();
    scanner.read(code);
    int shift = before.length() - code.length();
    if (scanner.state() == JavaText.State.STRING) return inString(before, code, scanner.masked());
    if (scanner.state() != JavaText.State.CODE) return none(before);
    preload.loadAll();
    return shell.enter(() -> java.complete(code)).shifted(shift);
  }

  private Completions inString(String before, String code, String masked) {
    int quote = masked.stripTrailing().length() - 1;
    if (!PATH.matcher(code.substring(0, quote)).matches()) return none(before);
    Completions found = PathCandidates.of(code.substring(quote), surroundings.directory());
    return found.shifted(before.length() - code.length() + quote);
  }
}
