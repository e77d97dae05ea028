package dev.brigade.session.engine;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Scope;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/// Describes names that may stand at the end of analysed code.
final class Describer {
  private static final String LANG = "java.lang";

  private final Compiled code;
  private final Set<String> wanted;
  private final Map<String, List<Seen>> found = new HashMap<>();

  /// An element as a member of a type.
  private record Seen(Element element, @Nullable TypeMirror site) {}

  private Describer(Compiled code, Set<String> wanted) {
    this.code = code;
    this.wanted = wanted;
  }

  /// Descriptions by name, with a parenthesis for what is called; a name of which nothing is known
  /// is missing.
  ///
  /// @param wanted names without parentheses
  static Map<String, Description> describe(Compiled code, Set<String> wanted) {
    var described = new HashMap<String, Description>();
    find(code, wanted)
        .forEach(
            (name, all) ->
                described.put(
                    name,
                    Description.of(all.getFirst().element(), all.getFirst().site(), code.types())
                        .andMore(all.size() - 1)));
    return described;
  }

  /// What a name may be there, methods and types last.
  static List<Element> elements(Compiled code, String name) {
    Map<String, List<Seen>> found = find(code, Set.of(name));
    return Stream.of(name, name + "(")
        .flatMap(key -> found.getOrDefault(key, List.of()).stream())
        .map(Seen::element)
        .distinct()
        .toList();
  }

  private static Map<String, List<Seen>> find(Compiled code, Set<String> wanted) {
    var describer = new Describer(code, wanted);
    TreePath path = code.atEnd();
    if (path != null) {
      switch (path.getLeaf()) {
        case MemberSelectTree select ->
            describer.members(new TreePath(path, select.getExpression()));
        case MemberReferenceTree reference ->
            describer.members(new TreePath(path, reference.getQualifierExpression()));
        default -> describer.names(path);
      }
    }
    return describer.found;
  }

  private void members(TreePath owner) {
    if (code.trees().getElement(owner) instanceof PackageElement all) {
      add(all.getEnclosedElements(), null, _ -> true);
      return;
    }
    TypeMirror type = code.trees().getTypeMirror(owner);
    while (type instanceof TypeVariable variable) type = variable.getUpperBound();
    if (type instanceof ArrayType) {
      type = code.elements().getTypeElement(LANG + ".Object").asType();
    }
    if (type instanceof DeclaredType declared && declared.getKind() != TypeKind.ERROR) {
      membersOf(declared);
    }
  }

  private void membersOf(DeclaredType type) {
    var element = (TypeElement) type.asElement();
    add(code.elements().getAllMembers(element), type, each -> !isConstructor(each));
  }

  private static boolean isConstructor(Element element) {
    return element.getKind() == ElementKind.CONSTRUCTOR;
  }

  /// What is nearer comes first, and hides what is farther.
  private void names(TreePath path) {
    for (Scope scope = code.trees().getScope(path);
        scope != null;
        scope = scope.getEnclosingScope()) {
      addNew(scope.getLocalElements(), null);
      TypeElement around = scope.getEnclosingClass();
      if (around != null && around.asType() instanceof DeclaredType type) {
        addNew(code.elements().getAllMembers(around), type);
      }
    }
    for (ImportTree each : code.unit().getImports()) imported(each);
    PackageElement lang = code.elements().getPackageElement(LANG);
    if (lang != null) addNew(lang.getEnclosedElements(), null);
  }

  private void imported(ImportTree line) {
    String target = line.getQualifiedIdentifier().toString();
    int dot = target.lastIndexOf('.');
    if (dot < 0 || line.isModule()) return;
    String owner = target.substring(0, dot);
    String name = target.substring(dot + 1);
    boolean all = name.equals("*");
    if (!all && !wanted.contains(name)) return;
    if (line.isStatic()) {
      TypeElement type = code.elements().getTypeElement(owner);
      if (type == null) return;
      addNew(
          type.getEnclosedElements().stream()
              .filter(each -> all || each.getSimpleName().contentEquals(name))
              .toList(),
          null);
    } else if (all) {
      PackageElement around = code.elements().getPackageElement(owner);
      if (around != null) addNew(around.getEnclosedElements(), null);
    } else {
      TypeElement type = code.elements().getTypeElement(target);
      if (type != null) addNew(List.of(type), null);
    }
  }

  private void addNew(Iterable<? extends Element> elements, @Nullable TypeMirror site) {
    Set<String> known = Set.copyOf(found.keySet());
    add(
        elements,
        site,
        each -> !isConstructor(each) && !known.contains(each.getSimpleName() + suffix(each)));
  }

  private void add(
      Iterable<? extends Element> elements,
      @Nullable TypeMirror site,
      Predicate<Element> accepted) {
    for (Element each : elements) {
      String name = each.getSimpleName().toString();
      // The name is there without work; the rest of a class is read from its file.
      if (!wanted.contains(name) || !accepted.test(each)) continue;
      put(name + suffix(each), each, site);
      if (each instanceof TypeElement type) {
        for (Element inside : type.getEnclosedElements()) {
          if (isConstructor(inside)) put(name + "(", inside, site);
        }
      }
    }
  }

  private static String suffix(Element element) {
    return element instanceof ExecutableElement ? "(" : "";
  }

  private void put(String key, Element element, @Nullable TypeMirror site) {
    found.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Seen(element, site));
  }
}
