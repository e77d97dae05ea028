package dev.brigade.async;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Who started a piece of work. Tasks, threads and pool jobs inherit it when they are created, so
/// that what they print or break can be shown where they came from. A notebook makes one for each
/// cell.
///
/// Held in an [InheritableThreadLocal]: a thread made by a task inherits it from the task.
public final class Origin {
  private static final InheritableThreadLocal<@Nullable Origin> CURRENT =
      new InheritableThreadLocal<>();

  private final String label;

  private Origin(String label) {
    this.label = label;
  }

  /// A new origin; two of the same label are different.
  public static Origin of(String label) {
    return new Origin(label);
  }

  /// The origin of the calling thread, or null where no work has one.
  public static @Nullable Origin current() {
    return CURRENT.get();
  }

  /// Runs code in this thread under an origin and restores the former one; null runs it under none.
  public static <T> T call(@Nullable Origin origin, Callable<T> code) throws Exception {
    Origin before = CURRENT.get();
    CURRENT.set(origin);
    try {
      return code.call();
    } finally {
      CURRENT.set(before);
    }
  }

  /// Makes an origin the calling thread's until it is changed again.
  static void adopt(@Nullable Origin origin) {
    CURRENT.set(origin);
  }

  /// For example `In [3]`.
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
