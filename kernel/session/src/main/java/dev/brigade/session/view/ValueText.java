package dev.brigade.session.view;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value as text: strings in quotes, arrays and collections with their elements, anything else by
/// its own `toString`. Long ones are cut, and say so. What a value's own code throws is said in the
/// text.
public final class ValueText {
  /// Where texts end.
  private record Limits(int elements, int depth, int length) {}

  private static final Limits WHOLE = new Limits(1_000, 20, 200_000);

  // How the names of classes that cells declare begin, which no learner wrote.
  private static final String SNIPPET_CLASS = "REPL.$JShell$";

  private final StringBuilder text = new StringBuilder();
  private final Limits limits;

  private ValueText(Limits limits) {
    this.limits = limits;
  }

  /// The text of a value. Runs the value's own `toString`.
  public static String of(@Nullable Object value) {
    return of(value, WHOLE);
  }

  /// The text of a value in few words: strings without quotes, the first of many elements.
  static String brief(@Nullable Object value, int length) {
    return value instanceof CharSequence || value instanceof Character
        ? value.toString()
        : of(value, new Limits(5, 3, length));
  }

  private static String of(@Nullable Object value, Limits limits) {
    var writer = new ValueText(limits);
    writer.write(value, 0);
    return writer.text.toString();
  }

  /// A text of somebody else's, cut if it is too long to be read.
  static String cut(String whole) {
    var writer = new ValueText(WHOLE);
    writer.cutTo(whole);
    return writer.text.toString();
  }

  /// A number with its thousands apart, the same in every locale.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void write(@Nullable Object value, int depth) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quoted(string);
      case Character c -> character(c);
      case Collection<?> elements when hasPlainText(value) -> elements(elements, depth);
      case Map<?, ?> map when hasPlainText(value) -> map(map, depth);
      case Optional<?> optional -> {
        text.append("Optional");
        if (optional.isEmpty()) text.append(".empty");
        else optional(optional.get(), depth);
      }
      default -> {
        if (value.getClass().isArray()) array(value, depth);
        else cutTo(own(value));
      }
    }
  }

  /// Whether a collection's or map's `toString` is the JDK's, which would not end if the elements
  /// do not; a learner's own is kept.
  static boolean hasPlainText(Object value) {
    try {
      Class<?> declares = value.getClass().getMethod("toString").getDeclaringClass();
      return declares != Object.class && declares.getName().startsWith("java.util.");
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }

  /// The value's own `toString`, or what is wrong with it; without the names of classes that cells
  /// become.
  static String own(Object value) {
    String own =
        ValueFault.guard(
            () -> String.valueOf(value.toString()),
            fault -> "<" + value.getClass().getSimpleName() + ": its toString() " + fault + ">");
    return own.contains(SNIPPET_CLASS) ? own.replaceAll("REPL\\.\\$JShell\\$\\w+\\$", "") : own;
  }

  private void cutTo(String whole) {
    if (whole.length() <= limits.length()) {
      text.append(whole);
    } else {
      text.append(whole, 0, limits.length());
      moreCharacters(whole.length() - limits.length());
    }
  }

  private void optional(Object value, int depth) {
    text.append('[');
    write(value, depth + 1);
    text.append(']');
  }

  private void elements(Collection<?> elements, int depth) {
    if (depth > limits.depth()) {
      text.append("[...]");
      return;
    }
    text.append('[');
    guarded(
        () -> {
          Iterator<?> iterator = elements.iterator();
          for (int i = 0; iterator.hasNext(); i++) {
            if (i > 0) text.append(", ");
            if (isFull(i)) {
              more(elements.size() - i);
              break;
            }
            write(iterator.next(), depth + 1);
          }
        });
    text.append(']');
  }

  private void array(Object array, int depth) {
    if (depth > limits.depth()) {
      text.append("[...]");
      return;
    }
    int length = Array.getLength(array);
    text.append('[');
    for (int i = 0; i < length; i++) {
      if (i > 0) text.append(", ");
      if (isFull(i)) {
        more(length - i);
        break;
      }
      write(Array.get(array, i), depth + 1);
    }
    text.append(']');
  }

  private void map(Map<?, ?> map, int depth) {
    if (depth > limits.depth()) {
      text.append("{...}");
      return;
    }
    text.append('{');
    guarded(
        () -> {
          int i = 0;
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (i > 0) text.append(", ");
            if (isFull(i)) {
              more(map.size() - i);
              break;
            }
            write(entry.getKey(), depth + 1);
            text.append('=');
            write(entry.getValue(), depth + 1);
            i++;
          }
        });
    text.append('}');
  }

  /// Runs an iterator, which may be the user's.
  private void guarded(Runnable elements) {
    String fault =
        ValueFault.guard(
            () -> {
              elements.run();
              return "";
            },
            thrown -> "... (its iterator " + thrown + ")");
    text.append(fault);
  }

  private void more(int number) {
    text.append("... and ");
    // A size of its own that a collection tells may be wrong.
    if (number > 0) text.append(count(number)).append(' ');
    text.append("more");
  }

  private void moreCharacters(int number) {
    text.append("... (").append(count(number)).append(" more characters)");
  }

  private boolean isFull(int index) {
    return index >= limits.elements() || text.length() > limits.length();
  }

  private void quoted(String string) {
    text.append('"');
    int shown = Math.min(string.length(), limits.length());
    for (int i = 0; i < shown; i++) escaped(string.charAt(i), '"');
    text.append('"');
    if (shown < string.length()) moreCharacters(string.length() - shown);
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
}
