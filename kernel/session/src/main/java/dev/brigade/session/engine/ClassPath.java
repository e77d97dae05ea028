package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.async.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The user's class path: what the session was opened with and what cells have added to it.
///
/// An addition is seen by the next snippet that is compiled, by completion, by code that runs, and
/// by worker processes, warm ones too: they ask this process for classes they do not know. What
/// comes first wins, as everywhere in Java.
final class ClassPath {
  /// A jar or a directory.
  ///
  /// @param identity the same for all paths of one file
  /// @param origin who has added it, for example `In [3]`
  /// @param state when it was last changed; null for a directory and for what is missing
  record Entry(Path path, Path identity, String origin, @Nullable FileTime state) {
    static Entry of(Path path, String origin) {
      Path whole = path.toAbsolutePath().normalize();
      return new Entry(whole, identity(whole), origin, state(whole));
    }

    boolean isThere() {
      return Files.exists(path);
    }

    private static Path identity(Path path) {
      try {
        return path.toRealPath();
      } catch (IOException _) {
        return path;
      }
    }

    private static @Nullable FileTime state(Path path) {
      try {
        return Files.isRegularFile(path) ? Files.getLastModifiedTime(path) : null;
      } catch (IOException _) {
        return null;
      }
    }
  }

  /// What an addition has come to.
  ///
  /// @param remarks sentences about what was there already and what is hidden
  record Added(List<Path> paths, List<String> remarks) {}

  private final Shell shell;
  private final Surroundings surroundings;
  // Guarded by the JShell entry.
  private final List<Entry> entries = new ArrayList<>();
  // Those that were missing when they were given, and that nobody will look for again.
  private final Set<Path> missing = new LinkedHashSet<>();

  /// @param surroundings where relative paths begin
  /// @param first what the session was opened with
  ClassPath(Shell shell, Surroundings surroundings, List<Path> first) {
    this.shell = shell;
    this.surroundings = surroundings;
    for (Path path : first) {
      Entry entry = Entry.of(path, "from the start");
      entries.add(entry);
      if (!entry.isThere()) missing.add(entry.identity());
    }
  }

  /// What is on it, in the order in which it is searched.
  List<Entry> entries() {
    return shell.enter(() -> List.copyOf(entries));
  }

  /// Adds jars and directories: all of them, or none if one is refused. Called in a coroutine; the
  /// loop goes on while they are found and looked into.
  ///
  /// @param paths finds them, in a thread of its own
  /// @param origin who adds them, for example `In [3]`
  /// @throws CellFailure one is missing, or neither a directory nor a jar
  Added add(Supplier<? extends Collection<Path>> paths, String origin) {
    List<Entry> before = entries();
    List<Wanted> wanted =
        Async.await(
            CompletableFuture.supplyAsync(
                () -> look(paths.get(), origin, before), ClassPath::start));
    return shell.enter(() -> carryOut(wanted));
  }

  /// Not as a thread of the cell's: what finds jars may use libraries of ours.
  private static void start(Runnable work) {
    Thread.ofPlatform()
        .name("brigade-class-path")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .start(work);
  }

  /// One that is asked for.
  ///
  /// @param remarks what there is to say if it is new
  private record Wanted(Entry entry, List<String> remarks) {}

  private List<Wanted> look(Collection<Path> paths, String origin, List<Entry> before) {
    var earlier = new LinkedHashMap<Path, Jar>();
    for (Entry entry : before) earlier.put(entry.identity(), Jar.ifReadable(entry.path()));
    var wanted = new ArrayList<Wanted>();
    for (Path path : paths) {
      Entry entry = Entry.of(path, origin);
      Jar jar = Jar.of(entry.path(), surroundings.directory());
      wanted.add(new Wanted(entry, jar.remarks(earlier.values())));
      earlier.putIfAbsent(entry.identity(), jar);
    }
    return wanted;
  }

  /// Held entry only.
  private Added carryOut(List<Wanted> wanted) {
    var added = new ArrayList<Path>();
    var remarks = new ArrayList<String>();
    for (Wanted each : wanted) {
      Entry known = known(each.entry());
      if (known != null) {
        remarks.add(alreadyThere(known, each.entry()));
        continue;
      }
      entries.add(each.entry());
      added.add(each.entry().path());
      remarks.addAll(each.remarks());
    }
    if (!added.isEmpty()) shell.addToClassPath(added);
    return new Added(List.copyOf(added), List.copyOf(remarks));
  }

  private @Nullable Entry known(Entry entry) {
    return entries.stream()
        .filter(each -> each.identity().equals(entry.identity()))
        .findFirst()
        .orElse(null);
  }

  private String alreadyThere(Entry known, Entry now) {
    String later =
        missing.contains(known.identity())
            ? "; it was missing then, and is seen after a restart"
            : Objects.equals(known.state(), now.state())
                ? ""
                : "; it has changed since, and is seen as it is now after a restart";
    return known.path() + " is there already (" + known.origin() + ")" + later;
  }
}
