package dev.brigade.async;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A coroutine on its way: the loop runs it, step by step, from one await to the next. Made by
/// [Async#createTask(Coroutine)]. Python: `asyncio.Task`.
///
/// | state | enters by | next |
/// |---|---|---|
/// | ready | creation, or what it awaits is done | running |
/// | running | its turn in the queue | waiting, ready (`sleep(0)`), done |
/// | waiting | `await` of something not done | ready |
/// | done | the body ended | - |
///
/// Methods that change it are for the loop's thread, except [#cancelThreadsafe()]; those that only
/// ask may be called from any thread.
public final class Task<T> extends Promise<T> {
  private final long id;
  private final Coroutine<T> coroutine;
  private final @Nullable Origin origin;
  private final @Nullable String site;
  private final List<StackTraceElement> createdBy;
  private final @Nullable RunScope scope;
  private final @Nullable CancelScope groupScope;
  private final long creator;
  // By the loop's clock; 0 on a loop without a host, where nobody asks.
  private final long createdNanos;
  private volatile String name;
  // From the first step to the end. Written by the loop's thread.
  private volatile @Nullable Strand strand;
  // The rest is for the thread of control: the loop's, or the coroutine's while it runs.
  private boolean started;
  private boolean inAwait;
  private boolean mustCancel;
  private boolean inCancel;
  private int cancelRequests;
  private boolean injectCancel;
  private @Nullable CancelScope cancelScope;
  private @Nullable Context context;
  // A task this one has just made that takes its first step before this one goes on.
  private @Nullable Task<?> eagerChild;
  private @Nullable String requestMessage;
  // Read by other threads without order: a reading is a moment's view anyway.
  private @Nullable Promise<?> waitingOn;
  private @Nullable String awaitSite;
  private @Nullable Primitive waitingAt;
  private @Nullable String waitingFor;
  private long steps;
  private long ranNanos;
  private @Nullable T value;
  private @Nullable Throwable thrown;
  // The loop's list of living tasks; under its lock.
  @Nullable Task<?> previous;
  @Nullable Task<?> next;

  Task(EventLoop loop, long id, Coroutine<T> coroutine, TaskSpec spec) {
    super(loop);
    this.id = id;
    this.coroutine = coroutine;
    this.name = spec.name() == null ? "Task-" + id : spec.name();
    this.origin = spec.origin();
    this.createdBy = loop.isDebug() ? CreationStack.here() : List.of();
    this.site =
        spec.site() == null && !createdBy.isEmpty() ? createdBy.getFirst().toString() : spec.site();
    this.scope = spec.runScope();
    this.groupScope = spec.cancelScope();
    this.cancelScope = groupScope;
    this.context = spec.context();
    Task<?> maker = Running.task();
    this.creator = maker == null ? 0 : maker.id;
    this.createdNanos = loop.isHosted() ? loop.nanos() : 0;
  }

  /// Runs on the strand.
  void body() {
    try {
      Callable<T> code = coroutine.begin();
      value = code.call();
    } catch (Throwable t) { // whatever user code throws is the task's error
      thrown = t;
    }
  }

  /// One step: from here to the next await that waits, or to the end. Loop thread only.
  void step() {
    EventLoop loop = loop();
    if (started && !inAwait) return; // its suspension failed: it is not waiting for this step
    inAwait = false;
    // What it waited for was cancelled already: the await throws that, and once is enough.
    boolean cancelledThere = waitingOn != null && waitingOn.endedCancelled();
    waitingOn = null;
    waitingAt = null;
    waitingFor = null;
    if (mustCancel) {
      mustCancel = false;
      injectCancel = !cancelledThere;
      if (!started) {
        // As in CPython, a task that is cancelled before its first step never runs its body.
        started = true;
        coroutine.close();
        settleCancelled(requestMessage);
        loop.registry().ended(this);
        return;
      }
    }
    started = true;
    resume();
  }

  /// Runs the coroutine and, if it ended, settles the task.
  void resume() {
    EventLoop loop = loop();
    Strand mine = strand;
    if (mine == null) strand = mine = loop.strands().take(this);
    loop.stepBegins(this);
    boolean control = mine.resume();
    while (eagerChild != null) {
      Task<?> child = eagerChild;
      eagerChild = null;
      loop.stepEnded(this);
      child.step();
      loop.stepBegins(this);
      control = mine.resume();
    }
    loop.stepEnded(this);
    if (control && mine.hasEnded()) {
      strand = null;
      loop.strands().ended(mine);
      finish();
      loop.registry().ended(this);
    }
  }

