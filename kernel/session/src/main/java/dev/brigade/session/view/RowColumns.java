package dev.brigade.session.view;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of rows: the components of records, the keys of maps, the places of arrays.
final class RowColumns {
  /// As many of one row's are read; a row of thousands is none for people.
  private static final int READ = 200;

  /// Makes a table of values, each a row.
  ///
  /// @param wanted the columns to show; all if empty
  /// @throws IllegalArgumentException there is no such column
  static Grid grid(List<@Nullable Object> values, List<String> wanted, long more) {
    boolean mixed = values.stream().allMatch(Record.class::isInstance) && classes(values) > 1;
    var rows = new ArrayList<SequencedMap<String, Grid.Item>>();
    for (Object value : values) {
      SequencedMap<String, Grid.Item> row = items(value);
      if (mixed && value != null) {
        row.putFirst("type", Grid.Item.of(value.getClass().getSimpleName()));
      }
      rows.add(row);
    }
    boolean places = !values.isEmpty() && values.stream().allMatch(RowColumns::hasPlaces);
    return places && !wanted.isEmpty() ? named(rows, wanted, more) : chosen(rows, wanted, more);
  }

  private static long classes(List<@Nullable Object> values) {
    return values.stream().map(each -> each == null ? null : each.getClass()).distinct().count();
  }

  private static Grid chosen(
      List<SequencedMap<String, Grid.Item>> rows, List<String> wanted, long more) {
    Set<String> all = new LinkedHashSet<>();
    rows.forEach(row -> all.addAll(row.keySet()));
    for (String column : wanted) {
      if (!all.contains(column) && !rows.isEmpty()) {
        throw new IllegalArgumentException(
            "these rows have no column `" + column + "`; they have " + String.join(", ", all));
      }
    }
    List<String> columns = List.copyOf(wanted.isEmpty() ? all : wanted);
    int shown = Math.min(columns.size(), Grid.COLUMNS);
    return grid(rows, columns.subList(0, shown), columns.subList(0, shown), more, columns.size());
  }

  /// Rows without names, whose columns are named by those that are wanted.
  private static Grid named(
      List<SequencedMap<String, Grid.Item>> rows, List<String> wanted, long more) {
    int shown = Math.min(wanted.size(), Grid.COLUMNS);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < shown; i++) keys.add(String.valueOf(i));
    return grid(rows, keys, wanted.subList(0, shown), more, wanted.size());
  }

  private static Grid grid(
      List<SequencedMap<String, Grid.Item>> rows,
      List<String> keys,
      List<String> heads,
      long more,
      int all) {
    var items = new ArrayList<List<Grid.Item>>();
    for (Map<String, Grid.Item> row : rows) {
      items.add(keys.stream().map(key -> row.getOrDefault(key, Grid.Item.NONE)).toList());
    }
    return new Grid(heads, items, more, all - keys.size());
  }

  private static SequencedMap<String, Grid.Item> items(@Nullable Object row) {
    var items = new LinkedHashMap<String, Grid.Item>();
    switch (row) {
      case Record each -> items.putAll(components(each));
      case Map.Entry<?, ?> entry -> {
        items.put("key", Grid.Item.of(entry.getKey()));
        if (entry.getValue() instanceof Record each && isData(each)) items.putAll(components(each));
        else items.put("value", Grid.Item.of(entry.getValue()));
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (items.size() == READ) break;
          items.put(String.valueOf(entry.getKey()), Grid.Item.of(entry.getValue()));
        }
      }
      case Collection<?> places -> {
        for (Object place : places) {
          if (items.size() == READ) break;
          items.put(String.valueOf(items.size()), Grid.Item.of(place));
        }
      }
      case null -> items.put("value", Grid.Item.of(null));
      default -> {
        if (!isArray(row)) items.put("value", Grid.Item.of(row));
        else {
          int length = Math.min(READ, Array.getLength(row));
          for (int i = 0; i < length; i++) {
            items.put(String.valueOf(i), Grid.Item.of(Array.get(row, i)));
          }
        }
      }
    }
    return items;
  }

  static Map<String, Grid.Item> components(Record value) {
    var items = new LinkedHashMap<String, Grid.Item>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Grid.Item item =
          ValueFault.guard(() -> Grid.Item.of(component(value, component)), Grid.Item::fault);
      items.put(component.getName(), item);
    }
    return items;
  }

  /// A component's value.
  ///
  /// @throws Throwable what its accessor throws
  static @Nullable Object component(Record value, RecordComponent component) throws Throwable {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    try {
      return accessor.invoke(value);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /// Whether a record is shown by its components: one with a `toString` of its own is not. The
  /// compiler's is final, and nobody else's has to be.
  static boolean isData(Record value) {
    try {
      return Modifier.isFinal(value.getClass().getMethod("toString").getModifiers());
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }

  /// Whether it is a map of names to values.
  static boolean isNamed(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        && !map.isEmpty()
        && ValueText.hasPlainText(map)
        && map.keySet().stream().limit(READ).allMatch(String.class::isInstance);
  }

  static boolean isArray(@Nullable Object value) {
    return value != null && value.getClass().isArray();
  }

  private static boolean hasPlaces(@Nullable Object value) {
    return isArray(value) || value instanceof Collection<?>;
  }

  private RowColumns() {}
}
