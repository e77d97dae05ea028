package dev.brigade.session.observe;

import org.jspecify.annotations.Nullable;

/// Which lines of cells the frames of stacks are.
@FunctionalInterface
public interface Places {
  /// For example `In [3] line 2`, or null for a frame that is none of a cell.
  @Nullable String of(StackTraceElement frame);
}
