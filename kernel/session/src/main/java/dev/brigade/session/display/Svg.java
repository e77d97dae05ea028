package dev.brigade.session.display;

import java.util.Map;

/// An SVG picture, as a value: a cell that ends in one shows it.
///
/// @param text its source, from `<svg`
public record Svg(String text) implements Displayable {
  @Override
  public Map<String, Object> forms() {
    String plain = "<SVG picture, %,d characters>".formatted(text.length());
    return Map.of("text/plain", plain, "image/svg+xml", text);
  }
}
