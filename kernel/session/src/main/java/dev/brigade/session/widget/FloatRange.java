package dev.brigade.session.widget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A number between two bounds. Outside of them it becomes the nearest of them.
///
/// @param <S> the type of the widget itself
public abstract sealed class FloatRange<S extends FloatRange<S>> extends Control<Double, S>
    permits FloatProgress, FloatSlider {
  FloatRange(ModelKind kind, double value, double min, double max) {
    super(kind);
    check(min, max);
    checkNumber(value);
    model.begin("min", min);
    model.begin("max", max);
    model.begin("value", Math.clamp(value, min, max));
  }

  private static void check(double min, double max) {
    if (min <= max && Double.isFinite(max - min)) return;
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "bounds are finite and the lower is at most the upper one, not %s to %s",
            min,
            max));
  }

  private static void checkNumber(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("a page can show no NaN; give it a number");
    }
  }

  private double read(String key) {
    return model.get(key) instanceof Double number ? number : 0.0;
  }

  public final double value() {
    return read("value");
  }

  /// Sets the value.
  ///
  /// @throws IllegalArgumentException it is not a number
  public final void value(double value) {
    checkNumber(value);
    synchronized (model) {
      model.set("value", Math.clamp(value, min(), max()));
    }
  }

  public final double min() {
    return read("min");
  }

  /// Sets the lower bound.
  ///
  /// @throws IllegalArgumentException it is above the upper one
  public final S min(double bound) {
    return bounds(bound, max());
  }

  public final double max() {
    return read("max");
  }

  /// Sets the upper bound.
  ///
  /// @throws IllegalArgumentException it is below the lower one
  public final S max(double bound) {
    return bounds(min(), bound);
  }

  private S bounds(double min, double max) {
    check(min, max);
    synchronized (model) {
      model.set("min", min);
      model.set("max", max);
      model.set("value", Math.clamp(value(), min, max));
    }
    return self();
  }

  @Override
  final Double value(String key, @Nullable Object kept) {
    return kept instanceof Double number ? number : 0.0;
  }

  @Override
  @Nullable Object accepted(String key, @Nullable Object given) {
    if (!key.equals("value")) {
      boolean bound = key.equals("min") || key.equals("max");
      return bound ? Model.REFUSED : super.accepted(key, given);
    }
    return given instanceof Number number && !Double.isNaN(number.doubleValue())
        ? (Object) Math.clamp(number.doubleValue(), min(), max())
        : Model.REFUSED;
  }
}
