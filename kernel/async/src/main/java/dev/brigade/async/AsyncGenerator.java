package dev.brigade.async;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Values that are made one by one, by code that may await in between. Python: an async generator,
/// and `async for` over it.
///
/// ```java
/// AsyncGenerator<Integer> ticks = generator(out -> {
///   for (int i = 0; i < 3; i++) { await(sleep(1)); out.emit(i); }
/// });
/// for (int tick : ticks) System.out.println(tick);   // in a coroutine: each round may wait
/// ```
///
/// Nothing runs until the first value is asked for; between two values the body stands still at its
/// `emit`. Where it does not wait, neither does the loop turn. The body is a task of its own, with
/// the context variables of who asks first; cancelling who asks cancels it at its await. Who stops
/// early closes it, best by try-with-resources, so that its cleanup runs; the end of the program
/// does too. For one consumer at a time.
public final class AsyncGenerator<T> implements Iterable<T>, AutoCloseable {
  /// Where the body puts its values.
  @FunctionalInterface
  public interface Emitter<T> {
    /// Hands a value to who iterates, and stands still until the next is asked for.
    void emit(T value);
  }

  private final ScopedAction<Emitter<T>> body;
  private @Nullable Task<Void> task;
  private @Nullable T item;
  private boolean hasItem;
  private boolean busy;
  private boolean closed;
  private @Nullable Promise<Boolean> wanted;

  AsyncGenerator(ScopedAction<Emitter<T>> body) {
    this.body = body;
  }

  /// The values, for a coroutine: `hasNext()` may wait. There is one sequence: a second iterator
  /// goes on where the first stopped.
  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return hasItem || advance();
      }

      @Override
      public T next() {
        if (!hasNext()) throw new NoSuchElementException("the generator has ended");
        T value = item;
        item = null;
        hasItem = false;
        return Task.nullable(value);
      }
    };
  }

  /// Runs the body to its next value.
  ///
  /// @return false if it has ended
  private boolean advance() {
    Task<?> consumer = Running.requireTask("iterating over a generator");
    if (busy) {
      throw new MisuseError(
          consumer.name()
              + " asks this generator for its next value while another coroutine waits for one: "
              + this
              + ". It serves one consumer at a time; share the values by an AsyncQueue.\n"
              + "  wrong: gather(async(() -> first(ticks)), async(() -> first(ticks)))\n"
              + "  right: for (int tick : ticks) await(queue.put(tick));   // others: queue.get()");
    }
    if (closed) return false;
    busy = true;
    try {
      Task<Void> running = task;
      if (running == null) running = start(consumer);
      else if (!running.isDone()) consumer.runNow(running);
      if (!hasItem && !running.isDone()) awaitItem(consumer, running);
      if (hasItem) return true;
      closed = true;
      running.result(); // throws what the body threw
      return false;
    } finally {
      busy = false;
    }
  }

  private Task<Void> start(Task<?> consumer) {
    EventLoop loop = consumer.loop();
    Coroutine<Void> coroutine =
        Coroutines.of("generator", () -> body.run(value -> emit(loop, value)));
    // The context object itself: what the body sets, who iterates sees, as in Python.
    Task<Void> made =
        loop.registry()
            .createGenerator(coroutine, TaskSpec.inherited(null, null).in(Context.ensureCurrent()));
    task = made;
    made.onDone(_ -> wake());
    made.markRetrieved();
    made.startEagerly();
    return made;
  }

  private void emit(EventLoop loop, T value) {
    if (Running.task() != task) {
      Task<?> caller = Running.task();
      throw new MisuseError(
          "emit(...) belongs to the body of its generator, and this is "
              + (caller == null ? "a callback or another thread" : caller.name())
              + ": the body stands still at its emit, nobody else can."
              + "\n  wrong: generator(out -> createTask(async(() -> out.emit(1))))"
              + "\n  right: generator(out -> out.emit(await(createTask(work()))))");
    }
    if (closed) {
      throw new MisuseError(
          "a generator that is closed emits no more, and the body of this one goes on with "
              + value
              + ". Clean up in a finally block, and let the CancelledError through."
              + "\n  wrong: try { out.emit(1); } catch (CancelledError e) { out.emit(2); }"
              + "\n  right: try { out.emit(1); } finally { cleanUp(); }");
    }
    item = value;
    hasItem = true;
    wake();
    Promise<Boolean> next = new ComposedPromise<>(loop, "next");
    Running.requireTask("emit(...)").awaitDone(next);
    // Who iterates goes on with the body itself, past the promise; a cancellation goes through it.
    if (next.isDone()) next.result();
  }

  private void wake() {
    if (wanted != null && !wanted.isDone()) wanted.setResult(true);
  }

  private void awaitItem(Task<?> consumer, Task<Void> running) {
    try {
      await(consumer.loop(), running);
    } catch (CancelledError e) {
      // As if it had been thrown at the body's await: what the body makes of it counts.
      running.cancel(e.getMessage());
      CancelScope.shielded(() -> await(consumer.loop(), running));
    }
  }

  private void await(EventLoop loop, Task<Void> running) {
    while (!hasItem && !running.isDone()) {
      Promise<Boolean> mine = new ComposedPromise<>(loop, "generator", () -> List.of(running));
      wanted = mine;
      try {
        Awaiting.promise(mine);
      } finally {
        wanted = null;
      }
    }
  }

  /// Ends the body where it stands, and waits until its cleanup is done. Python: `aclose`.
  ///
  /// @throws MisuseError the body went on to emit
  @Override
  public void close() {
    Task<Void> running = task;
    if (closed || running == null || running.isDone()) {
      closed = true;
      return;
    }
    Task<?> consumer = Running.requireTask("generator.close()");
    closed = true;
    hasItem = false;
    running.cancel("the generator was closed");
    CancelScope.shielded(() -> await(consumer.loop(), running));
    if (!running.isCancelled()) running.result();
  }

  @Override
  public String toString() {
    return "<AsyncGenerator " + (closed ? "ended" : task == null ? "not started" : "running") + ">";
  }
}
