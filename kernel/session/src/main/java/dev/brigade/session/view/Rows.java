package dev.brigade.session.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a table out of a value; no more of them than are shown.
final class Rows {
  private static final int UNKNOWN = -1;

  /// The rows as far as they are shown.
  ///
  /// @param more how many are left out
  private record First(List<@Nullable Object> values, long more) {
    boolean all(Predicate<@Nullable Object> condition) {
      return values.stream().allMatch(condition);
    }

    Grid grid(List<String> columns) {
      return RowColumns.grid(values, columns, more);
    }
  }

  /// The table of a value that is one by nature: records, maps by name or arrays in a collection or
  /// array. Null if it is none.
  static @Nullable Grid natural(Object value) {
    if (!(value instanceof Object[] || value instanceof Collection<?>)) return null;
    if (value instanceof Collection<?> && !ValueText.hasPlainText(value)) return null;
    return ValueFault.<@Nullable Grid>guard(
        () -> {
          First first = first(value);
          if (first == null || first.values().isEmpty()) return null;
          boolean table =
              first.all(each -> each instanceof Record row && RowColumns.isData(row))
                  || first.all(RowColumns::isNamed)
                  || (value instanceof Object[] && first.all(RowColumns::isArray));
          return table ? first.grid(List.of()) : null;
        },
        _ -> null);
  }

  /// The table of a map: keys and values, or a column for each component of values that are
  /// records. Null if it has a text of its own.
  static @Nullable Grid ofMap(Map<?, ?> map) {
    if (!ValueText.hasPlainText(map)) return null;
    return ValueFault.<@Nullable Grid>guard(
        () -> {
          First first = first(map);
          return first == null || first.values().isEmpty() ? null : first.grid(List.of());
        },
        _ -> null);
  }

  /// The table of one record: a row for each component. Null if it has a text of its own.
  static @Nullable Grid ofRecord(Record value) {
    if (!RowColumns.isData(value)) return null;
    var rows = new ArrayList<List<Grid.Item>>();
    RowColumns.components(value)
        .forEach((name, item) -> rows.add(List.of(Grid.Item.of(name), item)));
    return rows.isEmpty() ? null : new Grid(List.of("component", "value"), rows, 0, 0);
  }

  /// The table that somebody asked for.
  ///
  /// @throws IllegalArgumentException these are no rows, or they have no such column
  static Grid asked(@Nullable Object rows, List<String> columns) {
    First first = rows == null ? null : first(rows);
    if (first != null) return first.grid(columns);
    throw new IllegalArgumentException(
        "a table is made of rows: a collection, array, map or stream, and this is "
            + (rows == null ? "null" : "a " + rows.getClass().getSimpleName())
            + ".\n  wrong: displayTable(row)\n  right: displayTable(List.of(row))");
  }

  private static @Nullable First first(Object rows) {
    return switch (rows) {
      case Collection<?> all -> first(all.iterator(), all::size);
      case Map<?, ?> map -> first(map.entrySet().iterator(), map::size);
      case BaseStream<?, ?> stream -> first(stream.iterator(), () -> UNKNOWN);
      case Iterable<?> all -> first(all.iterator(), () -> UNKNOWN);
      case Object[] array -> first(Arrays.asList(array).iterator(), () -> array.length);
      default -> null;
    };
  }

  private static First first(Iterator<?> each, IntSupplier size) {
    var values = new ArrayList<@Nullable Object>();
    while (values.size() <= Grid.WHOLE && each.hasNext()) values.add(each.next());
    if (values.size() <= Grid.WHOLE) return new First(values, 0);
    int all = size.getAsInt();
    long more = all > Grid.HEAD ? all - Grid.HEAD : Grid.UNKNOWN;
    return new First(new ArrayList<>(values.subList(0, Grid.HEAD)), more);
  }

  private Rows() {}
}
