package dev.brigade.jupyter.protocol;

/// The protocol counts cursors in code points, Java in UTF-16 units.
final class CodePoints {
  private CodePoints() {}

  /// The UTF-16 offset of a code point, clamped to the text.
  static int toUtf16(String text, int codePoint) {
    if (codePoint <= 0) return 0;
    int total = text.codePointCount(0, text.length());
    return codePoint >= total ? text.length() : text.offsetByCodePoints(0, codePoint);
  }

  /// How many code points come before a UTF-16 offset, clamped to the text.
  static int fromUtf16(String text, int offset) {
    return text.codePointCount(0, Math.clamp(offset, 0, text.length()));
  }
}
