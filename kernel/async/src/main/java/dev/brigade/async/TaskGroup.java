package dev.brigade.async;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tasks that end together: a block that makes them waits for all, and if one fails, cancels the
/// others. Made by [Async#taskGroup]. Python: `asyncio.TaskGroup`.
///
/// | state | enters by | new tasks |
/// |---|---|---|
/// | open | `taskGroup(...)` | yes |
/// | aborting | an error, a cancellation, [#cancel()] | no |
/// | finished | all tasks have ended | no |
///
/// The errors of children and block come out in one [ExceptionGroup]; a cancellation from outside
/// comes out as such if there were no errors; a [KeyboardInterrupt] comes out as it is. For the
/// thread of control of the loop.
public final class TaskGroup {
  private final EventLoop loop;
  private final Task<?> parent;
  private final @Nullable CancelScope scope;
  // Also read by reports from other threads.
  private final Set<Task<?>> running = ConcurrentHashMap.newKeySet();
  private final List<Throwable> errors = new ArrayList<>();
  private @Nullable Throwable interrupt;
  private @Nullable Promise<Boolean> allEnded;
  private boolean exiting;
  private boolean aborting;
  private boolean cancelled;
  private boolean parentCancelRequested;

  private TaskGroup() {
    this.parent = Running.requireTask("taskGroup(...)");
    this.loop = parent.loop();
    this.scope = parent.cancelScope();
  }

  static <T> T call(ScopedCall<TaskGroup, T> body) {
    var group = new TaskGroup();
    T value = null;
    Throwable thrown = null;
    try {
      value = body.call(group);
    } catch (Throwable t) { // joined with the errors of the children
      thrown = t;
    }
    group.exit(thrown);
    return Task.nullable(value);
  }

  /// Starts a child. The block does not end before it has.
  ///
  /// @throws MisuseError the group is finished, or is stopping because of an error
  public <T> Task<T> createTask(Coroutine<T> coroutine) {
    return createTask(coroutine, null);
  }

