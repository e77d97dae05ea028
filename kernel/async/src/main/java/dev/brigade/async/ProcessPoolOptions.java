package dev.brigade.async;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a [ProcessPool] is made.
///
/// @param workers the most processes; at least 1
/// @param initializer runs first in each process, or null; if it throws, the pool is broken
/// @param maxTasksPerChild after so many jobs a process is replaced by a new one; 0 for never
/// @param jvmFlags more flags for the JVM of each process, for example `-Xmx4g`
public record ProcessPoolOptions(
    int workers, @Nullable VoidJob initializer, int maxTasksPerChild, List<String> jvmFlags) {

  public ProcessPoolOptions {
    if (workers < 1) {
      throw new IllegalArgumentException(
          "a pool needs at least 1 process, and it was given " + workers);
    }
    if (maxTasksPerChild < 0) {
      throw new IllegalArgumentException(
          "maxTasksPerChild counts jobs, 0 for no limit, and it was given " + maxTasksPerChild);
    }
    jvmFlags = List.copyOf(jvmFlags);
  }

  /// As many processes as there are processors, each kept for ever.
  public static ProcessPoolOptions defaults() {
    return new ProcessPoolOptions(Runtime.getRuntime().availableProcessors(), null, 0, List.of());
  }

  public ProcessPoolOptions withWorkers(int other) {
    return new ProcessPoolOptions(other, initializer, maxTasksPerChild, jvmFlags);
  }

  public ProcessPoolOptions withInitializer(VoidJob other) {
    return new ProcessPoolOptions(workers, other, maxTasksPerChild, jvmFlags);
  }

  public ProcessPoolOptions withMaxTasksPerChild(int other) {
    return new ProcessPoolOptions(workers, initializer, other, jvmFlags);
  }

  public ProcessPoolOptions withJvmFlags(String... other) {
    return new ProcessPoolOptions(workers, initializer, maxTasksPerChild, List.of(other));
  }
}
