package dev.brigade.session.widget;

import java.util.List;

/// Widgets beside each other. Python: `ipywidgets.HBox`.
public final class HBox extends Box<HBox> {
  public HBox(Widget<?>... children) {
    this(List.of(children));
  }

  public HBox(List<? extends Widget<?>> children) {
    super(ModelKind.H_BOX, children);
  }
}
