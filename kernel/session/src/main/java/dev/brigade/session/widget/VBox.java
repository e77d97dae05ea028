package dev.brigade.session.widget;

import java.util.List;

/// Widgets below each other. Python: `ipywidgets.VBox`.
public final class VBox extends Box<VBox> {
  public VBox(Widget<?>... children) {
    this(List.of(children));
  }

  public VBox(List<? extends Widget<?>> children) {
    super(ModelKind.V_BOX, children);
  }
}
