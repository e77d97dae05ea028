package dev.brigade.async;

import java.util.List;

/// Where something was made, for debug mode: a walk of the stack, which is too slow for always.
final class CreationStack {
  // As CPython's `constants.DEBUG_STACK_DEPTH`.
  private static final int DEPTH = 10;

  /// The innermost frames of user code.
  static List<StackTraceElement> here() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .filter(StallMeter::isUsers)
                    .limit(DEPTH)
                    .toList());
  }

  private CreationStack() {}
}
