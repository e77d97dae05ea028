package dev.brigade.session.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The source of a declaration, cut out of the file that holds it.
///
/// @param file the path of the file below a root of sources
/// @param type the simple name of the type around it
/// @param name its own name
/// @param parameters how many parameters it has; -1 for what is no method
record SourceText(String file, String type, String name, int parameters) {
  private static final int LINES = 200;

  /// Where the source of an element would be; null for what has none, such as a package.
  static @Nullable SourceText of(Element element) {
    TypeElement outermost = null;
    TypeElement nearest = null;
    for (Element each = element; each != null; each = each.getEnclosingElement()) {
      if (!(each instanceof TypeElement type)) continue;
      if (nearest == null) nearest = type;
      outermost = type;
    }
    if (outermost == null || nearest == null) return null;
    String file = outermost.getQualifiedName().toString().replace('.', '/') + ".java";
    boolean constructor = element.getKind() == ElementKind.CONSTRUCTOR;
    return new SourceText(
        file,
        nearest.getSimpleName().toString(),
        constructor ? "<init>" : element.getSimpleName().toString(),
        element instanceof ExecutableElement method ? method.getParameters().size() : -1);
  }

  /// The text, from the first root that has it; empty if none has.
  String read(List<Path> roots) {
    for (Path root : roots) {
      Path path = root.resolve(file);
      try {
        if (Files.isReadable(path)) return cut(Files.readString(path));
      } catch (IOException _) {
        // as if it were not there
      }
    }
    return "";
  }

  private String cut(String text) throws IOException {
    var input =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(input));
    CompilationUnitTree unit = task.parse().iterator().next();
    var finder = new Finder();
    finder.scan(unit, null);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    return finder.found.stream()
        .map(
            tree -> {
              int start = (int) positions.getStartPosition(unit, tree);
              int end = (int) positions.getEndPosition(unit, tree);
              return start < 0 || end < start ? "" : whole(text, start, end);
            })
        .filter(each -> !each.isEmpty())
        .distinct()
        .collect(Collectors.joining("\n\n"));
  }

  /// Whole lines, moved to the left.
  private static String whole(String text, int start, int end) {
    int line = text.lastIndexOf('\n', start) + 1;
    List<String> lines = text.substring(line, end).stripIndent().lines().toList();
    if (lines.size() <= LINES) return String.join("\n", lines);
    return String.join("\n", lines.subList(0, LINES))
        + "\n// ... "
        + (lines.size() - LINES)
        + " more lines";
  }

  /// Finds declarations by name.
  private final class Finder extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final List<Tree> found = new ArrayList<>();
    private String around = "";

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      String before = around;
      around = tree.getSimpleName().toString();
      if (parameters < 0 && name.equals(type) && around.equals(type)) found.add(tree);
      else super.visitClass(tree, null);
      around = before;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
      if (around.equals(type)
          && tree.getName().contentEquals(name)
          && tree.getParameters().size() == parameters) found.add(tree);
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
      if (parameters < 0 && around.equals(type) && tree.getName().contentEquals(name)) {
        found.add(tree);
      }
      return null;
    }
  }
}
