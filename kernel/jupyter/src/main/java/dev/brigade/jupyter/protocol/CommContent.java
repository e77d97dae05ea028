package dev.brigade.jupyter.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a message of a comm carries besides the comm's id.
///
/// @param data a JSON tree
/// @param metadata of the message
public record CommContent(
    Map<String, ? extends @Nullable Object> data,
    Map<String, ? extends @Nullable Object> metadata,
    List<byte[]> buffers) {
  public CommContent {
    buffers = List.copyOf(buffers);
  }
}
