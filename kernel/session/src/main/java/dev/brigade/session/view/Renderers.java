package dev.brigade.session.view;

import dev.brigade.session.MimeBundle;
import dev.brigade.session.spi.TypeForms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The registry from a value's type to its MIME bundle. Any thread.
///
/// What a value's own code or a renderer throws is said in the bundle's text; what they never end,
/// an interrupt stops, and that is thrown on.
public final class Renderers implements TypeForms.Registry {
  private record Entry<T>(Class<T> type, Function<? super T, Map<String, Object>> forms) {
    Map<String, Object> apply(Object value) {
      return forms.apply(type.cast(value));
    }
  }

  // The newest first, so that a learner's own wins.
  private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();
  private volatile Runnable before = () -> {};
  private volatile Runnable once = () -> {};

  /// Where more is found.
  ///
  /// @param first what is done once, while nobody waits
  /// @param each what is done before each look; returns at once if there is nothing new
  public void sources(Runnable first, Runnable each) {
    once = first;
    before = each;
  }

  /// Does what is done once. Takes milliseconds.
  public void warmUp() {
    once.run();
  }

  @Override
  public <T> void displayAs(Class<T> type, Function<? super T, Map<String, Object>> forms) {
    entries.addFirst(new Entry<>(type, forms));
  }

  /// A value in every form; the text always.
  public MimeBundle bundle(@Nullable Object value) {
    before.run();
    var data = new LinkedHashMap<String, Object>();
    String fault = "";
    if (value != null) {
      Entry<?> entry = entry(value);
      fault =
          ValueFault.guard(
              () -> {
                data.putAll(
                    FormCheck.checked(entry == null ? KnownForms.of(value) : entry.apply(value)));
                return "";
              },
              words ->
                  "\n(what says how "
                      + value.getClass().getSimpleName()
                      + " is shown "
                      + words
                      + ")");
    }
    if (!(data.get(MimeBundle.PLAIN) instanceof String)) {
      data.put(MimeBundle.PLAIN, ValueText.of(value) + fault);
    }
    return new MimeBundle(data, Map.of());
  }

  /// Rows as a table that somebody asked for.
  ///
  /// @throws IllegalArgumentException they are no rows, or have no such column
  public MimeBundle table(@Nullable Object rows, List<String> columns) {
    Grid grid = Rows.asked(rows, columns);
    if (grid.columns().isEmpty()) return MimeBundle.text("(no rows)");
    return new MimeBundle(new LinkedHashMap<>(KnownForms.table(grid)), Map.of());
  }

  private @Nullable Entry<?> entry(Object value) {
    for (Entry<?> entry : entries) {
      if (entry.type().isInstance(value)) return entry;
    }
    return null;
  }
}
