package dev.brigade.session.widget;

/// A whole number that one sets by dragging. Python: `ipywidgets.IntSlider`.
public final class IntSlider extends IntRange<IntSlider> {
  /// From 0 to 100, at 0.
  public IntSlider() {
    this(0, 100);
  }

  /// At 0, or at the bound that is nearest to it.
  ///
  /// @throws IllegalArgumentException the lower bound is above the upper one
  public IntSlider(int min, int max) {
    this(0, min, max);
  }

  /// @throws IllegalArgumentException the lower bound is above the upper one
  public IntSlider(int value, int min, int max) {
    super(ModelKind.INT_SLIDER, value, min, max);
  }

  /// Sets the distance of the numbers it can be dragged to, 1 at first.
  ///
  /// @throws IllegalArgumentException it is not above 0
  public IntSlider step(int step) {
    if (step <= 0) {
      throw new IllegalArgumentException("a slider's step is above 0, not " + step);
    }
    model.set("step", step);
    return this;
  }

  /// Whether the value follows while it is dragged, as it does at first, or only when it is let go.
  public IntSlider continuousUpdate(boolean follows) {
    model.set("continuous_update", follows);
    return this;
  }

  /// Whether the value is shown beside it, as it is at first.
  public IntSlider readout(boolean shown) {
    model.set("readout", shown);
    return this;
  }

  /// Whether people can drag it; code can set it anyway.
  public IntSlider disabled(boolean disabled) {
    model.set("disabled", disabled);
    return this;
  }

  /// Stands upright.
  public IntSlider vertical() {
    model.set("orientation", "vertical");
    return this;
  }
}
