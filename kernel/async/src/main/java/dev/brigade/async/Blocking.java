package dev.brigade.async;

/// What happens when a coroutine blocks its thread anywhere but in `await`.
public enum Blocking {
  /// The loop waits, as asyncio's must: nothing else runs until the call returns.
  STRICT,
  /// The loop goes on with other tasks, as virtual threads would; the task resumes later, in turn.
  LOOM
}
