package dev.brigade.session;

import java.util.List;

/// Completion candidates for the text between two UTF-16 offsets.
public record Completions(int start, int end, List<Candidate> candidates) {
  public Completions {
    candidates = List.copyOf(candidates);
  }

  /// One candidate.
  ///
  /// @param text what replaces the range
  /// @param type `method`, `class`, `variable`, `keyword`, `magic`, `file`; empty if unknown
  /// @param signature for methods, empty otherwise
  public record Candidate(String text, String type, String signature) {}
}
