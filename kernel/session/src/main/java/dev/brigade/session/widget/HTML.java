package dev.brigade.session.widget;

/// A piece of page that code sets: its value is HTML. Python: `ipywidgets.HTML`.
public final class HTML extends TextControl<HTML> {
  public HTML() {
    this("");
  }

  public HTML(String value) {
    super(ModelKind.HTML, value);
  }
}
