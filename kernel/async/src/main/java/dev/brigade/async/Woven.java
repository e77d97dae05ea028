package dev.brigade.async;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The facade's methods with the place they were called from, for woven code to call instead: a
/// place is a constant there, never a stack walk. Nothing for learners.
///
/// A site reads `In [3] line 2`; a function is the name of the method that the call stands in.
public final class Woven {
  public static <T> Coroutine<T> async(Callable<T> body, String function, String site) {
    return new Coroutine<>(body, function, site);
  }

  public static Coroutine<Void> async(Action body, String function, String site) {
    return new Coroutine<>(Actions.callable(body), function, site);
  }

  public static <T> T await(Awaitable<T> awaitable, String site) {
    Awaiting.at(site);
    return Async.await(awaitable);
  }

  public static <T> T await(CompletionStage<T> stage, String site) {
    Awaiting.at(site);
    return Async.await(stage);
  }

  public static <T> T await(CompletableFuture<T> future, String site) {
    Awaiting.at(site);
    return Async.await(future);
  }

  public static <T> T await(Future<T> future, String site) {
    Awaiting.at(site);
    return Async.await(future);
  }

  public static <T, E extends Exception> T await(
      Awaitable<T> awaitable, Class<E> declared, String site) throws E {
    Awaiting.at(site);
    return Async.await(awaitable, declared);
  }

  public static <T> T run(Coroutine<T> main, String site) {
    Awaiting.at(site);
    return Async.run(main);
  }

  public static <T> T run(Coroutine<T> main, Supplier<EventLoop> loopFactory, String site) {
    Awaiting.at(site);
    return Async.run(main, loopFactory);
  }

  public static <T> Task<T> createTask(Coroutine<T> coroutine, String site) {
    return Running.requireLoop("createTask(...)").createTask(coroutine, null, site);
  }

  public static <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name, String site) {
    return Running.requireLoop("createTask(...)").createTask(coroutine, name, site);
  }

  public static <T> Task<T> createTask(EventLoop loop, Coroutine<T> coroutine, String site) {
    loop.requireInside("loop.createTask(...)", "loop.callSoonThreadsafe(...)");
    return loop.createTask(coroutine, null, site);
  }

  public static <T> Task<T> createTask(TaskGroup group, Coroutine<T> coroutine, String site) {
    return group.createTask(coroutine, null, site);
  }

  public static <T> Task<T> createTask(
      TaskGroup group, Coroutine<T> coroutine, @Nullable String name, String site) {
    return group.createTask(coroutine, name, site);
  }

  public static <T> Promise<List<T>> gather(Awaitable<? extends T>[] awaitables, String site) {
    return Async.gatherAt(Arrays.asList(awaitables), site);
  }

  public static <T> Promise<List<T>> gather(
      Collection<? extends Awaitable<? extends T>> awaitables, String site) {
    return Async.gatherAt(awaitables, site);
  }

  public static <T> Promise<List<Settled<T>>> gatherSettled(
      Awaitable<? extends T>[] awaitables, String site) {
    return Async.gatherSettledAt(Arrays.asList(awaitables), site);
  }

  public static <T> Promise<List<Settled<T>>> gatherSettled(
      Collection<? extends Awaitable<? extends T>> awaitables, String site) {
    return Async.gatherSettledAt(awaitables, site);
  }

  /// A statement made a coroutine and dropped it: called with what the call gave.
  public static void dropped(@Nullable Object value, String site) {
    EventLoop loop = Running.loop();
    if (loop == null || !(value instanceof Coroutine<?> coroutine) || coroutine.isStarted()) return;
    coroutine.close();
    loop.notices().notice(new Notice.NeverAwaited(Running.origin(), coroutine.name(), site));
  }

  private Woven() {}
}
