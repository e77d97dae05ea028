package dev.brigade.session.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/// Compiles what declares nothing, expressions and statements, in one run of the compiler, where
/// JShell needs five to be ready for everything a snippet may be: such a snippet leaves nothing
/// behind that JShell would have to know.
///
/// Everything out of the ordinary, errors above all, is left to JShell: nothing of it has run then.
/// The classes look as JShell's own do. Held entry only.
final class StatementCompiler {
  /// What a snippet is.
  ///
  /// @param shape how it runs, or null if JShell has to see it
  /// @param declares the names it declares, null if nobody has looked
  record Parsed(@Nullable SnippetShape shape, @Nullable Set<String> declares) {}

  /// A compiled snippet.
  ///
  /// @param name of the class to call
  /// @param type the static type of its value, empty if it has none
  /// @param header how many lines of the class stand before the snippet's first
  record Statement(
      String name, List<ClassBytecodes> classes, boolean shown, String type, int header) {}

  private static final String OWN = "REPL.";
  private static final String PREFIX = "$JShell$S";
  // The name that JShell gives such a variable: user code cannot use it in a snippet either.
  private static final String VALUE = "$$$";

  private final JShell jshell;
  private final CompilerRuns runs;
  private final MethodHandle masked;
  private final MethodHandle cleared;
  private final MethodHandle wrap;
  private final MethodHandle inspect;
  private final MethodHandle describe;
  private final MethodHandle typeName;
  private final MethodHandle displayName;
  private final MethodHandle anonymous;
  // Methods that gave no value when they were last called.
  private final Set<String> voids = new HashSet<>(Set.of("println", "print"));
  private final CompiledStatements latest = new CompiledStatements();
  // All numbers have one length.
  private long count = 10_000_000;

  StatementCompiler(JShell jshell, CompilerRuns runs, Lookup lookup) throws Throwable {
    this.jshell = jshell;
    this.runs = runs;
    Class<?> mask = lookup.findClass("jdk.jshell.MaskCommentsAndModifiers");
    Class<?> wraps = lookup.findClass("jdk.jshell.Wrap");
    Class<?> analysed = lookup.findClass("jdk.jshell.TaskFactory$AnalyzeTask");
    Class<?> inspector = lookup.findClass("jdk.jshell.ExpressionToTypeInfo");
    Class<?> info = lookup.findClass("jdk.jshell.ExpressionToTypeInfo$ExpressionInfo");
    masked =
        lookup.findConstructor(mask, CompilerRuns.type(void.class, String.class, boolean.class));
    cleared = lookup.findVirtual(mask, "cleared", CompilerRuns.type(String.class));
    wrap =
        CompilerRuns.in(wraps)
            .findStatic(
                wraps,
                "methodWrap",
                CompilerRuns.type(wraps, String.class, String.class, String.class));
    inspect =
        CompilerRuns.in(inspector)
            .findConstructor(
                inspector,
                CompilerRuns.type(
                    void.class,
                    analysed,
                    CompilationUnitTree.class,
                    JShell.class,
                    boolean.class,
                    boolean.class));
    describe =
        CompilerRuns.in(inspector)
            .findVirtual(inspector, "typeOfExpression", CompilerRuns.type(info));
    typeName = CompilerRuns.in(info).findGetter(info, "typeName", String.class);
    displayName = CompilerRuns.in(info).findGetter(info, "displayTypeName", String.class);
    Class<?> list = Class.forName("com.sun.tools.javac.util.List");
    anonymous = CompilerRuns.in(info).findGetter(info, "anonymousClasses", list);
  }

  /// What a snippet is; null if it cannot be told.
  @Nullable Parsed parse(String text) throws Throwable {
    String source = source(text, false);
    if (source.isEmpty()) return null;
    SnippetShape evident = SnippetShape.evident(source);
    if (evident != null) return new Parsed(evident, Set.of());
    if (SnippetShape.declares(source)) return new Parsed(null, null);
    return runs.parse(source, StatementCompiler::parsed);
  }

  /// The names that a text declares; null if it cannot be told.
  @Nullable Set<String> declares(String text) throws Throwable {
    Parsed parsed = runs.parse(source(text, false), StatementCompiler::parsed);
    return parsed == null ? null : parsed.declares();
  }

