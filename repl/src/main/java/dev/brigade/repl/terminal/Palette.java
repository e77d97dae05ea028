package dev.brigade.repl.terminal;

import dev.brigade.session.source.Token;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/// The colours, or their absence. Only the terminal's own basic colours are used, so that a light
/// and a dark theme stay readable; nothing is told by colour alone.
enum Palette {
  COLOR,
  PLAIN;

  /// NO_COLOR and a terminal that cannot are obeyed; FORCE_COLOR overrules the terminal.
  static Palette of(Map<String, String> environment, String terminalType) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) return PLAIN;
    if (!environment.getOrDefault("FORCE_COLOR", "").isEmpty()) return COLOR;
    return terminalType.startsWith("dumb") ? PLAIN : COLOR;
  }

  AttributedStyle style(Token.Kind kind) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    if (this == PLAIN) return plain;
    return switch (kind) {
      case KEYWORD -> plain.foreground(AttributedStyle.MAGENTA);
      case TYPE -> plain.foreground(AttributedStyle.CYAN);
      case NUMBER -> plain.foreground(AttributedStyle.BLUE);
      case STRING -> plain.foreground(AttributedStyle.GREEN);
      case COMMENT -> plain.faint().italic();
      case ANNOTATION -> plain.foreground(AttributedStyle.BLUE);
      case COMMAND -> plain.bold();
      case NAME, SYMBOL -> plain;
    };
  }

  /// A prompt's label: green for input, red for output, as notebooks show them.
  String label(String text, int color) {
    return this == PLAIN
        ? text
        : new AttributedString(text, AttributedStyle.DEFAULT.foreground(color)).toAnsi();
  }

  String faint(String text) {
    return this == PLAIN
        ? text
        : new AttributedString(text, AttributedStyle.DEFAULT.faint()).toAnsi();
  }
}
