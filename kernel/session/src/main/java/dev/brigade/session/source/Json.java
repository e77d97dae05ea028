package dev.brigade.session.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads and writes the JSON of notebooks: maps in the order of the text, lists, strings, numbers,
/// booleans and null.
///
/// A reader of our own, because the session has no JSON library: user code brings its own.
public final class Json {
  /// Text that is no JSON.
  ///
  /// @param line counted from 1, as is the column
  public static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    private Broken(String message, int line, int column) {
      super(message);
      this.line = line;
      this.column = column;
    }

    public int line() {
      return line;
    }

    public int column() {
      return column;
    }
  }

  private static final int DEEPEST = 500;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /// Reads one value.
  public static @Nullable Object read(String text) throws Broken {
    var reader = new Json(text);
    reader.skipSpace();
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) throw reader.broken("something follows the end");
    return value;
  }

  private Broken broken(String message) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new Broken(message, line, at - text.lastIndexOf('\n', at - 1));
  }

  private char next() throws Broken {
    if (at >= text.length()) throw broken("the text ends too early");
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private void take(char wanted) throws Broken {
    if (next() != wanted) throw broken("'" + wanted + "' is missing");
    at++;
  }

  private @Nullable Object value() throws Broken {
    return switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) throws Broken {
    if (!text.startsWith(word, at)) throw broken("neither a value nor an end");
    at += word.length();
    return value;
  }

  private Map<String, @Nullable Object> object() throws Broken {
    var members = new LinkedHashMap<String, @Nullable Object>();
    open('{');
    while (next() != '}') {
      if (!members.isEmpty()) more();
      String name = string();
      skipSpace();
      take(':');
      skipSpace();
      members.put(name, value());
      skipSpace();
    }
    close();
    return members;
  }

  private List<@Nullable Object> array() throws Broken {
    var elements = new ArrayList<@Nullable Object>();
    open('[');
    while (next() != ']') {
      if (!elements.isEmpty()) more();
      elements.add(value());
      skipSpace();
    }
    close();
    return elements;
  }

  private void open(char bracket) throws Broken {
    if (++depth > DEEPEST) throw broken("it is nested too deep");
    take(bracket);
    skipSpace();
  }

  private void more() throws Broken {
    take(',');
    skipSpace();
  }

  private void close() {
    depth--;
    at++;
  }

  private Number number() throws Broken {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) at++;
    String digits = text.substring(start, at);
    try {
      return digits.matches("-?\\d{1,18}") ? (Number) Long.valueOf(digits) : Double.valueOf(digits);
    } catch (NumberFormatException e) {
      at = start;
      throw broken("neither a value nor an end");
    }
  }

  private String string() throws Broken {
    take('"');
    var result = new StringBuilder();
    while (true) {
      char c = next();
      if (c < ' ') throw broken("a text ends before its line does");
      at++;
      if (c == '"') return result.toString();
      result.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws Broken {
    char c = next();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> unicode();
      default -> throw broken("there is no escape \\" + c);
    };
  }

  private char unicode() throws Broken {
    int end = at + 4;
    if (end <= text.length() && text.substring(at, end).matches("\\p{XDigit}{4}")) {
      at = end;
      return (char) Integer.parseInt(text, end - 4, end, 16);
    }
    throw broken("\\u takes four hexadecimal digits");
  }

  /// Writes a value over lines that are indented by one space, as Jupyter does.
  public static String write(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString();
  }

  private static void write(@Nullable Object value, String line, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        String separator = "{";
        for (Map.Entry<?, ?> each : map.entrySet()) {
          out.append(separator).append(line).append(' ');
          quote(String.valueOf(each.getKey()), out);
          write(each.getValue(), line + " ", out.append(": "));
          separator = ",";
        }
        out.append(line).append('}');
      }
      case List<?> list when !list.isEmpty() -> {
        String separator = "[";
        for (Object each : list) {
          write(each, line + " ", out.append(separator).append(line).append(' '));
          separator = ",";
        }
        out.append(line).append(']');
      }
      case Map<?, ?> _ -> out.append("{}");
      case List<?> _ -> out.append("[]");
      case String text -> quote(text, out);
      case null, default -> out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> out.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    out.append('"');
  }
}
