package dev.brigade.session.widget;

import org.jspecify.annotations.Nullable;

/// Yes or no. Python: `ipywidgets.Checkbox`.
public final class Checkbox extends Control<Boolean, Checkbox> {
  public Checkbox() {
    this(false);
  }

  public Checkbox(boolean value) {
    super(ModelKind.CHECKBOX);
    model.begin("value", value);
  }

  public boolean value() {
    return Boolean.TRUE.equals(model.get("value"));
  }

  /// Sets the value.
  public void value(boolean value) {
    model.set("value", value);
  }

  /// Whether people can change it; code can anyway.
  public Checkbox disabled(boolean disabled) {
    model.set("disabled", disabled);
    return this;
  }

  @Override
  Boolean value(String key, @Nullable Object kept) {
    return Boolean.TRUE.equals(kept);
  }
}
