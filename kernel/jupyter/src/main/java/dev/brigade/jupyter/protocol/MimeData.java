package dev.brigade.jupyter.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A MIME bundle on its way out.
///
/// @param data by MIME type: text, or a tree of maps, lists, strings, numbers and booleans
/// @param metadata by MIME type or free
public record MimeData(SequencedMap<String, Object> data, Map<String, Object> metadata) {
  public static final MimeData EMPTY = new MimeData(new LinkedHashMap<>(), Map.of());

  public MimeData {
    data = new LinkedHashMap<>(data);
    metadata = Map.copyOf(metadata);
  }
}
