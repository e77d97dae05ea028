package dev.brigade.session.widget;

/// A bar that shows how far something has come, in whole numbers. Python: `ipywidgets.IntProgress`.
public final class IntProgress extends IntRange<IntProgress> {
  /// From 0 to 100, at 0.
  public IntProgress() {
    this(0, 100);
  }

  /// At the lower bound.
  ///
  /// @throws IllegalArgumentException the lower bound is above the upper one
  public IntProgress(int min, int max) {
    this(min, min, max);
  }

  /// @throws IllegalArgumentException the lower bound is above the upper one
  public IntProgress(int value, int min, int max) {
    super(ModelKind.INT_PROGRESS, value, min, max);
  }

  /// Sets its colours: `success`, `info`, `warning`, `danger`, or empty for the usual.
  ///
  /// @throws IllegalArgumentException it is none of these
  public IntProgress barStyle(String style) {
    model.set("bar_style", Looks.named("a bar's style", style));
    return this;
  }

  /// Stands upright.
  public IntProgress vertical() {
    model.set("orientation", "vertical");
    return this;
  }
}
