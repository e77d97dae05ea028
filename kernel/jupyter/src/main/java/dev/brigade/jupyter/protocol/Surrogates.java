package dev.brigade.jupyter.protocol;

/// Chars of Java's strings that are no characters by themselves.
final class Surrogates {
  /// Half a surrogate pair has no UTF-8 form, and a client that gets it as an escape fails when it
  /// writes its notebook: such a char becomes the replacement character.
  static String repaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) continue;
      if (isPairAt(text, i)) i++;
      else return withoutHalves(text);
    }
    return text;
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static String withoutHalves(String text) {
    var repaired = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) continue;
      if (isPairAt(text, i)) i++;
      else repaired.setCharAt(i, '\ufffd');
    }
    return repaired.toString();
  }

  private Surrogates() {}
}