  /// From now on its code is no coroutine's. Any thread, while it has the loop.
  void abandon() {
    Strand mine = strand;
    if (mine != null) mine.abandon(origin());
  }

  /// Its code blocks for good, beside the loop: it is over with this error. Loop thread only.
  ///
  /// @return false if it does not block, or is about to go on
  boolean giveUpBlocked(Throwable why) {
    Strand mine = strand;
    if (isDone() || mine == null || !mine.abandonBlocked(origin())) return false;
    giveUp(why);
    return true;
  }

  /// Its code never gives the loop back: it is over with this error, whatever its code does then.
  /// Loop thread only.
  void giveUp(Throwable why) {
    strand = null;
    thrown = why;
    finish();
    loop().registry().ended(this);
  }

  private void finish() {
    Throwable end = thrown;
    thrown = null;
    if (end instanceof CancelledError) {
      settleCancelled(end.getMessage());
    } else if (end != null) {
      loop().noteFailure(end, this);
      super.setError(end);
    } else if (mustCancel) {
      // As in CPython, a task that was asked to stop during its last step ends cancelled.
      mustCancel = false;
      settleCancelled(requestMessage);
    } else {
      T result = value;
      value = null;
      super.setResult(nullable(result));
    }
  }

  @SuppressWarnings("NullAway") // a task of a coroutine without a value has the result null
  static <T> T nullable(@Nullable T value) {
    return value;
  }

  /// Suspends the calling coroutine until a promise is done. The task's own strand only.
  void awaitDone(Promise<?> promise) {
    checkCancelScope();
    waitingOn = promise;
    promise.addWaiter(this);
    if (mustCancel && promise.cancel(requestMessage)) mustCancel = false;
    loop().trace().awaits(this, promise, waitingFor);
    if (waitingAt != null || promise instanceof Task) loop().deadlocks().waits(this, promise);
    suspend();
  }

  /// Suspends the calling coroutine for exactly one turn of the loop. The task's own strand only.
  void yieldTurn() {
    checkCancelScope();
    loop().enqueue(this);
    loop().trace().awaits(this, null, null);
    suspend();
  }

  private void suspend() {
    inAwait = true;
    try {
      requireStrand().suspend();
    } catch (VirtualMachineError | MisuseError e) {
      // Too deep, or pinned: it could not be put aside and goes on with the error.
      loop().trace().timeGoesOn();
      inAwait = false;
      waitingOn = null;
      waitingAt = null;
      waitingFor = null;
      throw e;
    }
    if (injectCancel) {
      injectCancel = false;
      throw new CancelledError(requestMessage);
    }
  }

  /// A promise this task waits for is done: its next step goes to the end of the queue.
  void wake(Promise<?> by) {
    if (waitingOn != by) return;
    loop().trace().woken(this);
    loop().enqueue(this);
  }

  /// In a cancelled scope every await that would wait throws.
  private void checkCancelScope() {
    if (cancelScope != null && cancelScope.isEffectivelyCancelled()) {
      waitingAt = null;
      waitingFor = null;
      throw new CancelledError("the scope around this await was cancelled");
    }
  }

  void start() {
    loop().enqueue(this);
  }

  /// Takes the first step before the caller goes on. A coroutine cannot run another one on top of
  /// itself, so it hands control to the loop, which runs the child and comes straight back.
  void startEagerly() {
    Task<?> creator = Running.task();
    if (creator == null) step();
    else creator.runNow(this);
  }

  /// Runs another task's next step before this one goes on. This task's own strand only.
  void runNow(Task<?> other) {
    eagerChild = other;
    try {
      requireStrand().suspend();
    } catch (VirtualMachineError | MisuseError e) {
      // This stack could not be put aside: the other one waits for its turn like any.
      if (eagerChild != other) throw e;
      eagerChild = null;
      other.start();
    }
  }

