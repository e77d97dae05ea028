package dev.brigade.session.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Turns a program into cells: its declarations, then a call of its `main`, found by the rules of
/// the `java` launcher (JEP 512). Compact files, with methods outside any class, are included.
final class JavaFile {
  private final String name;
  private final String source;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private JavaFile(
      String name, String source, CompilationUnitTree unit, SourcePositions positions) {
    this.name = name;
    this.source = source;
    this.unit = unit;
    this.positions = positions;
  }

  static List<Step> steps(String name, String source, List<String> arguments)
      throws UnreadableFile {
    var problems = new DiagnosticCollector<JavaFileObject>();
    var file =
        new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-proc:none"), null, List.of(file));
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      for (var problem : problems.getDiagnostics()) {
        if (problem.getKind() == Diagnostic.Kind.ERROR) throw syntaxError(name, problem);
      }
      return new JavaFile(name, source, unit, Trees.instance(task).getSourcePositions())
          .steps(arguments);
    } catch (IOException cannotHappen) {
      throw new UnreadableFile("%s cannot be parsed: %s.".formatted(name, cannotHappen));
    }
  }

  private static UnreadableFile syntaxError(
      String name, Diagnostic<? extends JavaFileObject> problem) {
    String message = problem.getMessage(Locale.ROOT).lines().findFirst().orElse("");
    return new UnreadableFile(
        "%s does not compile: line %d, column %d: %s."
            .formatted(name, problem.getLineNumber(), problem.getColumnNumber(), message));
  }

  private List<Step> steps(List<String> arguments) throws UnreadableFile {
    var steps = new ArrayList<Step>();
    @Nullable String call = null;
    for (Tree tree : unit.getTypeDecls()) {
      if (!(tree instanceof ClassTree type)) continue;
      Optional<MethodTree> main = mainOf(type);
      if (main.isEmpty()) continue;
      boolean compact = isCompact(type);
      // A compact file sees all of java.base; in a session some of its packages are not imported.
      if (compact) steps.add(new Step(name, "import module java.base;", true, false));
      call = call(compact ? null : type, main.get(), arguments);
      break;
    }
    if (call == null) {
      throw new UnreadableFile(
          "%s has no main method to run; write void main() { ... } in it.".formatted(name));
    }
    steps.add(Step.of(name, withoutPackage()));
    steps.add(Step.of("main of " + name, call));
    return steps;
  }

  private static Optional<MethodTree> mainOf(ClassTree type) {
    List<MethodTree> mains =
        type.getMembers().stream()
            .filter(MethodTree.class::isInstance)
            .map(MethodTree.class::cast)
            .filter(method -> method.getName().contentEquals("main"))
            .filter(method -> !method.getModifiers().getFlags().contains(Modifier.PRIVATE))
            .filter(method -> takesArguments(method) || method.getParameters().isEmpty())
            .toList();
    return mains.stream().filter(JavaFile::takesArguments).findFirst().or(() -> first(mains));
  }

  private static Optional<MethodTree> first(List<MethodTree> methods) {
    return methods.stream().findFirst();
  }

  private static boolean takesArguments(MethodTree method) {
    return method.getParameters().size() == 1
        && method
            .getParameters()
            .getFirst()
            .getType()
            .toString()
            .matches("(java.lang.)?String\\[]");
  }

  /// Whether the class is not written in the file but stands for it. The tree does not say.
  private boolean isCompact(ClassTree type) {
    int start = (int) positions.getStartPosition(unit, type);
    int body = source.indexOf('{', start);
    String head = source.substring(start, body < 0 ? source.length() : body);
    String declaration =
        "\\b(class|interface|record|enum)\\s+" + Pattern.quote(type.getSimpleName().toString());
    return !Pattern.compile(declaration + "\\b").matcher(head).find();
  }

  private static String call(@Nullable ClassTree type, MethodTree main, List<String> arguments) {
    String given =
        takesArguments(main)
            ? arguments.stream()
                .map(JavaFile::literal)
                .collect(Collectors.joining(", ", "new String[] {", "}"))
            : "";
    if (type == null) return "main(" + given + ");";
    boolean isStatic = main.getModifiers().getFlags().contains(Modifier.STATIC);
    String owner = type.getSimpleName().toString();
    return (isStatic ? owner : "new " + owner + "()") + ".main(" + given + ");";
  }

  private static String literal(String text) {
    var result = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') result.append('\\').append(c);
      else if (c >= ' ' && c < 127) result.append(c);
      else result.append("\\u%04x".formatted((int) c));
    }
    return result.append('"').toString();
  }

  /// Snippets live in a package of their own. The line stays, blank, so that numbers agree.
  private String withoutPackage() {
    Tree declaration = unit.getPackage();
    if (declaration == null) return source;
    int start = (int) positions.getStartPosition(unit, declaration);
    int end = (int) positions.getEndPosition(unit, declaration);
    String blank = source.substring(start, end).replaceAll("[^\n]", " ");
    return source.substring(0, start) + blank + source.substring(end);
  }
}
