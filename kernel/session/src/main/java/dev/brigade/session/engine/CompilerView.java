package dev.brigade.session.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/// Which earlier declarations JShell shows the compiler.
///
/// JShell imports every living variable and method into every snippet and has the compiler look at
/// every class that was ever made, so that a thousandth cell takes many times as long as the first.
/// A snippet needs those whose names stand in its text. Types and imports are always seen: the
/// compiler may need them to name the type of an expression. Held entry only.
final class CompilerView {
  private static final String OWN = "REPL.";

  private final Snippets snippets;
  private final Classes classes;
  private final Map<?, ?> dependencies;
  private final MethodHandle className;
  private final MethodHandle name;

  CompilerView(JShell jshell, Lookup lookup) throws Throwable {
    Class<?> maps = lookup.findClass("jdk.jshell.SnippetMaps");
    Class<?> factories = lookup.findClass("jdk.jshell.TaskFactory");
    Class<?> managers = lookup.findClass("jdk.jshell.MemoryFileManager");
    className = lookup.findVirtual(Snippet.class, "className", CompilerRuns.type(String.class));
    name = lookup.findVirtual(Snippet.class, "name", CompilerRuns.type(String.class));
    Object ofSnippets = lookup.findGetter(JShell.class, "maps", maps).invoke(jshell);
    Object factory = lookup.findGetter(JShell.class, "taskFactory", factories).invoke(jshell);
    Object manager =
        CompilerRuns.in(factories).findGetter(factories, "fileManager", managers).invoke(factory);
    dependencies = (Map<?, ?>) field(ofSnippets, "dependencies").get(ofSnippets);
    // JShell reads both through these fields alone.
    Field table = field(ofSnippets, "keyIndexToSnippet");
    snippets = new Snippets(jshell, (List<?>) table.get(ofSnippets));
    table.set(ofSnippets, snippets);
    table = field(manager, "classObjects");
    classes = new Classes((Map<?, ?>) table.get(manager));
    table.set(manager, classes);
  }

  private static Field field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /// Shows what stands in a text that is about to be compiled, and no more variables and methods.
  ///
  /// @param names the names in the text
  /// @param declared the names it declares, null if unknown
  void narrow(Set<String> names, @Nullable Set<String> declared) throws Throwable {
    widen();
    boolean others = declared == null || declared.stream().anyMatch(dependencies::containsKey);
    var hidden = new HashSet<Snippet>();
    var hiddenClasses = new HashSet<String>();
    var living = new HashSet<String>();
    for (Snippet snippet : snippets) {
      if (snippet.kind() == Snippet.Kind.IMPORT) continue;
      String own = (String) name.invokeExact(snippet);
      var owner = (String) className.invokeExact(snippet);
      living.add(owner);
      // Methods of one name are compiled together.
      boolean overload = snippet.kind() == Snippet.Kind.METHOD;
      if (overload && declared != null && declared.contains(own)) others = true;
      if (snippet.kind() == Snippet.Kind.TYPE_DECL || names.contains(own)) continue;
      hidden.add(snippet);
      hiddenClasses.add(owner);
    }
    classes.keepOnly(living);
    if (others) return;
    snippets.hidden = hidden;
    classes.hidden = hiddenClasses;
  }

  /// Whether nothing has the name of a new declaration, and nothing waits for it.
  boolean isFree(Snippet fresh) throws Throwable {
    var own = (String) name.invokeExact(fresh);
    if (dependencies.containsKey(own)) return false;
    for (int i = 0; i < snippets.size(); i++) {
      Snippet each = snippets.get(i);
      if (each != null && own.equals((String) name.invokeExact(each))) return false;
    }
    return true;
  }

  /// Shows everything.
  void widen() {
    snippets.hidden = Set.of();
    classes.hidden = Set.of();
  }

  /// The classes of a snippet that declares nothing are of no use to the compiler.
  void forget(String ofClass) {
    classes.remove(ofClass);
  }

  /// The class around one that JShell has made: `$JShell$12` of `REPL.$JShell$12$Point`.
  private static String outer(String binaryName) {
    int start = OWN.length();
    int end = binaryName.indexOf('$', start + "$JShell$".length());
    return binaryName.substring(start, end < 0 ? binaryName.length() : end);
  }

  /// JShell's table of snippets, which goes through it for the imports of each class it makes.
  @SuppressWarnings("serial")
  private static final class Snippets extends ArrayList<Snippet> {
    private final JShell jshell;
    private transient Set<Snippet> hidden = Set.of();

    private Snippets(JShell jshell, List<?> theirs) {
      this.jshell = jshell;
      theirs.forEach(each -> add((Snippet) each));
    }

    /// The living snippets that are not hidden.
    @Override
    public Iterator<Snippet> iterator() {
      var shown = new ArrayList<Snippet>();
      for (int i = 0; i < size(); i++) {
        Snippet each = get(i);
        if (each == null || hidden.contains(each)) continue;
        if (jshell.status(each).isDefined()) shown.add(each);
      }
      return shown.iterator();
    }
  }

  /// JShell's table of the classes it has made, which the compiler lists.
  @SuppressWarnings("serial")
  private static final class Classes extends TreeMap<String, Object> {
    private transient Set<String> hidden = Set.of();

    private Classes(Map<?, ?> theirs) {
      theirs.forEach((name, file) -> put((String) name, file));
    }

    @Override
    public Collection<Object> values() {
      if (hidden.isEmpty()) return super.values();
      var shown = new ArrayList<Object>();
      forEach(
          (name, file) -> {
            if (!hidden.contains(outer(name))) shown.add(file);
          });
      return shown;
    }

    private void keepOnly(Set<String> living) {
      keySet().removeIf(name -> !living.contains(outer(name)));
    }
  }
}
