package dev.brigade.session.display;

import java.util.Map;

/// Markdown, as a value: a cell that ends in one shows it so.
///
/// @param text its source
public record Markdown(String text) implements Displayable {
  @Override
  public Map<String, Object> forms() {
    return Map.of("text/plain", text, "text/markdown", text);
  }
}
