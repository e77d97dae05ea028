package dev.brigade.async.process;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// In a worker: which variables a job changes, by assignment or inside the object they hold. The
/// parent sees none of it.
final class Changes {
  // To pack what is big twice would cost more than it tells.
  private static final int SMALL = 8 << 10;

  private final boolean looksInside;
  private final Set<Field> read = new LinkedHashSet<>();
  private final Set<Field> written = new LinkedHashSet<>();
  private final Map<Field, @Nullable Object> values = new LinkedHashMap<>();
  private final Map<Field, byte[]> images = new LinkedHashMap<>();

  /// @param parcel the size of the job's parcel
  Changes(int parcel) {
    looksInside = parcel <= SMALL;
  }

  /// The job may read a variable, and may change what it holds.
  void reads(Field field) {
    read.add(field);
  }

  /// The job may assign to a variable.
  void writes(Field field) {
    written.add(field);
  }

  /// All variables are as the job finds them.
  void begin(Realms realms, ClassLoader context) throws IllegalAccessException {
    for (Field field : written) values.put(field, field.get(null));
    if (!looksInside) return;
    for (Field field : read) {
      byte[] image = image(field.get(null), realms, context);
      if (image != null) images.put(field, image);
    }
  }

  /// The job has ended.
  ///
  /// @return the names of the variables it changed
  List<String> end(Realms realms, ClassLoader context) throws IllegalAccessException {
    var names = new LinkedHashSet<String>();
    for (var each : values.entrySet()) {
      Object now = each.getKey().get(null);
      boolean same =
          each.getKey().getType().isPrimitive()
              ? Objects.equals(now, each.getValue())
              : now == each.getValue();
      if (!same) names.add(each.getKey().getName());
    }
    for (var each : images.entrySet()) {
      byte[] now = image(each.getKey().get(null), realms, context);
      if (now != null && !Arrays.equals(now, each.getValue())) names.add(each.getKey().getName());
    }
    return new ArrayList<>(names);
  }

  /// What an object holds, or null if it cannot change or cannot tell.
  private static byte @Nullable [] image(
      @Nullable Object value, Realms realms, ClassLoader context) {
    return switch (value) {
      case null -> null;
      case String _, Number _, Boolean _, Character _, Enum<?> _ -> null;
      default -> {
        try {
          yield Parcel.pack(value, realms, context);
        } catch (IOException | RuntimeException | StackOverflowError _) {
          yield null;
        }
      }
    };
  }
}
