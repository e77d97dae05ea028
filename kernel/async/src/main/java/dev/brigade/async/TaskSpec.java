package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What a task starts with, besides its coroutine.
///
/// @param name null means `Task-n`
/// @param site the line that makes it
/// @param origin whose work it is
/// @param runScope the program or cell it belongs to
/// @param context the values of its context variables; its own
/// @param cancelScope the scope of the task group it is a child of
/// @param eager whether its first step runs at once
record TaskSpec(
    @Nullable String name,
    @Nullable String site,
    @Nullable Origin origin,
    @Nullable RunScope runScope,
    @Nullable Context context,
    @Nullable CancelScope cancelScope,
    boolean eager) {

  /// What the calling code hands down to tasks it makes.
  static TaskSpec inherited(@Nullable String name, @Nullable String site) {
    Task<?> creator = Running.task();
    return new TaskSpec(
        name,
        site,
        Running.origin(),
        creator == null ? null : creator.scope(),
        Context.captured(),
        null,
        false);
  }

  TaskSpec of(RunScope other) {
    return new TaskSpec(name, site, origin, other, context, cancelScope, eager);
  }

  TaskSpec in(@Nullable Context other) {
    return new TaskSpec(name, site, origin, runScope, other, cancelScope, eager);
  }

  TaskSpec within(@Nullable CancelScope other) {
    return new TaskSpec(name, site, origin, runScope, context, other, eager);
  }

  TaskSpec by(@Nullable Origin other) {
    return new TaskSpec(name, site, other, runScope, context, cancelScope, eager);
  }

  TaskSpec eagerly() {
    return new TaskSpec(name, site, origin, runScope, context, cancelScope, true);
  }
}