  /// Asks the task to stop: a [CancelledError] is thrown at the await where it waits, or at its
  /// next one. The task may clean up, and may catch it and go on. Each call counts, see
  /// [#cancelling()].
  ///
  /// Python: `Task.cancel(msg)`.
  ///
  /// @return false if it was done already
  @Override
  public boolean cancel(@Nullable String message) {
    loop().requireInside("task.cancel()", "task.cancelThreadsafe()");
    if (isDone()) return false;
    if (inCancel) return leaveCircle(message);
    cancelRequests++;
    loop().trace().cancelRequested(this);
    requestMessage = message;
    Promise<?> waiting = waitingOn;
    inCancel = true;
    try {
      if (waiting == null || !waiting.cancel(message)) mustCancel = true;
    } finally {
      inCancel = false;
    }
    return true;
  }

  /// Tasks that await each other hand a cancellation round until it is back here: the wait is given
  /// up. (CPython fails with a RecursionError.)
  private boolean leaveCircle(@Nullable String message) {
    if (waitingOn == null) return true;
    requestMessage = message;
    mustCancel = true;
    waitingOn = null;
    loop().enqueue(this);
    return true;
  }

  /// The scope around it was cancelled: ends its wait, if it has one that can be ended. Not counted
  /// as a request.
  void cancelWait() {
    Promise<?> waiting = waitingOn;
    if (waiting != null) waiting.cancel("the scope around this await was cancelled");
  }

  /// Whether a request to stop waits for the task's next await.
  boolean hasPendingCancel() {
    return mustCancel;
  }

  /// [#cancel()] from another thread: the request goes through the loop's queue.
  public void cancelThreadsafe() {
    loop().callSoonThreadsafe(this::cancel);
  }

  /// How many requests to stop are open: those made less those taken back by [#uncancel()].
  public int cancelling() {
    return cancelRequests;
  }

  /// Takes one request to stop back, for code that asked for it and has dealt with it. Taking the
  /// last one back also drops a request not yet delivered.
  ///
  /// @return how many are left
  public int uncancel() {
    if (cancelRequests > 0) {
      cancelRequests--;
      if (cancelRequests == 0) mustCancel = false;
    }
    return cancelRequests;
  }

  /// A task's result is what its coroutine returns.
  ///
  /// @throws MisuseError always
  @Override
  public void setResult(T result) {
    throw new MisuseError(
        "a task gets its result from its coroutine, which returns it, and this is a task: "
            + this
            + ". To settle something by hand make a promise."
            + "\n  wrong: task.setResult(7)"
            + "\n  right: async(() -> 7)   // or: Promise<Integer> p = loop.createPromise();");
  }

  /// A task's error is what its coroutine throws.
  ///
  /// @throws MisuseError always
  @Override
  public void setError(Throwable thrown) {
    throw new MisuseError(
        "a task gets its error from its coroutine, which throws it, and this is a task: "
            + this
            + ". To end it from outside cancel it."
            + "\n  wrong: task.setError(error)"
            + "\n  right: async(() -> { throw error; })   // or: task.cancel();");
  }

  public String name() {
    return name;
  }

  public void name(String newName) {
    name = newName;
  }

  /// Counts the loop's tasks from 1.
  public long id() {
    return id;
  }

  /// What it runs. Python: `Task.get_coro`.
  public Coroutine<T> coroutine() {
    return coroutine;
  }

  /// The id of the task that made it, or 0. Any thread.
  public long creator() {
    return creator;
  }

  /// How long ago it was made, in seconds of the loop's clock; 0 on a loop without a host. Any
  /// thread.
  public double age() {
    return createdNanos == 0 ? 0 : (loop().nanos() - createdNanos) / 1e9;
  }

  /// How many steps it has made, each from one await to the next. Any thread.
  public long steps() {
    return steps;
  }

  /// How long its steps have taken together, in real seconds, the present one included; 0 on a loop
  /// without a host. Any thread; a moment's view.
  public double ran() {
    return (ranNanos + loop().heldNanos(this)) / 1e9;
  }

  /// A step has ended. Loop thread only.
  void stepped(long nanos) {
    steps++;
    ranNanos += nanos;
  }

  /// The name of the method that made the coroutine.
  public String coroutineName() {
    return coroutine.name();
  }

  /// Whose work it is, or null.
  public @Nullable Origin origin() {
    return origin;
  }

  /// Where it was created, for example `In [3] line 2`, or null where unknown.
  public @Nullable String site() {
    return site;
  }

