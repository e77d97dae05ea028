package dev.brigade.session.widget;

/// A bar that shows how far something has come. Python: `ipywidgets.FloatProgress`.
public final class FloatProgress extends FloatRange<FloatProgress> {
  /// From 0 to 100, at 0.
  public FloatProgress() {
    this(0, 100);
  }

  /// At the lower bound.
  ///
  /// @throws IllegalArgumentException the lower bound is above the upper one
  public FloatProgress(double min, double max) {
    this(min, min, max);
  }

  /// @throws IllegalArgumentException the lower bound is above the upper one
  public FloatProgress(double value, double min, double max) {
    super(ModelKind.FLOAT_PROGRESS, value, min, max);
  }

  /// Sets its colours: `success`, `info`, `warning`, `danger`, or empty for the usual.
  ///
  /// @throws IllegalArgumentException it is none of these
  public FloatProgress barStyle(String style) {
    model.set("bar_style", Looks.named("a bar's style", style));
    return this;
  }

  /// Stands upright.
  public FloatProgress vertical() {
    model.set("orientation", "vertical");
    return this;
  }
}
