package dev.brigade.session.widget;

/// Text that code sets. Python: `ipywidgets.Label`.
public final class Label extends TextControl<Label> {
  public Label() {
    this("");
  }

  public Label(String value) {
    super(ModelKind.LABEL, value);
  }
}
