package dev.brigade.session.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values of the last cells: `$3` is the value of `In [3]`, `$` the newest one. A variable is
/// declared for a later cell only when it mentions one, because every living variable costs every
/// later cell time.
final class ValueTable {
  static final int KEPT = 1_000;
  private static final Pattern NAME = Pattern.compile("\\$\\d*");
  private static final SourceMap.Chunk CHUNK =
      new SourceMap.Chunk(SourceMap.Source.of("values", ""), 0, 0);

  /// A value with its static type.
  ///
  /// @param serial tells two values of one cell apart; values are never compared themselves
  record Kept(long serial, @Nullable Object value, String type) {}

  // Guarded by this.
  private final LinkedHashMap<Integer, Kept> values = new LinkedHashMap<>();
  private final Map<String, Long> declared = new HashMap<>();
  private @Nullable Kept newest;
  private long serials;

  synchronized void keep(int number, @Nullable Object value, String type) {
    var kept = new Kept(++serials, value, type);
    newest = kept;
    if (number <= 0) return;
    values.remove(number);
    values.put(number, kept);
    if (values.size() > KEPT) values.pollFirstEntry();
  }

  /// Forgets every value.
  synchronized void clear() {
    values.clear();
    declared.clear();
    newest = null;
  }

  /// Declares the values that a cell names.
  void declare(Set<String> names, Evaluator evaluator) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) continue;
      Kept kept = find(name);
      if (kept == null || isDeclared(name, kept)) continue;
      boolean ok =
          evaluator.declare(kept.type(), name, kept.value(), CHUNK)
              || evaluator.declare("Object", name, kept.value(), CHUNK);
      if (ok) remember(name, kept);
    }
  }

  private synchronized @Nullable Kept find(String name) {
    return name.equals("$") ? newest : values.get(Integer.parseInt(name.substring(1)));
  }

  /// The type of a value by its name, boxed if it is primitive; null if there is none.
  @Nullable String type(String name) {
    if (!NAME.matcher(name).matches()) return null;
    Kept kept = find(name);
    if (kept == null || isDeclared(name, kept)) return null;
    return switch (kept.type()) {
      case "int" -> "Integer";
      case "char" -> "Character";
      case "long", "short", "byte", "boolean", "float", "double" ->
          Character.toUpperCase(kept.type().charAt(0)) + kept.type().substring(1);
      default -> kept.type();
    };
  }

  private synchronized boolean isDeclared(String name, Kept kept) {
    Long serial = declared.get(name);
    return serial != null && serial == kept.serial();
  }

  private synchronized void remember(String name, Kept kept) {
    declared.put(name, kept.serial());
  }

  /// The numbers of the values kept, oldest first.
  synchronized List<Integer> numbers() {
    return List.copyOf(values.keySet());
  }
}
