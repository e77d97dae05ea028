package dev.brigade.session.widget;

/// A number that one sets by dragging. Python: `ipywidgets.FloatSlider`.
public final class FloatSlider extends FloatRange<FloatSlider> {
  /// From 0 to 100, at 0.
  public FloatSlider() {
    this(0, 100);
  }

  /// At 0, or at the bound that is nearest to it.
  ///
  /// @throws IllegalArgumentException the lower bound is above the upper one
  public FloatSlider(double min, double max) {
    this(0, min, max);
  }

  /// @throws IllegalArgumentException the lower bound is above the upper one
  public FloatSlider(double value, double min, double max) {
    super(ModelKind.FLOAT_SLIDER, value, min, max);
  }

  /// Sets the distance of the numbers it can be dragged to, 0.1 at first.
  ///
  /// @throws IllegalArgumentException it is not above 0
  public FloatSlider step(double step) {
    if (!(step > 0 && Double.isFinite(step))) {
      throw new IllegalArgumentException("a slider's step is above 0, not " + step);
    }
    model.set("step", step);
    return this;
  }

  /// Whether the value follows while it is dragged, as it does at first, or only when it is let go.
  public FloatSlider continuousUpdate(boolean follows) {
    model.set("continuous_update", follows);
    return this;
  }

  /// Whether the value is shown beside it, as it is at first.
  public FloatSlider readout(boolean shown) {
    model.set("readout", shown);
    return this;
  }

  /// Whether people can drag it; code can set it anyway.
  public FloatSlider disabled(boolean disabled) {
    model.set("disabled", disabled);
    return this;
  }

  /// Stands upright.
  public FloatSlider vertical() {
    model.set("orientation", "vertical");
    return this;
  }
}
