package dev.brigade.session.display;

import java.util.Map;

/// LaTeX mathematics, as a value: a cell that ends in one shows it set.
///
/// @param text its source; dollar signs are put around it if it has none
public record Latex(String text) implements Displayable {
  @Override
  public Map<String, Object> forms() {
    boolean marked = text.contains("$") || text.contains("\\begin{") || text.contains("\\[");
    return Map.of(
        "text/plain", text, "text/latex", marked ? text : "$\\displaystyle " + text + "$");
  }
}
