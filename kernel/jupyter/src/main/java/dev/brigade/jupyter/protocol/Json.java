package dev.brigade.jupyter.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// JSON as trees of maps, lists, strings, numbers, booleans and null.
///
/// Only the streaming core of Jackson is used: its data binding costs more at start-up than all of
/// the messages of a short session.
final class Json {
  // Clients are authenticated: a huge cell or a huge value is theirs to send and to get.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(500)
                  .build())
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(500).build())
          .build();

  private Json() {}

  /// Reads one object.
  ///
  /// @throws ProtocolException when it is not JSON, or not an object; says where
  static JsonObject readObject(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      parser.nextToken();
      Object tree = read(parser);
      if (parser.nextToken() != null) {
        throw new ProtocolException(
            "text after the end of the JSON" + at(parser.currentLocation()));
      }
      if (tree instanceof Map<?, ?> map) return new JsonObject(map);
      throw new ProtocolException("a JSON object is needed, not " + kind(tree));
    } catch (JacksonException e) {
      throw new ProtocolException(firstLine(e.getOriginalMessage()) + at(e.getLocation()));
    }
  }

  private static @Nullable Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) throw new ProtocolException("the JSON text is empty");
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) list.add(read(parser));
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new ProtocolException("unexpected " + token + at(parser.currentLocation()));
    };
  }

  private static String at(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  static String kind(@Nullable Object tree) {
    return switch (tree) {
      case null -> "null";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case String _ -> "a string";
      case Number _ -> "a number";
      case Boolean _ -> "a boolean";
      default -> tree.getClass().getName();
    };
  }

  /// Writes a tree. Anything that is no JSON type is written as its text.
  static byte[] write(Map<String, ? extends @Nullable Object> tree) {
    var bytes = new JsonBytes();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(generator, bytes, tree);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator generator, JsonBytes bytes, @Nullable Object tree) {
    switch (tree) {
      case null -> generator.writeNull();
      case String text -> write(generator, bytes, text);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Boolean flag -> generator.writeBoolean(flag);
      case Double number when !Double.isFinite(number) ->
          generator.writeString(String.valueOf(number));
      case Number number -> generator.writeNumber(number.toString());
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach(
            (name, value) -> {
              generator.writeName(Surrogates.repaired(String.valueOf(name)));
              write(generator, bytes, value);
            });
        generator.writeEndObject();
      }
      case Iterable<?> list -> {
        generator.writeStartArray();
        list.forEach(value -> write(generator, bytes, value));
        generator.writeEndArray();
      }
      default -> write(generator, bytes, tree.toString());
    }
  }

  private static void write(JsonGenerator generator, JsonBytes bytes, String text) {
    if (text.length() < LongText.LENGTH) {
      generator.writeString(Surrogates.repaired(text));
      return;
    }
    byte[] escaped = LongText.escaped(text);
    bytes.expect(escaped);
    generator.writeRawUTF8String(escaped, 0, escaped.length);
  }
}
