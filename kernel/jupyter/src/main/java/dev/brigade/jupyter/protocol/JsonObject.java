package dev.brigade.jupyter.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object that was read, with accessors that name what is missing or wrong.
record JsonObject(Map<?, ?> map) {
  /// A text that must be there.
  String text(String name) {
    Object value = map.get(name);
    if (value instanceof String text) return text;
    throw new ProtocolException(needs(name, "a string", value));
  }

  /// A text, or the default where it is absent or null.
  String text(String name, String absent) {
    return map.get(name) == null ? absent : text(name);
  }

  /// A text, or null where it is absent or null.
  @Nullable String textOrNull(String name) {
    return map.get(name) == null ? null : text(name);
  }

  boolean flag(String name, boolean absent) {
    Object value = map.get(name);
    if (value == null) return absent;
    if (value instanceof Boolean flag) return flag;
    throw new ProtocolException(needs(name, "true or false", value));
  }

  /// A whole number that must be there.
  int number(String name) {
    Object value = map.get(name);
    if (value instanceof Number number) {
      return Math.clamp(number.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    throw new ProtocolException(needs(name, "a number", value));
  }

  int number(String name, int absent) {
    return map.get(name) == null ? absent : number(name);
  }

  /// An object of texts; other values are written as text.
  Map<String, String> texts(String name) {
    Object value = map.get(name);
    if (value == null) return Map.of();
    if (!(value instanceof Map<?, ?> object)) {
      throw new ProtocolException(needs(name, "an object", value));
    }
    var texts = new LinkedHashMap<String, String>();
    object.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
    return texts;
  }

  /// An object as it is; none is an empty one.
  Map<String, @Nullable Object> object(String name) {
    Object value = map.get(name);
    if (value == null) return Map.of();
    if (value instanceof Map<?, ?> object) return new JsonObject(object).all();
    throw new ProtocolException(needs(name, "an object", value));
  }

  /// All of it.
  Map<String, @Nullable Object> all() {
    var all = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> all.put(String.valueOf(key), value));
    return all;
  }

  private static String needs(String name, String wanted, @Nullable Object value) {
    return value == null
        ? "the field \"" + name + "\" is missing"
        : "the field \"" + name + "\" must be " + wanted + ", not " + Json.kind(value);
  }
}
