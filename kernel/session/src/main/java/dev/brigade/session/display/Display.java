package dev.brigade.session.display;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shows values and rich text under the cell that the calling work belongs to. Any thread; returns
/// at once.
public final class Display {
  /// Takes what is shown. There is one at a time.
  public interface Target {
    /// Shows data by MIME type.
    ///
    /// @param id names the display so that it can be replaced
    /// @param update replaces the earlier display of that id
    void show(Map<String, Object> data, @Nullable String id, boolean update);

    /// A value in every form there is for its type.
    Map<String, Object> render(@Nullable Object value);

    /// Adds a form for a type and its subtypes.
    <T> void renderer(Class<T> type, Function<? super T, Map<String, Object>> renderer);

    void clear(boolean waiting);

    /// Rows as a table, in every form.
    ///
    /// @param rows a collection, array, map or stream
    /// @param columns which ones, in order; empty for all
    Map<String, Object> table(Object rows, List<String> columns);

    /// A display that is drawn again and again, under the cell of the calling work.
    Refresh refresh(Supplier<Map<String, Object>> forms);

    /// Replaces a display once what it shows, such as a task, has an outcome.
    void follow(@Nullable Object value, String id);
  }

  /// Draws one display, not more than a few times a second. Any thread; returns at once.
  public interface Refresh {
    /// What is shown is no longer true: it will be drawn soon.
    void changed();

    /// Draws what stays.
    void ended();
  }

  // Static because user code calls static methods; set when a session opens.
  private static volatile @Nullable Target target;

  /// Sets where displays go.
  public static void target(@Nullable Target next) {
    target = next;
  }

  /// Shows a value as a cell's last expression would be shown: a task or other promise as pending,
  /// and once it has an outcome that, in its place.
  ///
  /// @return what can be replaced: `var shown = display(1); shown.update(2);`
  public static Displayed display(@Nullable Object value) {
    String id = UUID.randomUUID().toString();
    now().show(forms(value), id, false);
    now().follow(value, id);
    return new Displayed(id);
  }

  /// Shows data by MIME type, for example `Map.of("text/html", "<b>hi</b>")`. A map whose keys are
  /// no MIME types is shown as a value.
  ///
  /// @return what can be replaced
  public static Displayed display(Map<?, ?> mime) {
    return display((Object) mime);
  }

  /// Shows HTML.
  public static void html(String html) {
    show(new Html(html));
  }

  /// Shows Markdown.
  public static void markdown(String markdown) {
    show(new Markdown(markdown));
  }

  /// Shows LaTeX mathematics, set: `latex("\\frac{1}{2}")`.
  public static void latex(String latex) {
    show(new Latex(latex));
  }

  /// Shows an SVG picture.
  public static void svg(String svg) {
    show(new Svg(svg));
  }

  /// Shows JSON: text of JSON, or maps, lists, arrays and records that become JSON.
  public static void json(@Nullable Object content) {
    show(new Json(content));
  }

  /// Shows the bytes of a PNG, JPEG, GIF or WebP file.
  ///
  /// @throws IllegalArgumentException they are none of these
  public static void image(byte[] bytes) {
    show(new Picture(bytes));
  }

  /// Shows rows as a table. Records give a column for each component, maps one for each key, arrays
  /// and lists one for each place; a long table is cut and says so.
  ///
  /// @param rows a collection, array, map or stream; a stream is used up as far as rows are shown
  /// @param columns which columns, in this order; all if none is named
  /// @return what can be replaced
  /// @throws IllegalArgumentException these are no rows, or they have no such column
  public static Displayed displayTable(Object rows, String... columns) {
    String id = UUID.randomUUID().toString();
    now().show(now().table(rows, List.of(columns)), id, false);
    return new Displayed(id);
  }

  /// The elements, with a bar that says how many are done: `for (var page : progress(pages)) ...`.
  /// The bar begins when the loop does.
  public static <T> Iterable<T> progress(Iterable<T> elements) {
    return progress(elements, "");
  }

  /// The elements of an array, with a bar and a label in front of it.
  public static <T> Iterable<T> progress(T[] elements, String label) {
    return progress(Arrays.asList(elements), label);
  }

  /// The elements, with a bar and a label in front of it.
  public static <T> Iterable<T> progress(Iterable<T> elements, String label) {
    return new Steps<>(elements, elements instanceof Collection<?> all ? all.size() : -1, label);
  }

  /// A bar of so many steps; `step()` on it counts one.
  public static Progress progress(long total, String label) {
    return new Progress(total, label);
  }

  static Refresh refresh(Supplier<Map<String, Object>> forms) {
    return now().refresh(forms);
  }

  /// Replaces what an earlier `display` showed.
  ///
  /// @param shown what that call returned
  public static void updateDisplay(Displayed shown, @Nullable Object value) {
    shown.update(value);
  }

  /// Replaces what is displayed under an id.
  public static void updateDisplay(String id, @Nullable Object value) {
    now().show(forms(value), id, true);
    now().follow(value, id);
  }

  /// Clears what the cell has shown so far.
  public static void clearOutput() {
    clearOutput(false);
  }

  /// Clears what the cell has shown so far.
  ///
  /// @param waiting only when the next output arrives, so that nothing flickers
  public static void clearOutput(boolean waiting) {
    now().clear(waiting);
  }

  /// From now on values of a type and its subtypes have these forms too.
  public static <T> void displayAs(Class<T> type, Function<? super T, Map<String, Object>> forms) {
    now().renderer(type, forms);
  }

  private static void show(Displayable value) {
    now().show(now().render(value), null, false);
  }

  private static Map<String, Object> forms(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && isMimeMap(map)) {
      var data = new LinkedHashMap<String, Object>();
      map.forEach((type, form) -> data.put(String.valueOf(type), form));
      data.putIfAbsent("text/plain", plain(data));
      return data;
    }
    return now().render(value);
  }

  private static boolean isMimeMap(Map<?, ?> map) {
    return !map.isEmpty()
        && map.entrySet().stream()
            .allMatch(
                entry ->
                    entry.getKey() instanceof String type
                        && type.matches("[\\w.+-]+/[\\w.+-]+")
                        && entry.getValue() != null);
  }

  private static Object plain(Map<String, Object> data) {
    for (Object form : data.values()) {
      if (form instanceof String text && text.length() < 10_000) return text;
    }
    return "<" + String.join(", ", data.keySet()) + ">";
  }

  private static Target now() {
    Target now = target;
    if (now == null) {
      throw new IllegalStateException("nothing can be shown here: no session is open");
    }
    return now;
  }

  private Display() {}
}
