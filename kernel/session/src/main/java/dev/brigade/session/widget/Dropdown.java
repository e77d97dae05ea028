package dev.brigade.session.widget;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// One of several values. Python: `ipywidgets.Dropdown`.
///
/// @param <T> the type of the values
public final class Dropdown<T> extends Control<T, Dropdown<T>> {
  // By the index that the model has; guarded by the model.
  private List<T> options = List.of();

  /// The first is chosen; each is shown as its text.
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Dropdown(T... options) {
    this(Arrays.asList(options));
  }

  /// The first is chosen; each is shown as its text.
  public Dropdown(List<? extends T> options) {
    super(ModelKind.DROPDOWN);
    begin(options.stream().map(String::valueOf).toList(), List.copyOf(options));
  }

  /// The values by what is shown of them, in the order of the map; the first is chosen.
  public Dropdown(SequencedMap<String, ? extends T> options) {
    super(ModelKind.DROPDOWN);
    begin(List.copyOf(options.sequencedKeySet()), List.copyOf(options.sequencedValues()));
  }

  private void begin(List<String> labels, List<T> values) {
    options = values;
    model.begin("_options_labels", labels);
    model.begin("index", values.isEmpty() ? null : 0);
  }

  /// The chosen value; null if none is.
  public @Nullable T value() {
    synchronized (model) {
      return value("index", model.get("index"));
    }
  }

  /// Chooses a value; null for none.
  ///
  /// @throws IllegalArgumentException it is none of the options
  public void value(@Nullable T value) {
    synchronized (model) {
      int index = value == null ? -1 : options.indexOf(value);
      if (value != null && index < 0) {
        throw new IllegalArgumentException(
            quoted(value) + " is none of the options, which are " + options);
      }
      model.set("index", index < 0 ? null : index);
    }
  }

  public List<T> options() {
    synchronized (model) {
      return options;
    }
  }

  /// Whether people can choose; code can anyway.
  public Dropdown<T> disabled(boolean disabled) {
    model.set("disabled", disabled);
    return this;
  }

  @Override
  @Nullable T value(String key, @Nullable Object kept) {
    return kept instanceof Integer index ? options.get(index) : null;
  }

  @Override
  String valueKey() {
    return "index";
  }

  @Override
  @Nullable Object accepted(String key, @Nullable Object given) {
    if (!key.equals("index")) return super.accepted(key, given);
    if (given == null) return null;
    boolean fits = given instanceof Integer index && index >= 0 && index < options.size();
    return fits ? given : Model.REFUSED;
  }

  @Override
  void describe(StringJoiner text) {
    text.add("value=" + quoted(value())).add("options=" + options());
  }
}
