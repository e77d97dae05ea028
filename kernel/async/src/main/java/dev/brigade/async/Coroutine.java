package dev.brigade.async;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Work that has not started: nothing runs until it is awaited, or made a task. Made by
/// [Async#async(Callable)].
///
/// Awaiting it runs the body in the awaiting task, with no turn of the loop unless the body itself
/// waits. It can be awaited once. Python: a coroutine object.
public final class Coroutine<T> implements Awaitable<T> {
  /// A coroutine that nobody has awaited so far.
  ///
  /// @param name the name of the method that made it
  /// @param site the line that made it, or null where unknown
  /// @param origin whose work it is, or null
  public record Unawaited(String name, @Nullable String site, @Nullable Origin origin) {}

  // Null once begun: what it holds is the running code's, and may be garbage before its end.
  private @Nullable Callable<T> body;
  private final String name;
  private final @Nullable String site;
  private final @Nullable Origin owner;
  // Where somebody listens, the mark of its being used is kept outside: it must outlive this.
  private final @Nullable CoroutineOrigin watched;
  private boolean begun;

  Coroutine(Callable<T> body, String name, @Nullable String site) {
    Object running = Running.get();
    this.body = body;
    this.name = name;
    this.site = site;
    this.owner = Running.origin(running);
    EventLoop loop = Running.loop(running);
    this.watched =
        loop != null && loop.hearsOfUnawaited(owner)
            ? NeverAwaitedWatch.watch(this, loop, new CoroutineOrigin(name, site, owner))
            : null;
  }

  /// Marks it as used.
  ///
  /// @throws MisuseError it was used before
  Callable<T> begin() {
    Callable<T> once = body;
    body = null;
    if (!first() || once == null) {
      throw new MisuseError(
          "a coroutine runs once, and this one was already awaited: "
              + this
              + "."
              + "\n  wrong: var c = work(); await(c); await(c);"
              + "\n  right: await(work()); await(work());   // a new one each time"
              + "\n  right: var task = createTask(work()); await(task); await(task);");
    }
    return once;
  }

  private boolean first() {
    if (watched != null) return watched.begin();
    boolean first = !begun;
    begun = true;
    return first;
  }

  /// Gives it up without running it, and without a warning: for example the coroutine of a task
  /// that was cancelled before its first step. Python: `coroutine.close()`.
  public void close() {
    first();
    body = null;
  }

  /// Whether it was awaited, made a task, or closed.
  public boolean isStarted() {
    return watched == null ? begun : watched.begun();
  }

  /// The name of the method that made it, or `coroutine`.
  public String name() {
    return name;
  }

  /// Where it was made, for example `In [3] line 2`, or null where unknown.
  public @Nullable String site() {
    return site;
  }

  /// Whose work it is, or null.
  public @Nullable Origin origin() {
    return owner;
  }

  @Override
  public String toString() {
    return "<Coroutine "
        + name()
        + (isStarted() ? ", started" : ", not started")
        + (site() == null ? "" : ", from " + site())
        + ">";
  }
}
