package dev.brigade.session.view;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value as text: strings in quotes, arrays and collections with their elements, anything else by
/// its own `toString`. Long ones are cut, and say so.
public final class ValueText {
  private static final int ELEMENTS = 1_000;
  private static final int DEPTH = 20;
  private static final int LENGTH = 200_000;

  // How the names of classes that cells declare begin, which no learner wrote.
  private static final String SNIPPET_CLASS = "REPL.$JShell$";

  private final StringBuilder text = new StringBuilder();

  /// The text of a value. Runs the value's own `toString`, which may throw.
  public static String of(@Nullable Object value) {
    var writer = new ValueText();
    writer.write(value, 0);
    return writer.text.toString();
  }

  private void write(@Nullable Object value, int depth) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quoted(string);
      case Character c -> character(c);
      case Collection<?> elements when isOfTheJdk(value) -> elements(elements, depth);
      case Map<?, ?> map when isOfTheJdk(value) -> map(map, depth);
      case Optional<?> optional -> {
        text.append("Optional");
        if (optional.isEmpty()) text.append(".empty");
        else optional(optional.get(), depth);
      }
      default -> {
        if (value.getClass().isArray()) array(value, depth);
        else plain(value);
      }
    }
  }

  // A learner's own collection keeps its own toString.
  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getName().startsWith("java.util.");
  }

  private void plain(Object value) {
    String own = String.valueOf(value.toString());
    if (own.contains(SNIPPET_CLASS)) own = own.replaceAll("REPL\\.\\$JShell\\$\\w+\\$", "");
    if (own.length() <= LENGTH) {
      text.append(own);
    } else {
      text.append(own, 0, LENGTH)
          .append("... (")
          .append(own.length() - LENGTH)
          .append(" more characters)");
    }
  }

  private void optional(Object value, int depth) {
    text.append('[');
    write(value, depth + 1);
    text.append(']');
  }

  private void elements(Collection<?> elements, int depth) {
    if (depth > DEPTH) {
      text.append("[...]");
      return;
    }
    text.append('[');
    Iterator<?> iterator = elements.iterator();
    for (int i = 0; iterator.hasNext(); i++) {
      if (i > 0) text.append(", ");
      if (isFull(i)) {
        text.append("... ").append(elements.size() - i).append(" more");
        break;
      }
      write(iterator.next(), depth + 1);
    }
    text.append(']');
  }

  private void array(Object array, int depth) {
    if (depth > DEPTH) {
      text.append("[...]");
      return;
    }
    int length = Array.getLength(array);
    text.append('[');
    for (int i = 0; i < length; i++) {
      if (i > 0) text.append(", ");
      if (isFull(i)) {
        text.append("... ").append(length - i).append(" more");
        break;
      }
      write(Array.get(array, i), depth + 1);
    }
    text.append(']');
  }

  private void map(Map<?, ?> map, int depth) {
    if (depth > DEPTH) {
      text.append("{...}");
      return;
    }
    text.append('{');
    int i = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (i > 0) text.append(", ");
      if (isFull(i)) {
        text.append("... ").append(map.size() - i).append(" more");
        break;
      }
      write(entry.getKey(), depth + 1);
      text.append('=');
      write(entry.getValue(), depth + 1);
      i++;
    }
    text.append('}');
  }

  private boolean isFull(int index) {
    return index >= ELEMENTS || text.length() > LENGTH;
  }

  private void quoted(String string) {
    text.append('"');
    int shown = Math.min(string.length(), LENGTH);
    for (int i = 0; i < shown; i++) escaped(string.charAt(i), '"');
    text.append('"');
    if (shown < string.length()) {
      text.append("... (").append(string.length() - shown).append(" more characters)");
    }
  }

  private void character(char c) {
    text.append('\'');
    escaped(c, '\'');
    text.append('\'');
  }

  private void escaped(char c, char quote) {
    switch (c) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '\\' -> text.append("\\\\");
      default -> {
        if (c == quote) text.append('\\').append(c);
        else if (Character.isISOControl(c)) text.append("\\u%04x".formatted((int) c));
        else text.append(c);
      }
    }
  }

  private ValueText() {}
}
