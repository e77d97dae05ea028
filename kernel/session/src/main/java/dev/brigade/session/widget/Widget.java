package dev.brigade.session.widget;

import dev.brigade.session.display.Displayable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Something on a notebook's page that code changes and people use: a cell that ends in one shows
/// it, and so does `display(widget)`. Where there is no page, as in the terminal, it is text.
///
/// ```java
/// var slider = new IntSlider(0, 100).description("n");
/// slider.onChange(n -> IO.println("n is " + n));
/// slider
/// ```
///
/// Any thread may call any method; none waits. What code changes reaches the page while the cell
/// computes. What the page changes is changed here at once, so a cell that computes sees it too;
/// handlers run as tasks of the session's loop, at its next turn, for the cell that has added them:
/// what they print is that cell's, and they may `await`. Shown twice it is the same twice.
///
/// Python: `ipywidgets.Widget`.
///
/// @param <S> the type of the widget itself, which methods give back
public abstract sealed class Widget<S extends Widget<S>> implements Displayable, AutoCloseable
    permits Control, Box, Button {
  private static final String VIEW = "application/vnd.jupyter.widget-view+json";

  /// What the text of a widget begins with.
  private static final Set<String> DESCRIBED = Set.of("value", "index", "children");

  final Model model;

  Widget(ModelKind kind) {
    model = new Model(kind, this);
  }

  /// Every subclass is its own S.
  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  /// Sets where and how large it stands: a CSS property of its box, such as
  /// `layout("width", "50%")`. Null takes it back. Python: `widget.layout.width = "50%"`.
  ///
  /// @throws IllegalArgumentException a page knows no such property of layouts
  public S layout(String property, @Nullable String value) {
    String key = property.replace('-', '_');
    if (key.equals("border")) {
      for (String side : List.of("top", "right", "bottom", "left")) layout("border_" + side, value);
      return self();
    }
    return part("layout", key, value);
  }

  /// Sets how it looks: a property of its style, such as `style("bar_color", "green")`. Null takes
  /// it back. Python: `widget.style.bar_color = "green"`.
  ///
  /// @throws IllegalArgumentException this widget's style has no such property
  public S style(String property, @Nullable String value) {
    return part("style", property.replace('-', '_'), value);
  }

  private S part(String name, String property, @Nullable String value) {
    String what = model.kind().name();
    if (!(model.get(name) instanceof Model part)) {
      throw new IllegalArgumentException("a " + what + " has no " + name);
    }
    Map<String, @Nullable Object> known = part.kind().defaults();
    if (!known.containsKey(property)) {
      throw new IllegalArgumentException(
          "the %s of a %s has no property \"%s\"; it has %s"
              .formatted(name, what, property, String.join(", ", known.keySet())));
    }
    boolean emptied = value == null && known.get(property) != null;
    part.set(property, emptied ? known.get(property) : value);
    return self();
  }

  /// Sets what is shown while the pointer rests on it; null for nothing.
  public S tooltip(@Nullable String text) {
    model.set("tooltip", text);
    return self();
  }

  /// Takes it from the page. It keeps its value and can no longer be shown.
  @Override
  public void close() {
    model.close();
  }

  /// What a page needs to show it, and the text of it.
  @Override
  public Map<String, Object> forms() {
    var forms = new LinkedHashMap<String, Object>();
    forms.put("text/plain", toString());
    String id = model.open();
    if (id == null) return forms;
    forms.put(VIEW, Map.of("version_major", 2, "version_minor", 0, "model_id", id));
    return forms;
  }

  /// What it takes a value of the page for; [Model#REFUSED] if the page may not set it so. The
  /// model's lock is held.
  @Nullable Object accepted(String key, @Nullable Object given) {
    Object now = model.get(key);
    boolean fits =
        now == null
            ? given == null || given instanceof String
            : given != null && now.getClass() == given.getClass();
    return fits ? given : Model.REFUSED;
  }

  /// One of its values is another now. The model's lock is held.
  void changed(String key, @Nullable Object before, @Nullable Object now) {}

  /// The page tells of an event. The model's lock is held.
  void told(Map<?, ?> event) {}

  /// Whether another is this one or stands in it.
  boolean holds(Widget<?> other) {
    return other == this;
  }

  /// Its type and what is set of it, as Python shows it: `IntSlider(value=5, max=10)`.
  @Override
  public String toString() {
    ModelKind kind = model.kind();
    var text = new StringJoiner(", ", kind.name() + "(", ")");
    describe(text);
    kind.defaults()
        .forEach(
            (key, begins) -> {
              Object value = model.get(key);
              boolean told = key.startsWith("_") || DESCRIBED.contains(key);
              if (!told && !Objects.equals(value, begins)) text.add(key + "=" + quoted(value));
            });
    if (model.isClosed()) text.add("closed");
    return text.toString();
  }

  /// Begins the text with what matters most.
  void describe(StringJoiner text) {
    if (model.kind().defaults().containsKey("value")) {
      text.add("value=" + quoted(model.get("value")));
    }
  }

  static String quoted(@Nullable Object value) {
    if (!(value instanceof String text)) return String.valueOf(value);
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
