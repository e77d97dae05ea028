package dev.brigade.session;

/// How many columns of a terminal a text takes: signs of East Asian scripts and emoji take two,
/// marks that are put on another sign take none.
public final class TextWidth {
  // From and to, both included: what is wide or full-width in Unicode, in blocks.
  private static final int[][] WIDE = {
    {0x1100, 0x115f},
    {0x2e80, 0x303e},
    {0x3041, 0xa4cf},
    {0xa960, 0xa97c},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff01, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff},
    {0x1f900, 0x1faff},
    {0x20000, 0x3fffd},
  };

  /// The columns of a text in one line.
  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  private static int of(int sign) {
    int type = Character.getType(sign);
    boolean none =
        type == Character.NON_SPACING_MARK
            || type == Character.ENCLOSING_MARK
            || type == Character.FORMAT;
    if (none) return 0;
    for (int[] range : WIDE) if (sign >= range[0] && sign <= range[1]) return 2;
    return 1;
  }

  /// As much of the beginning as has room in so many columns.
  public static String begin(String text, int columns) {
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int sign = text.codePointAt(at);
      used += of(sign);
      if (used > columns) return text.substring(0, at);
      at += Character.charCount(sign);
    }
    return text;
  }

  /// The text with blanks behind it up to so many columns.
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  private TextWidth() {}
}
