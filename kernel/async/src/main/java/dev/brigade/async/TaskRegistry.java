package dev.brigade.async;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Makes a loop's tasks and knows the living ones.
final class TaskRegistry {
  private final EventLoop loop;
  private final TaskList living = new TaskList();
  private final Set<Task<?>> generators = new LinkedHashSet<>();
  private final AtomicLong count = new AtomicLong();
  // One for all roots: what one cell sets, the next one sees.
  private final Context rootContext = Context.empty();
  private volatile boolean eager;

  TaskRegistry(EventLoop loop) {
    this.loop = loop;
  }

  /// Makes a task and starts it: its first step runs in the next iteration, or at once if it is
  /// eager.
  <T> Task<T> create(Coroutine<T> coroutine, TaskSpec spec) {
    requireUnused(coroutine);
    Task<T> task = register(coroutine, spec);
    if (spec.eager() || eager) task.startEagerly();
    else task.start();
    return task;
  }

  /// The body of a generator, which is none of the tasks that are listed. Not started.
  <T> Task<T> createGenerator(Coroutine<T> coroutine, TaskSpec spec) {
    var task = new Task<T>(loop, count.incrementAndGet(), coroutine, spec);
    generators.add(task);
    loop.trace().taskCreated(task);
    return task;
  }

  /// The bodies of generators that have not ended. Loop thread only.
  List<Task<?>> generators() {
    return List.copyOf(generators);
  }

  private static void requireUnused(Coroutine<?> coroutine) {
    if (coroutine.isStarted()) coroutine.begin(); // throws, with the rule
  }

  private <T> Task<T> register(Coroutine<T> coroutine, TaskSpec spec) {
    if (loop.isClosed()) {
      coroutine.close();
      throw LoopRuns.closed(loop);
    }
    var task = new Task<T>(loop, count.incrementAndGet(), coroutine, spec);
    living.add(task);
    if (spec.cancelScope() != null) spec.cancelScope().adopt(task);
    loop.trace().taskCreated(task);
    return task;
  }

  /// The main task of a cell, from any thread.
  <T> Task<T> createRoot(Origin origin, String name, Callable<T> body) {
    return createRoot(origin, name, body, rootContext);
  }

  <T> Task<T> createRoot(Origin origin, String name, Callable<T> body, @Nullable Context context) {
    var scope = new RunScope(true);
    var spec = new TaskSpec(name, null, origin, scope, context, null, false);
    Task<T> task = register(new Coroutine<T>(body, name, null), spec);
    scope.main(task);
    loop.callSoonThreadsafe(task::start);
    return task;
  }

  /// The main task of a program.
  <T> Task<T> createMain(Coroutine<T> main, RunScope scope, TaskSpec spec) {
    Task<T> task = create(main, spec.of(scope));
    scope.main(task);
    return task;
  }

  <T> Promise<T> ensurePromise(Awaitable<T> awaitable, @Nullable String site) {
    return switch (awaitable) {
      case Promise<T> promise -> {
        if (promise.loop() != loop) throw loop.otherLoop(promise);
        yield promise;
      }
      case Coroutine<T> coroutine ->
          create(coroutine, TaskSpec.inherited(null, site == null ? coroutine.site() : site));
    };
  }

  void eager(boolean on) {
    eager = on;
  }

  void ended(Task<?> task) {
    if (generators.isEmpty() || !generators.remove(task)) living.remove(task);
    CancelScope scope = task.groupScope();
    if (scope != null) scope.release(task);
    loop.trace().taskEnded(task);
  }

  /// The living tasks in the order of their creation. Any thread.
  List<Task<?>> living() {
    return living.snapshot();
  }

  /// How many were made. Any thread.
  long created() {
    return count.get();
  }

  List<Task<?>> of(RunScope scope) {
    var mine = new ArrayList<Task<?>>();
    for (Task<?> task : living()) if (task.scope() == scope) mine.add(task);
    return mine;
  }
}
