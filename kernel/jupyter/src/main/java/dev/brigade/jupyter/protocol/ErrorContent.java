package dev.brigade.jupyter.protocol;

import java.util.List;

/// The three fields of every error.
public record ErrorContent(String name, String value, List<String> traceback) {
  public ErrorContent {
    traceback = List.copyOf(traceback);
  }

  /// An error without a traceback.
  public static ErrorContent of(String name, String value) {
    return new ErrorContent(name, value, List.of(name + ": " + value));
  }
}
