package dev.brigade.session.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the constructor of a record public where it has no modifier.
///
/// JShell compiles a declaration that names an unknown type in a reduced form, in which a record is
/// public; there javac refuses a constructor that is not, so that no sealed interface could be
/// declared in one cell with records that check their arguments.
final class RecordText {
  private static final Pattern RECORD = Pattern.compile("\\brecord\\s+(\\w+)");

  /// The text with such constructors made public; the same text where there are none.
  static String withPublicConstructors(String text) {
    String masked = JavaText.mask(text);
    var result = new StringBuilder(text);
    Matcher record = RECORD.matcher(masked);
    while (record.find()) {
      Matcher constructor =
          Pattern.compile("[{};]\\s*(?=" + record.group(1) + "\\s*[({])").matcher(masked);
      if (constructor.find(record.end())) {
        int shift = result.length() - text.length();
        result.insert(constructor.end() + shift, "public ");
      }
    }
    return result.toString();
  }

  private RecordText() {}
}
