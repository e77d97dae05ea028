package dev.brigade.async;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// A promise that stands for others: who waits for it really waits for them. Reports follow it, so
/// that "who waits for whom" reaches through `shield`, `waitAny` and task groups.
final class ComposedPromise<T> extends Promise<T> {
  private final String what;
  private final Supplier<? extends Collection<? extends Promise<?>>> parts;

  /// @param what the name of the wait, for reports
  /// @param parts what it stands for at the moment; asked from any thread
  ComposedPromise(
      EventLoop loop, String what, Supplier<? extends Collection<? extends Promise<?>>> parts) {
    super(loop);
    this.what = what;
    this.parts = parts;
  }

  /// A wait for something that is no promise, for example bytes.
  ComposedPromise(EventLoop loop, String what) {
    this(loop, what, List::of);
  }

  String what() {
    return what;
  }

  @Override
  Collection<? extends Promise<?>> parts() {
    return parts.get();
  }
}
