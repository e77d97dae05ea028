package dev.brigade.session.engine;

import dev.brigade.session.spi.Magic;
import dev.brigade.session.spi.Magics;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The commands of both front ends by name: Brigade's own and those of other jars.
final class MagicTable {
  // Completion asks in threads of its own.
  private final Map<String, Magic> byName = new ConcurrentSkipListMap<>();

  MagicTable(Collection<Magic> own) {
    own.forEach(magic -> byName.put(magic.name(), magic));
  }

  /// Adds a magic of the user's, in place of an earlier one of the user's.
  ///
  /// @return false if the name is taken by one that is not the user's
  boolean define(UserMagic magic) {
    return byName.compute(
            magic.name(), (_, known) -> known == null || known instanceof UserMagic ? magic : known)
        == magic;
  }

  /// Adds what other jars bring; Brigade's own names stay.
  void addServices() {
    for (Magics service : ServiceLoader.load(Magics.class, MagicTable.class.getClassLoader())) {
      for (Magic magic : service.magics()) byName.putIfAbsent(magic.name(), magic);
    }
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  Collection<Magic> all() {
    return byName.values();
  }

  /// The magic of a name.
  ///
  /// @throws CellFailure there is none; the message names the nearest
  Magic find(String name) {
    Magic magic = byName.get(name);
    if (magic != null) return magic;
    String near = nearest(name);
    throw CellFailure.of(
        "UnknownMagic",
        "there is no magic named %"
            + name
            + (near == null ? "" : ". Did you mean %" + near + "?")
            + (near == null ? ". " : " ")
            + "%lsmagic lists them all");
  }

  private @Nullable String nearest(String name) {
    List<String> near =
        byName.keySet().stream()
            .filter(known -> distance(known, name) <= 2 || known.startsWith(name))
            .sorted(Comparator.comparingInt(known -> distance(known, name)))
            .toList();
    return near.isEmpty() ? null : near.getFirst();
  }

  /// The number of edits between two words.
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) previous[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
