package dev.brigade.session.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Widgets that stand together.
///
/// @param <S> the type of the widget itself
public abstract sealed class Box<S extends Box<S>> extends Widget<S> permits HBox, VBox {
  // Guarded by the model.
  private List<Widget<?>> children = List.of();

  Box(ModelKind kind, List<? extends Widget<?>> children) {
    super(kind);
    this.children = List.copyOf(children);
    model.begin("children", models(this.children));
  }

  private static List<Model> models(List<? extends Widget<?>> widgets) {
    var models = new ArrayList<Model>();
    for (Widget<?> each : widgets) models.add(each.model);
    return models;
  }

  public final List<Widget<?>> children() {
    synchronized (model) {
      return children;
    }
  }

  /// Sets what stands in it, in this order.
  ///
  /// @throws IllegalArgumentException it would stand in itself
  public final S children(Widget<?>... widgets) {
    for (Widget<?> each : widgets) {
      if (!each.holds(this)) continue;
      throw new IllegalArgumentException("a box cannot stand in itself; leave out " + each);
    }
    synchronized (model) {
      children = List.of(widgets);
      model.set("children", models(children));
    }
    return self();
  }

  /// Sets its colours: `success`, `info`, `warning`, `danger`, or empty for the usual.
  ///
  /// @throws IllegalArgumentException it is none of these
  public final S boxStyle(String style) {
    model.set("box_style", Looks.named("a box's style", style));
    return self();
  }

  @Override
  final boolean holds(Widget<?> other) {
    return super.holds(other) || children().stream().anyMatch(each -> each.holds(other));
  }

  @Override
  final void describe(StringJoiner text) {
    text.add("children=" + children());
  }
}
