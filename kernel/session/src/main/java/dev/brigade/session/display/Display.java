package dev.brigade.session.display;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
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
  }

  // Static because user code calls static methods; set when a session opens.
  private static volatile @Nullable Target target;

  /// Sets where displays go.
  public static void target(@Nullable Target next) {
    target = next;
  }

  /// Shows a value as a cell's last expression would be shown.
  ///
  /// @return the display's id, for [#updateDisplay(String, Object)]
  public static String display(@Nullable Object value) {
    String id = UUID.randomUUID().toString();
    now().show(forms(value), id, false);
    return id;
  }

  /// Shows data by MIME type, for example `Map.of("text/html", "<b>hi</b>")`. A map whose keys are
  /// no MIME types is shown as a value.
  ///
  /// @return the display's id
  public static String display(Map<?, ?> mime) {
    return display((Object) mime);
  }

  /// Shows HTML.
  public static void html(String html) {
    show("text/html", html);
  }

  /// Shows Markdown.
  public static void markdown(String markdown) {
    show("text/markdown", markdown);
  }

  /// Replaces what an earlier `display` showed.
  ///
  /// @param id what that call returned
  public static void updateDisplay(String id, @Nullable Object value) {
    now().show(forms(value), id, true);
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

  private static void show(String mimeType, String text) {
    var data = new LinkedHashMap<String, Object>();
    data.put("text/plain", text);
    data.put(mimeType, text);
    now().show(data, null, false);
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
