package dev.brigade.session.view;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as what JSON has: maps by name, lists, strings, numbers, booleans and null.
final class JsonTree {
  private static final int DEPTH = 100;
  private static final int ELEMENTS = 100_000;

  private int elements;

  /// The tree of a value. What JSON has no word for becomes text; what is too deep or too much is
  /// cut.
  static @Nullable Object of(@Nullable Object value) {
    return new JsonTree().tree(value, 0);
  }

  private @Nullable Object tree(@Nullable Object value, int depth) {
    if (depth > DEPTH || elements++ > ELEMENTS) return "...";
    return switch (value) {
      case null -> null;
      case Boolean each -> each;
      case Double each when !Double.isFinite(each) -> each.toString();
      case Float each when !Float.isFinite(each) -> each.toString();
      case Number each when isPlain(each) -> each;
      case Map<?, ?> map -> {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (elements > ELEMENTS) break;
          tree.put(String.valueOf(entry.getKey()), tree(entry.getValue(), depth + 1));
        }
        yield tree;
      }
      case Collection<?> all -> list(all, depth);
      case Record row -> row(row, depth);
      default -> value.getClass().isArray() ? array(value, depth) : ValueText.own(value);
    };
  }

  // A counter that others still change is none.
  private static boolean isPlain(Number number) {
    String name = number.getClass().getName();
    return name.startsWith("java.lang.") || name.startsWith("java.math.");
  }

  private List<@Nullable Object> list(Collection<?> all, int depth) {
    var tree = new ArrayList<@Nullable Object>();
    for (Object each : all) {
      if (elements > ELEMENTS) break;
      tree.add(tree(each, depth + 1));
    }
    return tree;
  }

  private List<@Nullable Object> array(Object array, int depth) {
    var tree = new ArrayList<@Nullable Object>();
    for (int i = 0; i < Array.getLength(array) && elements <= ELEMENTS; i++) {
      tree.add(tree(Array.get(array, i), depth + 1));
    }
    return tree;
  }

  private Map<String, @Nullable Object> row(Record row, int depth) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Object value =
          ValueFault.<@Nullable Object>guard(
              () -> tree(RowColumns.component(row, component), depth + 1), fault -> fault);
      tree.put(component.getName(), value);
    }
    return tree;
  }
}
