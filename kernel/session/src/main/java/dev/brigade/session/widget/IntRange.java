package dev.brigade.session.widget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A whole number between two bounds. Outside of them it becomes the nearest of them.
///
/// @param <S> the type of the widget itself
public abstract sealed class IntRange<S extends IntRange<S>> extends Control<Integer, S>
    permits IntProgress, IntSlider {
  IntRange(ModelKind kind, int value, int min, int max) {
    super(kind);
    check(min, max);
    model.begin("min", min);
    model.begin("max", max);
    model.begin("value", Math.clamp(value, min, max));
  }

  private static void check(int min, int max) {
    if (min <= max) return;
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT, "the lower bound is at most the upper one, not %d to %d", min, max));
  }

  private int read(String key) {
    return model.get(key) instanceof Integer number ? number : 0;
  }

  public final int value() {
    return read("value");
  }

  /// Sets the value.
  public final void value(int value) {
    synchronized (model) {
      model.set("value", Math.clamp(value, min(), max()));
    }
  }

  public final int min() {
    return read("min");
  }

  /// Sets the lower bound.
  ///
  /// @throws IllegalArgumentException it is above the upper one
  public final S min(int bound) {
    return bounds(bound, max());
  }

  public final int max() {
    return read("max");
  }

  /// Sets the upper bound.
  ///
  /// @throws IllegalArgumentException it is below the lower one
  public final S max(int bound) {
    return bounds(min(), bound);
  }

  private S bounds(int min, int max) {
    check(min, max);
    synchronized (model) {
      model.set("min", min);
      model.set("max", max);
      model.set("value", Math.clamp(value(), min, max));
    }
    return self();
  }

  @Override
  final Integer value(String key, @Nullable Object kept) {
    return kept instanceof Integer number ? number : 0;
  }

  @Override
  @Nullable Object accepted(String key, @Nullable Object given) {
    if (!key.equals("value")) {
      boolean bound = key.equals("min") || key.equals("max");
      return bound ? Model.REFUSED : super.accepted(key, given);
    }
    return given instanceof Number number
        ? (Object) Math.clamp(number.longValue(), min(), max())
        : Model.REFUSED;
  }
}
