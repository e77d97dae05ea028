package dev.brigade.session.engine;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// What a candidate is.
///
/// @param type one word, as in `Completions.Candidate`
/// @param signature with types, as one reads it
/// @param isInherited whether every object has it
record Description(String type, String signature, boolean isInherited) {
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of(
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");
  // What the compiler calls a parameter whose name the class file does not say.
  private static final Pattern UNNAMED = Pattern.compile("arg\\d+");

  /// An element as a member of a type.
  static Description of(Element element, @Nullable TypeMirror site, Types types) {
    boolean inherited =
        element instanceof ExecutableElement
            && OF_EVERY_OBJECT.contains(element.getSimpleName().toString());
    String signature =
        switch (element) {
          case ExecutableElement method -> signature(method, site, types);
          case VariableElement variable ->
              name(seen(variable, site, types)) + " " + variable.getSimpleName();
          case TypeElement declared -> kind(declared) + " " + header(declared);
          default -> element.toString();
        };
    return new Description(kind(element), signature, inherited);
  }

  boolean isType() {
    return switch (type) {
      case "class", "interface", "enum", "record", "annotation" -> true;
      default -> false;
    };
  }

  /// The same, said of several of one name.
  Description andMore(int more) {
    if (more == 0) return this;
    return new Description(type, signature + " (+" + more + " more)", isInherited);
  }

  private static String kind(Element element) {
    ElementKind kind = element.getKind();
    return switch (kind) {
      case METHOD -> "method";
      case CONSTRUCTOR -> "class";
      case INTERFACE -> "interface";
      case ENUM -> "enum";
      case RECORD -> "record";
      case ANNOTATION_TYPE -> "annotation";
      case CLASS, TYPE_PARAMETER -> "class";
      case FIELD, ENUM_CONSTANT, RECORD_COMPONENT -> isOfCell(element) ? "variable" : "field";
      case PACKAGE -> "package";
      case MODULE -> "module";
      default -> "variable";
    };
  }

  /// Whether it is a variable at the top level of a cell.
  private static boolean isOfCell(Element field) {
    return field.getEnclosingElement() instanceof TypeElement owner
        && SourceMap.isSnippetClass(owner.getQualifiedName().toString())
        && owner.getEnclosingElement() instanceof PackageElement;
  }

  private static String signature(
      ExecutableElement method, @Nullable TypeMirror site, Types types) {
    var type = (ExecutableType) seen(method, site, types);
    List<? extends VariableElement> parameters = method.getParameters();
    var text = new StringBuilder();
    if (method.getKind() == ElementKind.CONSTRUCTOR) {
      text.append(constructed(method));
    } else {
      text.append(name(type.getReturnType())).append(' ').append(method.getSimpleName());
    }
    text.append('(');
    for (int i = 0; i < parameters.size(); i++) {
      if (i > 0) text.append(", ");
      TypeMirror each = type.getParameterTypes().get(i);
      boolean rest = method.isVarArgs() && i == parameters.size() - 1;
      text.append(rest ? name(((ArrayType) each).getComponentType()) + "..." : name(each));
      String own = parameters.get(i).getSimpleName().toString();
      if (!UNNAMED.matcher(own).matches()) text.append(' ').append(own);
    }
    text.append(')');
    if (!type.getThrownTypes().isEmpty()) {
      text.append(
          type.getThrownTypes().stream()
              .map(Description::name)
              .collect(Collectors.joining(", ", " throws ", "")));
    }
    return text.toString();
  }

  private static String constructed(ExecutableElement constructor) {
    Element type = constructor.getEnclosingElement();
    return type == null ? "" : type.getSimpleName().toString();
  }

  private static TypeMirror seen(Element member, @Nullable TypeMirror site, Types types) {
    if (site instanceof DeclaredType declared && !member.getModifiers().contains(Modifier.STATIC)) {
      try {
        TypeMirror seen = types.asMemberOf(declared, member);
        if (seen.getKind() != TypeKind.ERROR) return seen;
      } catch (IllegalArgumentException _) {
        // not a member of that type
      }
    }
    return member.asType();
  }

  private static String header(TypeElement type) {
    List<? extends TypeParameterElement> parameters = type.getTypeParameters();
    String all = type.getQualifiedName().toString().replaceFirst("^REPL\\.\\$JShell\\$\\w+\\.", "");
    if (parameters.isEmpty()) return all;
    return parameters.stream()
        .map(Object::toString)
        .collect(Collectors.joining(", ", all + "<", ">"));
  }

  /// A type without packages.
  private static String name(TypeMirror type) {
    return type.toString()
        .replaceAll("@[\\w.]+(?:\\([^)]*\\))?\\s*", "")
        .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=\\p{Lu})", "")
        .replaceAll("REPL\\.\\$JShell\\$\\w+\\.", "")
        .replace(AnalysisText.AROUND + ".", "")
        .replace(",", ", ");
  }
}
