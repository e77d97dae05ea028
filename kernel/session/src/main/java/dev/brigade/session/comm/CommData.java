package dev.brigade.session.comm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What one message of a comm carries.
///
/// @param data JSON-like: maps, lists, strings, numbers, booleans, null
/// @param metadata JSON-like, for the front end itself
/// @param buffers bytes as they are, beside the JSON
public record CommData(
    SequencedMap<String, @Nullable Object> data,
    Map<String, Object> metadata,
    List<byte[]> buffers) {
  public static final CommData EMPTY = of(Map.of());

  public CommData {
    data = new LinkedHashMap<>(data);
    metadata = Map.copyOf(metadata);
    buffers = List.copyOf(buffers);
  }

  /// Data without buffers.
  public static CommData of(Map<String, ? extends @Nullable Object> data) {
    return of(data, List.of());
  }

  public static CommData of(Map<String, ? extends @Nullable Object> data, List<byte[]> buffers) {
    return new CommData(new LinkedHashMap<>(data), Map.of(), buffers);
  }

  /// One value of the data, or null.
  public @Nullable Object get(String name) {
    return data.get(name);
  }
}
