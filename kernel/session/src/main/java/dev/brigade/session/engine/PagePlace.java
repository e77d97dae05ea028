package dev.brigade.session.engine;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/// Where pages of the javadoc tool describe an element.
///
/// @param file the page's path below a root of pages
/// @param anchors what the member may be called there, by version of the tool; none for a type
/// @param shape what tells it from others of its name in a signature
record PagePlace(String file, Set<String> anchors, Shape shape) {
  private static final Pattern CHARSET =
      Pattern.compile("(?i)<meta\\b[^>]*charset=[\"']?([\\w.:-]+)");
  private static final int HEAD = 2048;

  /// What a signature says besides the name.
  sealed interface Shape {
    boolean matches(String signature);

    /// A type, by its full name; a record's signature has its components behind it, also where it
    /// is the owner of something else.
    record Type(String name, boolean isRecord) implements Shape {
      @Override
      public boolean matches(String signature) {
        String bare = bare(signature);
        if (!isRecord) return bare.equals(name);
        return bare.startsWith(name + "(") && bare.indexOf(')') == bare.length() - 1;
      }
    }

    /// A method or a constructor, by the simple names of its parameters' types.
    record Callable(List<String> parameters) implements Shape {
      @Override
      public boolean matches(String signature) {
        String bare = bare(signature);
        int open = bare.lastIndexOf('(');
        int close = bare.indexOf(')', open + 1);
        if (open < 0 || close < 0) return false;
        return Stream.of(bare.substring(open + 1, close).split(","))
            .map(Callable::type)
            .filter(type -> !type.isEmpty())
            .toList()
            .equals(parameters);
      }

      private static String type(String parameter) {
        return Stream.of(parameter.strip().split("\\s+"))
            .filter(word -> !word.startsWith("@"))
            .findFirst()
            .orElse("")
            .replaceFirst("^(?:[\\w$]+\\.)+(?=[\\w$])", "");
      }
    }

    /// A field.
    record Variable() implements Shape {
      @Override
      public boolean matches(String signature) {
        String end = signature.substring(signature.lastIndexOf(')') + 1);
        return !end.isEmpty() && !end.startsWith(" throws ");
      }
    }
  }

  /// Where an element is described; null for what has no page or anchor of its own.
  static @Nullable PagePlace of(Element element) {
    return switch (element) {
      case TypeElement type -> new PagePlace(file(type), Set.of(), shape(type));
      case ExecutableElement method when method.getEnclosingElement() instanceof TypeElement type ->
          new PagePlace(
              file(type), anchors(method, type), new Shape.Callable(parameters(method, false)));
      case Element field
          when field.getKind().isField()
              && field.getEnclosingElement() instanceof TypeElement type ->
          new PagePlace(file(type), forms(field.getSimpleName().toString()), new Shape.Variable());
      default -> null;
    };
  }

  private static Shape shape(TypeElement type) {
    return new Shape.Type(type.getQualifiedName().toString(), type.getKind() == ElementKind.RECORD);
  }

  private static String file(TypeElement type) {
    Element around = type;
    while (!(around instanceof PackageElement) && around.getEnclosingElement() != null) {
      around = around.getEnclosingElement();
    }
    String name = type.getQualifiedName().toString();
    if (!(around instanceof PackageElement all) || all.isUnnamed()) return name + ".html";
    String directory = all.getQualifiedName().toString();
    return directory.replace('.', '/') + "/" + name.substring(directory.length() + 1) + ".html";
  }

  private static Set<String> anchors(ExecutableElement method, TypeElement type) {
    String parameters = "(" + String.join(",", parameters(method, true)) + ")";
    if (method.getKind() != ElementKind.CONSTRUCTOR) {
      return forms(method.getSimpleName() + parameters);
    }
    return Stream.concat(
            Stream.of("<init>" + parameters), forms(type.getSimpleName() + parameters).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// As it is now, and as the tool of JDK 8 wrote it, whose anchors had no brackets.
  private static Set<String> forms(String anchor) {
    String old =
        anchor
            .replaceAll("[(),]", "-")
            .replace("[]", ":A")
            .replace("$", ":D")
            .replaceFirst("^(?=[_:])", "Z:Z");
    return old.equals(anchor) ? Set.of(anchor) : Set.of(anchor, old);
  }

  private static List<String> parameters(ExecutableElement method, boolean whole) {
    List<String> types =
        method.getParameters().stream().map(each -> name(each.asType(), whole)).toList();
    if (!method.isVarArgs()) return types;
    String last = types.getLast();
    return Stream.concat(
            types.stream().limit(types.size() - 1),
            Stream.of(last.substring(0, last.length() - 2) + "..."))
        .toList();
  }

  /// Pages name a type without its arguments, and a type variable as it is.
  private static String name(TypeMirror type, boolean whole) {
    return switch (type) {
      case ArrayType array -> name(array.getComponentType(), whole) + "[]";
      case TypeVariable variable -> variable.asElement().getSimpleName().toString();
      case DeclaredType declared ->
          whole
              ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
              : declared.asElement().getSimpleName().toString();
      default ->
          type.getKind().isPrimitive()
              ? type.getKind().name().toLowerCase(Locale.ROOT)
              : type.toString();
    };
  }

  /// A signature without type arguments and type parameters.
  private static String bare(String signature) {
    String text = signature;
    while (true) {
      String fewer = text.replaceAll("<[^<>]*>", "");
      if (fewer.equals(text)) return text;
      text = fewer;
    }
  }

  /// The comment as HTML, from the first root that has the page; empty if none says anything.
  String read(List<Path> roots) {
    for (Path root : roots) {
      Path path = root.resolve(file);
      try {
        if (!Files.isReadable(path)) continue;
        var page = new JavadocPage(decoded(Files.readAllBytes(path)));
        return anchors.isEmpty() ? page.type() : page.member(anchors);
      } catch (IOException _) {
        // as if it were not there
      }
    }
    return "";
  }

  /// Pages say how they are encoded, older ones as their author's machine was set.
  private static String decoded(byte[] page) {
    String head = new String(page, 0, Math.min(HEAD, page.length), StandardCharsets.ISO_8859_1);
    Matcher named = CHARSET.matcher(head);
    try {
      if (named.find()) return new String(page, Charset.forName(named.group(1)));
    } catch (IllegalArgumentException _) {
      // a name that this JDK does not know
    }
    return new String(page, StandardCharsets.UTF_8);
  }
}