  /// In debug mode, the stack that created it, innermost first, at most ten frames; else empty.
  public List<StackTraceElement> creationStack() {
    return createdBy;
  }

  /// Its stack at this moment, innermost first, without the runtime's frames; empty before the
  /// first step and after the end. From any thread; a running task's stack is a moment's view.
  /// Python: `Task.get_stack`, which gives one frame.
  public List<StackTraceElement> stack() {
    Strand on = strand;
    if (on == null) return List.of();
    return Arrays.stream(on.thread().getStackTrace()).filter(StallMeter::isUsers).toList();
  }

  /// The line of the await it waits at or last waited at, or null where unknown.
  public @Nullable String awaitSite() {
    return awaitSite;
  }

  void awaitSite(@Nullable String where) {
    awaitSite = where;
  }

  /// The thread of its coroutine, or null before its first step and after its end. The thread of a
  /// task that has ended may go on to run other tasks, but not once it was asked for here: so to
  /// interrupt it meets this task or none. Any thread.
  public @Nullable Thread thread() {
    Strand on = strand;
    if (on == null) return null;
    on.expose();
    return strand == on ? on.thread() : null;
  }

  /// Whether a thread is its coroutine's at this moment. Unlike [#thread()] it leaves the thread
  /// free to run other tasks later. Any thread.
  ///
  /// @param threadId as [Thread#threadId()]
  public boolean isOn(long threadId) {
    Strand on = strand;
    return on != null && on.thread().threadId() == threadId;
  }

  /// Whether the calling thread is its coroutine's.
  public boolean isCurrent() {
    return Running.task() == this;
  }

  /// What it waits for, or null when it is ready, running or done.
  public @Nullable Promise<?> waitingOn() {
    return waitingOn;
  }

  /// The lock, queue or other primitive it waits for, or null. Any thread. What it waits for, in
  /// words: `sleep`, `lock-1 (held by Task-2)`, `gather (Task-3, Task-4)`; or null when it does not
  /// wait. Any thread.
  public @Nullable String waitsFor() {
    Promise<?> on = waitingOn;
    if (on == null) return null;
    Primitive at = waitingAt;
    if (at != null) return at.name() + Names.tasks(" (held by ", at.holders(), ")");
    if (on instanceof Task<?> task) return task.name();
    String kind = waitingFor == null ? LoopTrace.kind(on) : waitingFor;
    return kind + Names.tasks(" (", TaskGraph.awaited(this), ")");
  }

  @Nullable Primitive waitingAt() {
    return waitingAt;
  }

  /// Says what the next await is for, in the log.
  void waitingFor(String what) {
    waitingFor = what;
  }

  /// Says at which primitive the next await waits, and for what there.
  void waitingFor(Primitive primitive, String what) {
    waitingAt = primitive;
    waitingFor = what;
  }

  /// The innermost scope it runs in, or null.
  @Nullable CancelScope cancelScope() {
    return cancelScope;
  }

  void cancelScope(@Nullable CancelScope innermost) {
    cancelScope = innermost;
  }

  /// The scope of the task group it is a child of, or null.
  @Nullable CancelScope groupScope() {
    return groupScope;
  }

  /// The values of its context variables: what the task sets is seen here. Loop thread only.
  /// Python: `Task.get_context`.
  public Context context() {
    if (context == null) context = Context.empty();
    return context;
  }

  /// As [#context()], or null for none.
  @Nullable Context contextOrNull() {
    return context;
  }

  void context(@Nullable Context other) {
    context = other;
  }

  @Nullable Strand strand() {
    return strand;
  }

  private Strand requireStrand() {
    Strand mine = strand;
    if (mine == null) throw new IllegalStateException(name + " does not run");
    return mine;
  }

  @Nullable RunScope scope() {
    return scope;
  }

  /// Whether `run(...)` may be used in it: the main coroutine of a cell.
  boolean mayRun() {
    return scope != null && scope.allowsRunIn(this);
  }

  @Override
  public String toString() {
    return "<Task "
        + stateName()
        + " name='"
        + name
        + "' coro="
        + coroutine.name()
        + (site == null ? "" : " created at " + site)
        + (waitingOn == null ? "" : " wait_for=" + waitingOn)
        + ">";
  }
}
