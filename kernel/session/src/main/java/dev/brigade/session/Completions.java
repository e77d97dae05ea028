package dev.brigade.session;

import java.util.List;

/// Completion candidates for the text between two UTF-16 offsets.
public record Completions(int start, int end, List<Candidate> candidates) {
  public Completions {
    candidates = List.copyOf(candidates);
  }

  /// The same for a text that has more in front.
  public Completions shifted(int by) {
    return new Completions(start + by, end + by, candidates);
  }

  /// One candidate.
  ///
  /// @param text what replaces the range
  /// @param type `method`, `class`, `variable`, `keyword`, `magic`, `file`; empty if unknown
  /// @param signature for methods, empty otherwise
  public record Candidate(String text, String type, String signature) {}
}
