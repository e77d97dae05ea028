package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What the calling thread is to the runtime. One inheritable slot holds one of three things:
///
/// - a [Task]: the thread is that task's coroutine;
/// - an [EventLoop]: the thread runs that loop and is in a callback;
/// - an [Origin]: any other thread, working for that origin.
///
/// A thread that a coroutine makes inherits the task's origin, never the task: it may not await.
final class Running {
  private static final InheritableThreadLocal<@Nullable Object> SLOT =
      new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Object childValue(@Nullable Object parent) {
          return origin(parent);
        }
      };

  static @Nullable Object get() {
    return SLOT.get();
  }

  static void set(@Nullable Object what) {
    SLOT.set(what);
  }

  static @Nullable Task<?> task() {
    return SLOT.get() instanceof Task<?> task ? task : null;
  }

  /// The loop this thread's code runs on, or null.
  static @Nullable EventLoop loop() {
    Object what = SLOT.get();
    if (what instanceof Task<?> task) return task.loop();
    return what instanceof EventLoop loop ? loop : null;
  }

  static @Nullable Origin origin() {
    return origin(SLOT.get());
  }

  private static @Nullable Origin origin(@Nullable Object what) {
    if (what instanceof Task<?> task) return task.origin();
    if (what instanceof EventLoop loop) return loop.callbackOrigin();
    return what instanceof Origin origin ? origin : null;
  }

  /// The calling coroutine's task.
  ///
  /// @throws MisuseError the thread is no coroutine
  static Task<?> requireTask(String what) {
    Object running = SLOT.get();
    if (running instanceof Task<?> task) return task;
    throw new MisuseError(
        running instanceof EventLoop
            ? what
                + " works only inside a coroutine, and this is a callback of the loop: it must"
                + " return at once.\n  wrong: loop.callSoon(() -> "
                + what
                + ")\n  right: createTask(async(() -> "
                + what
                + "))"
            : what
                + " works only inside a coroutine, and thread \""
                + Thread.currentThread().getName()
                + "\" is none.\n  wrong: new Thread(() -> "
                + what
                + ").start()\n  right: createTask(async(() -> "
                + what
                + "))");
  }

  /// The running loop.
  ///
  /// @throws MisuseError no loop runs in this thread
  static EventLoop requireLoop(String what) {
    EventLoop loop = loop();
    if (loop != null) return loop;
    throw new MisuseError(
        what
            + " needs a running event loop, and none runs in thread \""
            + Thread.currentThread().getName()
            + "\".\n  wrong: "
            + what
            + " outside run(...)\n  right: run(async(() -> { "
            + what
            + "; }))");
  }

  private Running() {}
}
