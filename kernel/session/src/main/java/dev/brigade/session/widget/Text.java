package dev.brigade.session.widget;

import java.util.Map;
import java.util.function.Consumer;

/// A line of text that one types. Python: `ipywidgets.Text`.
public final class Text extends TextControl<Text> {
  private final Handlers<Text> handlers = new Handlers<>("Text submit");

  public Text() {
    this("");
  }

  public Text(String value) {
    super(ModelKind.TEXT, value);
  }

  /// Handles each press of Enter in it.
  ///
  /// @param handler gets the value
  public Text onSubmit(Consumer<? super String> handler) {
    // A page may send the last letters after the event, so the later it is asked the better.
    handlers.add(_ -> handler.accept(value()));
    return this;
  }

  /// Whether the value follows each key, as it does at first, or only Enter and leaving it.
  public Text continuousUpdate(boolean follows) {
    model.set("continuous_update", follows);
    return this;
  }

  /// Whether people can type; code can set it anyway.
  public Text disabled(boolean disabled) {
    model.set("disabled", disabled);
    return this;
  }

  @Override
  void told(Map<?, ?> event) {
    if ("submit".equals(event.get("event"))) handlers.call(this);
  }
}
