package dev.brigade.jupyter.protocol;

import java.nio.charset.StandardCharsets;

/// The inside of a JSON string for long texts, such as what a cell prints: the JDK makes UTF-8 of a
/// text several times as fast as a generator that looks at each character for what to escape.
final class LongText {
  /// Below this a generator is as fast.
  static final int LENGTH = 4096;

  private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  // \\u00XX in place of one byte.
  private static final int LONGEST = 6;

  /// The UTF-8 form with quotes, backslashes and control characters escaped, and with halves of
  /// surrogate pairs replaced.
  static byte[] escaped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int extra = 0;
    boolean asks = false;
    for (byte each : bytes) {
      if (each == '"' || each == '\\' || each >= 0 && each < ' ') extra += length(each) - 1;
      asks |= each == '?';
    }
    if (asks) {
      // The JDK writes a question mark for half a pair.
      String whole = Surrogates.repaired(text);
      if (!whole.equals(text)) return escaped(whole);
    }
    return extra == 0 ? bytes : escape(bytes, new byte[Math.addExact(bytes.length, extra)]);
  }

  private static int length(byte character) {
    return shortForm(character) == 0 ? LONGEST : 2;
  }

  private static byte[] escape(byte[] bytes, byte[] result) {
    int at = 0;
    for (byte each : bytes) {
      if (each != '"' && each != '\\' && (each < 0 || each >= ' ')) {
        result[at++] = each;
        continue;
      }
      result[at++] = '\\';
      byte mark = shortForm(each);
      if (mark != 0) {
        result[at++] = mark;
        continue;
      }
      result[at++] = 'u';
      result[at++] = '0';
      result[at++] = '0';
      result[at++] = HEXADECIMAL[each >> 4];
      result[at++] = HEXADECIMAL[each & 15];
    }
    return result;
  }

  private static byte shortForm(byte character) {
    return switch (character) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '\n' -> 'n';
      case '\t' -> 't';
      case '\r' -> 'r';
      case '\b' -> 'b';
      case '\f' -> 'f';
      default -> 0;
    };
  }

  private LongText() {}
}