  private static @Nullable Parsed parsed(List<Tree> trees) {
    if (trees.isEmpty()) return null;
    var names = new HashSet<String>();
    for (Tree tree : trees) {
      if (tree instanceof VariableTree variable) names.add(variable.getName().toString());
      else if (tree instanceof ClassTree type) names.add(type.getSimpleName().toString());
      else if (tree instanceof MethodTree method) names.add(method.getName().toString());
      else if (tree instanceof StatementTree statement) {
        return new Parsed(SnippetShape.of(statement), names);
      } else return null;
    }
    return new Parsed(null, names);
  }

  private String source(String text, boolean modifiers) throws Throwable {
    return ((String) cleared.invoke(masked.invoke(text, modifiers))).stripTrailing();
  }

  /// Compiles a snippet.
  ///
  /// @return null if JShell has to see it
  @Nullable Statement compile(String text, SnippetShape shape) throws Throwable {
    String source = source(text, true);
    if (!shape.expression()) return compile(source, shape, false);
    boolean likely = !voids.contains(shape.method());
    Statement first = compile(source, shape, likely);
    if (first != null || shape.method().isEmpty()) return first;
    return compile(source, shape, !likely);
  }

  private @Nullable Statement compile(String source, SnippetShape shape, boolean value)
      throws Throwable {
    String end = source.endsWith(";") ? "\n" : ";\n";
    String name = PREFIX + ++count;
    Object body =
        value
            ? wrap.invoke("var " + VALUE + " = ", source, end + "        return " + VALUE + ";\n")
            : wrap.invoke("", source, end + "        return null;\n");
    Object outer = runs.ownClass(name, body);
    String text = runs.wrapped(outer);
    String key = CompiledStatements.key(text, name);
    Statement again = latest.find(key, OWN + name);
    if (again != null) return again;
    int header = lines(text.substring(0, runs.position(outer, 0)));
    Statement made =
        runs.analyse(
            outer,
            CompilerRuns.OPTIONS,
            analysed -> statement(analysed, OWN + name, shape, value, header));
    if (made != null && !source.contains(PREFIX)) latest.add(key, made);
    return made;
  }

  private @Nullable Statement statement(
      Object analysed, String name, SnippetShape shape, boolean value, int header)
      throws Throwable {
    if (runs.hasErrors(analysed)) return null;
    if (shape.expression() && !value) {
      if (!isVoid(runs.task(analysed), analysed)) {
        voids.remove(shape.method());
        return null;
      }
      if (!shape.method().isEmpty()) voids.add(shape.method());
    }
    String type = value ? type(analysed, shape) : "";
    if (type == null) return null;
    return new Statement(name, runs.classes(analysed), value && shape.shown(), type, header);
  }

  /// The class path has changed: names may mean something else.
  void forget() {
    latest.clear();
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  /// The type of the value, as JShell says it.
  ///
  /// @return null if JShell would declare classes for it
  private @Nullable String type(Object analysed, SnippetShape shape) throws Throwable {
    Object info =
        describe.invoke(inspect.invoke(analysed, runs.unit(analysed), jshell, true, true));
    if (info == null || !((List<?>) anonymous.invoke(info)).isEmpty()) return null;
    return (String) (shape.identifier() ? typeName : displayName).invoke(info);
  }

  private boolean isVoid(JavacTask javac, Object analysed) throws Throwable {
    TreePath path = new TreePath(runs.unit(analysed));
    var outer = (ClassTree) runs.unit(analysed).getTypeDecls().getFirst();
    path = new TreePath(path, outer);
    for (Tree member : outer.getMembers()) {
      if (member instanceof MethodTree method && method.getName().contentEquals("do_it$")) {
        var statement = method.getBody().getStatements().getFirst();
        if (!(statement instanceof ExpressionStatementTree expression)) return false;
        for (Tree each : List.of(method, method.getBody(), statement, expression.getExpression())) {
          path = new TreePath(path, each);
        }
        TypeMirror type = Trees.instance(javac).getTypeMirror(path);
        return type != null && type.getKind() == TypeKind.VOID;
      }
    }
    return false;
  }
}
