package dev.brigade.session.display;

import org.jspecify.annotations.Nullable;

/// What was displayed and can be replaced. A cell that ends in one shows nothing more.
///
/// @param id its name in the front end
public record Displayed(String id) {
  /// Replaces what is shown, from any thread.
  public void update(@Nullable Object value) {
    Display.updateDisplay(id, value);
  }
}
