package dev.brigade.session.engine;

import dev.brigade.session.MimeBundle;
import dev.brigade.session.spi.Magic;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.jspecify.annotations.Nullable;

/// Says what is known of the name at a cursor. Any thread, also while a cell runs.
final class Inspection {
  private static final Pattern WORD = Pattern.compile("[\\p{javaJavaIdentifierPart}.]*");
  private static final int SHOWN = 8;

  private final Shell shell;
  private final MagicTable magics;
  private final Preload preload;
  private final AnalysisText text;

  Inspection(Shell shell, MagicTable magics, Preload preload, AnalysisText text) {
    this.shell = shell;
    this.preload = preload;
    this.text = text;
    this.magics = magics;
  }

  Optional<MimeBundle> inspect(String code, int cursor, int level) {
    Optional<MimeBundle> magic = magic(code, cursor);
    if (magic.isPresent()) return magic;
    int end = endOfName(code, Math.clamp(cursor, 0, code.length()));
    String name = nameBefore(code, end);
    if (name.isEmpty()) return Optional.empty();
    for (Preload.Live live : preload.waiting()) {
      if (live.name().equals(name)) return Optional.of(live(live));
    }
    preload.loadAll();
    return shell.enter(() -> java(code, end, name, level, end < cursor));
  }

  private static MimeBundle live(Preload.Live live) {
    var shown = new InspectionText();
    shown.java(live.source());
    shown.documentation(live.note());
    return shown.bundle();
  }

  /// @param called whether the cursor is behind the parenthesis: constructors are meant then, and
  ///     not their type
  private Optional<MimeBundle> java(String code, int end, String name, int level, boolean called) {
    List<Path> sources = shell.internals().sources(shell.sources().roots());
    String head = text.of(before(code, end));
    List<Documentation> found = documentation(called ? head + "(" : head);
    if (found.isEmpty()) found = documentation(called ? head : head + "(");
    var shown = new InspectionText();
    List<PagePlace> places = null;
    for (Documentation each : found.subList(0, Math.min(SHOWN, found.size()))) {
      shown.java(signature(each));
      // Overloads mostly repeat each other: the first one's text is enough unless all was asked
      // for.
      if (level == 0 && each != found.getFirst()) continue;
      String javadoc = each.javadoc();
      if (javadoc == null) {
        if (places == null) places = places(head, name);
        javadoc = page(signature(each), places);
      }
      shown.documentation(javadoc);
    }
    String own = own(name, level);
    if (own != null) shown.java(own);
    else if (level > 0) source(head, name, sources).forEach(shown::java);
    return shown.isEmpty() ? Optional.empty() : Optional.of(shown.bundle());
  }

  private static String signature(Documentation found) {
    return found
        .signature()
        .replace(AnalysisText.AROUND + ".", "")
        .replaceAll("@[\\w.]+\\.Nullable ", "");
  }

  /// The source of what a name may be, from the places where sources are.
  private List<String> source(String head, String name, List<Path> roots) {
    return places(head, name, SourceText::of).stream()
        .limit(SHOWN)
        .map(each -> each.read(roots))
        .filter(t -> !t.isEmpty())
        .toList();
  }

  /// Where pages may describe a name; empty where there are no pages.
  private List<PagePlace> places(String head, String name) {
    return shell.sources().pages().isEmpty() ? List.of() : places(head, name, PagePlace::of);
  }

  private String page(String signature, List<PagePlace> places) {
    return places.stream()
        .filter(each -> each.shape().matches(signature))
        .findFirst()
        .map(each -> each.read(shell.sources().pages()))
        .orElse("");
  }

  /// The places of what a name may be.
  private <T> List<T> places(String head, String name, Function<Element, @Nullable T> place) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String before = head.substring(0, Math.max(0, head.length() - simple.length()));
    List<T> found =
        shell
            .internals()
            .analyse(
                before,
                compiled -> {
                  var all = new LinkedHashSet<T>();
                  for (Element each : Describer.elements(compiled, simple)) {
                    T known = place.apply(each);
                    if (known != null) all.add(known);
                  }
                  return List.copyOf(all);
                });
    return found == null ? List.of() : found;
  }

  /// The part of the cell in which the name stands, up to its end.
  private String before(String code, int end) {
    String before = code.substring(0, end);
    List<CellSource.Part> parts = CellSource.parts(before, magics::has);
    if (parts.isEmpty()) return before;
    return switch (parts.getLast()) {
      case CellSource.Part.Code java -> end(before, java.text());
      case CellSource.Part.CellMagic magic ->
          before(magic.body(), Math.min(magic.body().length(), before.length()));
      case CellSource.Part.LineMagic magic -> end(before, magic.arguments());
      case CellSource.Part.Help _ -> before;
    };
  }

  private static String end(String text, String part) {
    return text.substring(text.length() - Math.min(text.length(), part.length()));
  }

  private List<Documentation> documentation(String code) {
    return shell.analysis().documentation(code, code.length(), true);
  }

  /// The learner's own declaration: at level 1 its source, else the cell it is in.
  private @Nullable String own(String name, int level) {
    Snippet own =
        shell
            .jshell()
            .snippets()
            .filter(
                snippet ->
                    shell.jshell().status(snippet).isActive()
                        && switch (snippet) {
                          case jdk.jshell.DeclarationSnippet declared ->
                              declared.name().equals(name);
                          default -> false;
                        })
            .reduce((_, newer) -> newer)
            .orElse(null);
    if (own == null) return null;
    SourceMap.Chunk chunk = shell.sourceMap().chunkOf(own);
    String where = chunk == null ? "" : "// " + chunk.source().label() + "\n";
    return level > 0 ? where + own.source().strip() : where.strip();
  }

  private Optional<MimeBundle> magic(String code, int cursor) {
    Matcher matcher = Pattern.compile("%{1,2}([A-Za-z][\\w.-]*)").matcher(code);
    while (matcher.find()) {
      if (matcher.start() > cursor || cursor > matcher.end()) continue;
      if (!code.substring(code.lastIndexOf('\n', matcher.start()) + 1, matcher.start()).isBlank()) {
        continue;
      }
      String name = matcher.group(1);
      if (!magics.has(name)) continue;
      Magic magic = magics.find(name);
      var shown = new InspectionText();
      shown.java("%" + name);
      shown.documentation(JavadocText.escaped(magic.summary()));
      return Optional.of(shown.bundle());
    }
    return Optional.empty();
  }

  private static int endOfName(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) end++;
    // Inside an argument list the method before the parenthesis is meant.
    if (end > 0 && nameBefore(code, end).isEmpty() && code.charAt(end - 1) == '(') end--;
    return end;
  }

  private static String nameBefore(String code, int end) {
    int start = end;
    while (start > 0 && WORD.matcher(code.substring(start - 1, end)).matches()) start--;
    return code.substring(start, end);
  }
}
