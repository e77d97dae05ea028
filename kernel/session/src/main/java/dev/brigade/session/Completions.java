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
  /// @param type `method`, `field`, `variable`, `class`, `interface`, `enum`, `record`,
  ///     `annotation`, `package`, `module`, `keyword`, `magic`, `path`; empty if unknown
  /// @param signature with types, as one reads it: `String substring(int beginIndex) (+1 more)`;
  ///     what a magic does; empty if there is nothing to say
  public record Candidate(String text, String type, String signature) {}
}
