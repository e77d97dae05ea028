package dev.brigade.repl.terminal;

import dev.brigade.session.source.JavaLexer;
import dev.brigade.session.source.Token;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/// Colours the input while it is typed.
final class SyntaxColors implements Highlighter {
  private final Palette palette;

  SyntaxColors(Palette palette) {
    this.palette = palette;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    var result = new AttributedStringBuilder(buffer.length());
    int at = 0;
    for (Token token : JavaLexer.tokens(buffer)) {
      result.append(buffer, at, token.start());
      result.styled(palette.style(token.kind()), buffer.substring(token.start(), token.end()));
      at = token.end();
    }
    return result.append(buffer, at, buffer.length()).toAttributedString();
  }
}
