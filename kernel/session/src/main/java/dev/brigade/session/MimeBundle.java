package dev.brigade.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A value in every form a front end may show; `text/plain` is always there.
///
/// @param data by MIME type: text, base64 text for images, or a JSON-like tree (maps, lists,
///     strings, numbers, booleans) for JSON types
/// @param metadata by MIME type or free, JSON-like
public record MimeBundle(SequencedMap<String, Object> data, Map<String, Object> metadata) {
  public static final String PLAIN = "text/plain";

  /// The metadata key of notices (a stall, a coroutine never awaited, work left running): they
  /// speak about the program, so `brigade run` keeps them off standard output.
  public static final String NOTICE = "brigade.notice";

  /// The metadata key of a picture that will be drawn anew in a moment: only front ends that draw
  /// in place show it.
  public static final String LIVE = "brigade.live";

  /// The metadata key of the value that a cell ended in and that was or is pending: the number of
  /// the cell. Whoever shows a cell's value shows this too, and others do not.
  public static final String VALUE = "brigade.value";

  public MimeBundle {
    if (!(data.get(PLAIN) instanceof String)) {
      throw new IllegalArgumentException(
          "a bundle needs " + PLAIN + " text; it has " + data.keySet());
    }
    data = new LinkedHashMap<>(data);
    metadata = Map.copyOf(metadata);
  }

  public static MimeBundle text(String plain) {
    var data = new LinkedHashMap<String, Object>();
    data.put(PLAIN, plain);
    return new MimeBundle(data, Map.of());
  }

  /// This bundle with one more form.
  public MimeBundle with(String mimeType, Object form) {
    var more = new LinkedHashMap<>(data);
    more.put(mimeType, form);
    return new MimeBundle(more, metadata);
  }

  public String plain() {
    return String.valueOf(data.get(PLAIN));
  }
}