  /// Starts a child under a name.
  public <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
    return createTask(coroutine, name, coroutine.site());
  }

  <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name, @Nullable String site) {
    loop.requireInside("group.createTask(...)", "loop.callSoonThreadsafe(...)");
    requireOpen(coroutine);
    Task<T> task = loop.registry().create(coroutine, TaskSpec.inherited(name, site).within(scope));
    running.add(task);
    // Also for a task that is done already: its error must not end the block too early.
    task.onDone(this::childDone);
    return task;
  }

  private void requireOpen(Coroutine<?> coroutine) {
    boolean finished = exiting && running.isEmpty();
    if (!finished && !aborting) return;
    coroutine.close();
    throw new MisuseError(
        finished
            ? "this task group is finished: its block has ended, so no task can join it any more: "
                + this
                + ". Create tasks inside the block."
                + "\n  wrong: taskGroup(group -> { kept = group; }); kept.createTask(work());"
                + "\n  right: taskGroup(group -> { group.createTask(work()); });"
            : "this task group is shutting down"
                + (errors.isEmpty() ? "" : " because a task failed (" + errors.getFirst() + ")")
                + ", and takes no more tasks: "
                + this
                + ". Create tasks before, or deal with the failure inside the task.\n"
                + "  wrong: try { await(task); } catch (Exception e) { group.createTask(retry());"
                + " }\n"
                + "  right: group.createTask(async(() -> { try { ... } catch (IOException e) {"
                + " await(retry()); } }));");
  }

  /// Starts a child and waits until it says that it is ready, by [Started#started].
  ///
  /// ```java
  /// int port = await(group.start(ready -> server(ready)));  // server calls ready.started(8080)
  /// ```
  ///
  /// What the child throws before that goes to who waits here. Cancelling the wait cancels the
  /// child. Trio: `nursery.start`.
  public <T> Coroutine<T> start(Function<Started<T>, ? extends Coroutine<?>> child) {
    return Coroutines.of("TaskGroup.start", () -> startAndWait(child));
  }

  private <T> T startAndWait(Function<Started<T>, ? extends Coroutine<?>> child) {
    Promise<T> ready = loop.createPromise();
    Coroutine<?> coroutine = child.apply(new Started<>(ready));
    Task<?> task =
        createTask(
            new Coroutine<Void>(
                () -> {
                  untilReady(coroutine, ready);
                  return Actions.nothing();
                },
                coroutine.name(),
                coroutine.site()));
    try {
      return Awaiting.promise(ready);
    } catch (CancelledError e) {
      if (!task.isDone()) CancelScope.shielded(() -> Waits.cancelAndWait(task));
      throw e;
    }
  }

  private static void untilReady(Coroutine<?> child, Promise<?> ready) {
    try {
      Awaiting.awaitable(child);
    } catch (Throwable t) { // before it was ready it concerns who started it, later the group
      if (ready.isDone()) throw Throwing.asIs(t);
      if (t instanceof CancelledError) ready.settleCancelled(t.getMessage());
      else ready.setError(t);
      return;
    }
    if (ready.isDone()) return;
    ready.setError(
        new MisuseError(
            "the child "
                + child.name()
                + " ended without calling started(...), so nobody knows whether it was ready. Call"
                + " it once what others need is there.\n"
                + "  wrong: group.start(ready -> async(() -> serve()))\n"
                + "  right: group.start(ready -> async(() -> { ready.started(port); serve(); }))"));
  }

  /// How a child of [TaskGroup#start] says that it is ready.
  public static final class Started<T> {
    private final Promise<T> ready;

    private Started(Promise<T> ready) {
      this.ready = ready;
    }

    /// The child is ready; who started it goes on with the value.
    ///
    /// @throws InvalidStateError it was said before
    public void started(T value) {
      if (ready.isCancelled()) return; // nobody waits any more
      ready.setResult(value);
    }
  }

  /// Cancels the children and the rest of the block, and ends the block without an error. Python:
  /// `TaskGroup.cancel`, of 3.15.
  public void cancel() {
    loop.requireInside("group.cancel()", "loop.callSoonThreadsafe(group::cancel)");
    if (cancelled || exiting && running.isEmpty()) return;
    cancelled = true;
    if (!aborting) abort();
    requestParentCancel();
  }

  /// The children that still run, in the order of their creation. Any thread.
  public List<Task<?>> tasks() {
    var all = new ArrayList<Task<?>>(running);
    all.sort(Comparator.comparingLong(Task::id));
    return all;
  }

  private void abort() {
    aborting = true;
    for (Task<?> task : tasks()) if (!task.isDone()) task.cancel();
  }

  private void requestParentCancel() {
    if (parentCancelRequested || parent.isDone()) return;
    parentCancelRequested = true;
    parent.cancel();
  }

  private void childDone(Promise<?> child) {
    running.remove((Task<?>) child);
    if (allEnded != null && running.isEmpty() && !allEnded.isDone()) allEnded.setResult(true);
    if (child.isCancelled()) return;
    Throwable error = child.error();
    if (error == null) return;
    errors.add(error);
    noteInterrupt(error);
    if (!aborting && !parentCancelRequested) {
      abort();
      requestParentCancel();
    }
  }

  private void noteInterrupt(Throwable error) {
    if (interrupt == null && error instanceof KeyboardInterrupt) interrupt = error;
  }

  /// The end of the block (CPython: `TaskGroup.__aexit__`).
  private void exit(@Nullable Throwable thrown) {
    exiting = true;
    if (thrown != null) noteInterrupt(thrown);
    CancelledError cancellation = thrown instanceof CancelledError c ? c : null;
    if (thrown != null && !aborting) abort();
    while (!running.isEmpty()) {
      Promise<Boolean> end = new ComposedPromise<>(loop, "taskGroup", this::tasks);
      allEnded = end;
      try {
        // A cancelled scope would throw at every await; the children must still be waited for.
        if (aborting) CancelScope.shielded(() -> Awaiting.promise(end));
        else Awaiting.promise(end);
      } catch (CancelledError e) {
        if (!aborting) {
          // The parent itself is cancelled: its children are, and the cancellation goes on.
          cancellation = e;
          abort();
        }
      }
      allEnded = null;
    }
    throwOutcome(thrown, cancellation);
  }

  private void throwOutcome(@Nullable Throwable thrown, @Nullable CancelledError cancellation) {
    if (interrupt != null) throw Throwing.asIs(interrupt);
    CancelledError goesOn = cancellation;
    // The request was ours; if no other is open, the cancellation ends here.
    if (parentCancelRequested && parent.uncancel() == 0) goesOn = null;
    if (goesOn != null && errors.isEmpty()) throw goesOn;
    if (thrown != null && !(thrown instanceof CancelledError)) errors.add(thrown);
    if (errors.isEmpty()) return;
    if (parent.cancelling() > 0) {
      // Cancelled from outside as well: the request stays, to be delivered at the next await.
      parent.uncancel();
      parent.cancel();
    }
    throw new ExceptionGroup("unhandled errors in a task group", errors);
  }

  @Override
  public String toString() {
    return "<TaskGroup tasks="
        + running.size()
        + (errors.isEmpty() ? "" : " errors=" + errors.size())
        + (aborting ? " cancelling" : exiting ? " exiting" : " entered")
        + ">";
  }
}
