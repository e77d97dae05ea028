package dev.brigade.jupyter.protocol;

import java.util.List;

/// A message as frames, before its JSON is read or after it was written; unsigned.
///
/// @param identities routing frames, or the topic on iopub
/// @param buffers binary frames after the four JSON ones
public record RawMessage(
    List<byte[]> identities,
    byte[] header,
    byte[] parentHeader,
    byte[] metadata,
    byte[] content,
    List<byte[]> buffers) {
  public RawMessage {
    identities = List.copyOf(identities);
    buffers = List.copyOf(buffers);
  }
}
