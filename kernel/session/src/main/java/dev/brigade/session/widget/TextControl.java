package dev.brigade.session.widget;

import org.jspecify.annotations.Nullable;

/// A widget whose value is text.
///
/// @param <S> the type of the widget itself
public abstract sealed class TextControl<S extends TextControl<S>> extends Control<String, S>
    permits Text, HTML, Label {
  TextControl(ModelKind kind, String value) {
    super(kind);
    model.begin("value", value);
  }

  public final String value() {
    return String.valueOf(model.get("value"));
  }

  /// Sets the value.
  public final void value(String text) {
    model.set("value", text);
  }

  /// Sets what stands there as long as the value is empty.
  public final S placeholder(String text) {
    model.set("placeholder", text);
    return self();
  }

  @Override
  final String value(String key, @Nullable Object kept) {
    return String.valueOf(kept);
  }
}
