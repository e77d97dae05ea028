package dev.brigade.session.widget;

import dev.brigade.async.Promise;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A widget with a value and a text at its side.
///
/// @param <V> the type of its value
/// @param <S> the type of the widget itself
public abstract sealed class Control<V, S extends Control<V, S>> extends Widget<S>
    permits IntRange, FloatRange, TextControl, Checkbox, Dropdown {
  private final Handlers<Change<V>> handlers;
  private final Next<V> next = new Next<>();

  Control(ModelKind kind) {
    super(kind);
    handlers = new Handlers<>(kind.name() + " change");
  }

  /// The text at its side.
  public final String description() {
    return String.valueOf(model.get("description"));
  }

  /// Sets the text at its side.
  public final S description(String text) {
    model.set("description", text);
    return self();
  }

  /// Handles each change of the value, whether the page or code has changed it. A dropdown's may be
  /// null.
  ///
  /// @param handler gets the value it has become
  @SuppressWarnings("NullAway") // only a dropdown's value may be null, and that type's own says so
  public final S onChange(Consumer<? super V> handler) {
    return observe(change -> handler.accept(change.value()));
  }

  /// As [#onChange], for one that wants the value before too. Python: `observe(handler, "value")`.
  public final S observe(Consumer<? super Change<V>> handler) {
    handlers.add(handler);
    return self();
  }

  /// What the value becomes when it changes next: `int n = await(slider.changed());`. Called in a
  /// coroutine or a cell.
  public final Promise<V> changed() {
    return next.promise();
  }

  /// What a value of the model is as a value of this. The model's lock is held.
  abstract @Nullable V value(String key, @Nullable Object kept);

  /// The name of the value in the model.
  String valueKey() {
    return "value";
  }

  @Override
  final void changed(String key, @Nullable Object before, @Nullable Object now) {
    if (!key.equals(valueKey())) return;
    V value = value(key, now);
    handlers.call(new Change<>(value(key, before), value, this));
    next.is(value);
  }
}
