package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What the calling thread is to the runtime. One inheritable slot holds one of these:
///
/// - a [Strand], which says what it is at this moment: the thread is the coroutine of a [Task];
/// - an [EventLoop]: the thread runs that loop and is in a callback;
/// - an [Errand]: any other thread that works for an origin and a loop;
/// - an [Origin]: any other thread that works for an origin.
///
/// A thread that a coroutine makes inherits the task's origin, never the task: it may not await.
final class Running {
  private static final InheritableThreadLocal<@Nullable Object> SLOT =
      new InheritableThreadLocal<>() {
        @Override
        protected @Nullable Object childValue(@Nullable Object parent) {
          return errand(parent instanceof Strand strand ? strand.running() : parent);
        }
      };

  static @Nullable Object get() {
    Object slot = SLOT.get();
    return slot instanceof Strand strand ? strand.running() : slot;
  }

  static void set(@Nullable Object what) {
    if (SLOT.get() instanceof Strand strand) strand.running(what);
    else SLOT.set(what);
  }

  /// The calling thread belongs to a strand from now on.
  static void become(Strand strand) {
    SLOT.set(strand);
  }

  /// The calling thread, if it is a coroutine's, is known by more than its task from now on.
  static void exposeThread() {
    if (SLOT.get() instanceof Strand strand) strand.expose();
  }

  static @Nullable Task<?> task() {
    return get() instanceof Task<?> task ? task : null;
  }

  /// The loop this thread's code runs on, or null.
  static @Nullable EventLoop loop() {
    return loop(get());
  }

  static @Nullable EventLoop loop(@Nullable Object what) {
    if (what instanceof Task<?> task) return task.loop();
    return what instanceof EventLoop loop ? loop : null;
  }

  static @Nullable Origin origin() {
    return origin(get());
  }

  /// What work that the calling thread hands to another thread runs as there.
  static @Nullable Object errand() {
    return errand(get());
  }

  private static @Nullable Object errand(@Nullable Object what) {
    EventLoop loop = clockLoop(what);
    Origin origin = origin(what);
    return loop == null ? origin : new Errand(origin, loop);
  }

  /// The loop whose clock this thread's code goes by, or null.
  static @Nullable EventLoop clockLoop() {
    return clockLoop(get());
  }

  private static @Nullable EventLoop clockLoop(@Nullable Object what) {
    if (what instanceof Task<?> task) return task.loop();
    if (what instanceof EventLoop loop) return loop;
    return what instanceof Errand errand ? errand.loop() : null;
  }

  /// What the calling thread was before [#enter].
  ///
  /// @param joined the origin that counts the thread among its workers since then, or null
  record Before(@Nullable Object what, @Nullable Origin joined) {}

  /// Makes the calling thread work for what [#errand()] gave.
  static Before enter(@Nullable Object errand) {
    var before = get();
    set(errand);
    Origin origin = origin(errand);
    return new Before(before, origin != null && origin.joins() ? origin : null);
  }

  static void leave(Before before) {
    set(before.what);
    if (before.joined == null) return;
    before.joined.leaves();
    Gil.leave();
  }

  static @Nullable Origin origin(@Nullable Object what) {
    if (what instanceof Task<?> task) return task.origin();
    if (what instanceof EventLoop loop) return loop.callbackOrigin();
    if (what instanceof Errand errand) return errand.origin();
    return what instanceof Origin origin ? origin : null;
  }

  /// The calling coroutine's task.
  ///
  /// @throws MisuseError the thread is no coroutine
  static Task<?> requireTask(String what) {
    Object running = get();
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
                + "))   // beside a running loop\n  right: run(async(() -> "
                + what
                + "))   // a whole program");
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
