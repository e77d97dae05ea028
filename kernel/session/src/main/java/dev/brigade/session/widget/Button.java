package dev.brigade.session.widget;

import dev.brigade.async.Promise;
import java.util.Map;

/// Something to click. Python: `ipywidgets.Button`.
public final class Button extends Widget<Button> {
  private final Handlers<Button> handlers = new Handlers<>("Button click");
  private final Next<Button> next = new Next<>();

  public Button() {
    this("");
  }

  /// @param description the text on it
  public Button(String description) {
    super(ModelKind.BUTTON);
    model.begin("description", description);
  }

  /// The text on it.
  public String description() {
    return String.valueOf(model.get("description"));
  }

  /// Sets the text on it.
  public Button description(String text) {
    model.set("description", text);
    return this;
  }

  /// Handles each click.
  public Button onClick(Runnable handler) {
    handlers.add(_ -> handler.run());
    return this;
  }

  /// Is this button when it is clicked next: `await(button.clicked());`. Called in a coroutine or a
  /// cell.
  public Promise<Button> clicked() {
    return next.promise();
  }

  /// Clicks it, as people do. Python: `click`.
  public void click() {
    handlers.call(this);
    next.is(this);
  }

  /// Sets its colours: `primary`, `success`, `info`, `warning`, `danger`, or empty for the usual.
  ///
  /// @throws IllegalArgumentException it is none of these
  public Button buttonStyle(String style) {
    model.set("button_style", Looks.ofButton(style));
    return this;
  }

  /// Sets the picture before its text, by its name in Font Awesome, for example `check`.
  public Button icon(String name) {
    model.set("icon", name);
    return this;
  }

  /// Whether people can click it.
  public Button disabled(boolean disabled) {
    model.set("disabled", disabled);
    return this;
  }

  @Override
  void told(Map<?, ?> event) {
    if ("click".equals(event.get("event"))) click();
  }
}
