package dev.brigade.async;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The manager who knows who goes next: it runs one ready callback or task step at a time, in the
/// order they became ready. Python: `asyncio.AbstractEventLoop`.
///
/// Unless said otherwise a method is for the loop's own thread of control: its callbacks and its
/// coroutines. From any other thread there is [#callSoonThreadsafe(Runnable)].
///
/// Fair by order: the ready queue is first in, first out, and one iteration runs only what was
/// ready at its start (CPython: `base_events.py`, `_run_once`).
public final class EventLoop implements AutoCloseable {
  private final LoopOptions options;
  private volatile @Nullable NoticeHandler adopted;
  private final Carrier carrier;
  private final LoopEngine engine;
  private final LoopTrace trace;
  private final StallMeter meter;
  private final @Nullable LoopWatch watch;
  private final TaskRegistry registry = new TaskRegistry(this);
  private final Strands strands = new Strands(this);
  private final AtomicLong jobCount = new AtomicLong();
  private final PrimitiveNames primitiveNames = new PrimitiveNames();
  private final RecentCoroutines recentCoroutines = new RecentCoroutines();
  private final LoopErrors errors;
  // Null where nobody asks; another loop's while this one runs for that one's host.
  private volatile @Nullable RecentFailures recentFailures;
  private final Deadlocks deadlocks = new Deadlocks(this);
  private final List<Promise<Boolean>> whenIdle = new ArrayList<>();
  private final LoopSignals signals = new LoopSignals(this);
  private final LoopIo io = new LoopIo(this);
  private final boolean hosted;
  // Written by the loop's thread; any thread may read.
  private volatile @Nullable Thread thread;
  private final AtomicReference<@Nullable Task<?>> holder = new AtomicReference<>();
  private final LoopSeat seat = new LoopSeat();
  // What the loop's thread does when the loop has ended. Written before there is one.
  private Runnable afterwards = () -> {};
  private final AtomicLong turns = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable Trace lastTrace;
  private volatile Blocking blocking;
  private volatile boolean debug;
  private volatile long slowNanos = StallMeter.THRESHOLD_NANOS;
  private long stepSince;
  private @Nullable Origin callbackOrigin;
  private @Nullable Context callbackContext;
  private final Set<ProcessPool> processPools =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private final DefaultExecutor defaultExecutor = new DefaultExecutor(this);

  EventLoop(LoopOptions options, Carrier carrier, boolean hosted) {
    this.options = options;
    this.carrier = carrier;
    this.hosted = hosted;
    this.recentFailures = hosted ? new RecentFailures() : null;
    this.blocking = options.blocking();
    this.engine = new LoopEngine(this, options.clock(), shuffle(options));
    this.trace = new LoopTrace(this, options.log());
    this.meter = new StallMeter(this);
    this.debug = options.debug();
    this.watch = hosted || debug ? new LoopWatch(this, meter) : null;
    this.errors = new LoopErrors(this);
  }

  private static @Nullable Shuffle shuffle(LoopOptions options) {
    Long seed = options.shuffle();
    return seed == null ? null : new Shuffle(seed);
  }

  /// A loop on real time that does not run yet.
  public static EventLoop create() {
    return create(LoopOptions.defaults());
  }

  /// A loop that does not run yet.
  public static EventLoop create(LoopOptions options) {
    return new EventLoop(options, Carrier.best(), false);
  }

  /// A loop whose time jumps from timer to timer, so that sleeping costs nothing and every run
  /// gives the same times. A factory for `run(main(), EventLoop::virtualTime)`.
  public static EventLoop virtualTime() {
    return create(LoopOptions.defaults().withClock(LoopClock.virtual()).withName("virtual-loop"));
  }

  /// A loop on virtual time that draws the next of the ready tasks by a seed, see
  /// [LoopOptions#withShuffle(long)]: another seed, another order; the same seed, the same order. A
  /// factory for `run(main(), () -> EventLoop.shuffled(7))`.
  public static EventLoop shuffled(long seed) {
    return create(
        LoopOptions.defaults()
            .withClock(LoopClock.virtual())
            .withShuffle(seed)
            .withName("shuffled-loop"));
  }

  /// A loop in debug mode, see [#debug(boolean)]. A factory for
  /// `run(main(), EventLoop::debugging)`.
  public static EventLoop debugging() {
    return create(LoopOptions.defaults().withDebug(true));
  }

  /// Starts a loop for a host: on a thread of its own, at once, until [#shutdown()]. It refuses
  /// `runForever`, `stop` and `close`, so that user code cannot end it.
  public static EventLoop host(LoopOptions options) {
    return host(options, Carrier.best());
  }

  static EventLoop host(LoopOptions options, Carrier carrier) {
    var loop = new EventLoop(options, carrier, true);
    var up = new CountDownLatch(1);
    loop.engine.addThreadsafe(new Handle(up::countDown));
    loop.startThread(() -> {});
    try {
      up.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return loop;
  }

  /// The loop the calling thread's code goes by: the one it runs on, or the one that what it works
  /// for was handed over from; null for a thread that has nothing to do with a loop.
  public static @Nullable EventLoop current() {
    return Running.clockLoop();
  }

  // --- callbacks and timers

  /// Runs a callback in the next iteration. Returns at once.
  public Handle callSoon(Runnable callback) {
    requireInside("loop.callSoon(...)", "loop.callSoonThreadsafe(...)");
    var handle = new Handle(callback, Running.origin(), Context.captured());
    engine.add(handle);
    return handle;
  }

  /// Runs a callback in the loop's thread, from any thread. Wakes the loop if it waits; ignored
  /// after the loop was closed.
  public Handle callSoonThreadsafe(Runnable callback) {
    var handle = new Handle(callback, Running.origin(), Context.captured());
    if (Running.loop() == this) engine.add(handle);
    else engine.addThreadsafe(handle);
    return handle;
  }

  /// Runs a callback once, some seconds from now; zero or less means in the next iteration. Timers
  /// of equal deadlines run in the order they were set.
  public TimerHandle callLater(double seconds, Runnable callback) {
    return callLaterNanos(Seconds.toNanos(seconds), callback, null);
  }

  /// Runs a callback once, some time from now.
  public TimerHandle callLater(Duration delay, Runnable callback) {
    return callLaterNanos(delay.toNanos(), callback, null);
  }

  /// Runs a callback once, when [#time()] reaches a value.
  public TimerHandle callAt(double when, Runnable callback) {
    return callAtNanos(Seconds.toNanos(when), callback, null);
  }

  TimerHandle callLaterNanos(long nanos, Runnable callback, @Nullable Task<?> task) {
    return callAtNanos(nanos() + nanos, callback, task);
  }

  TimerHandle callAtNanos(long deadline, Runnable callback, @Nullable Task<?> task) {
    requireInside("loop.callLater(...)", "loop.callSoonThreadsafe(() -> loop.callLater(...))");
    TimerHandle timer =
        engine.addTimer(callback, Running.origin(), Context.captured(), task, deadline);
    trace.timerSet(timer);
    return timer;
  }

  /// The loop's clock, in seconds since the loop was made. Any thread.
  public double time() {
    return nanos() / 1e9;
  }

  long nanos() {
    return options.clock().nanos();
  }

  // --- tasks and promises

  /// A promise for callbacks to settle.
  public <T> Promise<T> createPromise() {
    return new Promise<>(this);
  }

  /// Starts a coroutine in the background: its first step runs in the next iteration.
  public <T> Task<T> createTask(Coroutine<T> coroutine) {
    requireInside("loop.createTask(...)", "loop.callSoonThreadsafe(() -> loop.createTask(...))");
    return createTask(coroutine, null, coroutine.site());
  }

  /// Starts a coroutine at once, without a turn of the loop: its first step runs inside this call,
  /// up to the first await that waits. Python: `Task(..., eager_start=True)`.
  public <T> Task<T> createEagerTask(Coroutine<T> coroutine) {
    requireInside("loop.createEagerTask(...)", "loop.callSoonThreadsafe(...)");
    return registry.create(coroutine, TaskSpec.inherited(null, coroutine.site()).eagerly());
  }

  /// Starts a coroutine with context variables of the caller's choice, which it shares.
  public <T> Task<T> createTask(Coroutine<T> coroutine, Context context) {
    requireInside("loop.createTask(...)", "loop.callSoonThreadsafe(...)");
    return registry.create(coroutine, TaskSpec.inherited(null, coroutine.site()).in(context));
  }

  <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name, @Nullable String site) {
    return registry.create(coroutine, TaskSpec.inherited(name, site));
  }

  /// Whether tasks made from now on start eagerly, as by [#createEagerTask]. Python:
  /// `asyncio.eager_task_factory`.
  public void eagerTasks(boolean on) {
    registry.eager(on);
  }

  /// Runs a cell as a task, from any thread: the one kind of task in which `run(main())` is
  /// allowed.
  public <T> Task<T> submitRoot(Origin origin, String name, Callable<T> body) {
    return registry.createRoot(origin, name, body);
  }

  /// Runs a cell's body on this loop, which must be new, while the cell's own task awaits it, so
  /// that the body has other time or another order: as `run(main(), factory)`, but `run(main())` is
  /// allowed in it, and tasks it leaves are told of before they are cancelled. For hosts.
  ///
  /// Cancelling the cell's task cancels the body. While it lasts, this loop is among the origin's
  /// [Origin#loops()].
  ///
  /// @param name the name of the body's task
  /// @throws MisuseError the calling code is no task of a loop
  public <T> T runRoot(Origin origin, String name, Callable<T> body) {
    return LoopRuns.rootElsewhere(Running.requireTask("runRoot(...)"), this, origin, name, body);
  }

  MisuseError otherLoop(Promise<?> promise) {
    return new MisuseError(
        promise
            + " belongs to loop "
            + promise.loop()
            + ", and this is "
            + this
            + ": a task is awaited on its own loop. Create it inside the coroutine, or the cell on"
            + " virtual time, that awaits it."
            + "\n  wrong: var task = createTask(work()); run(async(() -> await(task)), factory)"
            + "\n  right: run(async(() -> await(createTask(work()))), factory)");
  }

  // --- errors

  /// Hears of errors that reach nobody: of callbacks, and of tasks nobody awaits. Null restores the
  /// default, which shows a notice. A handler that throws is reported itself. Python:
  /// `loop.set_exception_handler`.
  public void onException(@Nullable Consumer<? super ErrorContext> handler) {
    errors.handler(handler);
  }

  /// What hears of errors that reach nobody, or null for the default. Python:
  /// `loop.get_exception_handler`.
  public @Nullable Consumer<? super ErrorContext> exceptionHandler() {
    return errors.handler();
  }

  /// Shows an error as a notice, for handlers that leave some errors to the default. Python:
  /// `loop.default_exception_handler`.
  public void defaultExceptionHandler(ErrorContext context) {
    errors.show(context);
  }

  /// Reports an error through the loop's handler. Python: `loop.call_exception_handler`.
  public void callExceptionHandler(ErrorContext context) {
    requireInside("loop.callExceptionHandler(...)", "loop.callSoonThreadsafe(...)");
    errors.report(context);
  }

  // --- debug mode

  /// In debug mode every step and callback that takes longer than [#slowCallbackDuration] is
  /// reported with its line, tasks know the stack that created them, and coroutines that are never
  /// awaited are reported. Python: `loop.set_debug`. Any thread.
  ///
  /// That a method is called from the wrong thread is reported in any mode.
  public void debug(boolean on) {
    debug = on;
  }

  public boolean isDebug() {
    return debug;
  }

  /// From how many seconds on debug mode calls a step slow; 0.1 at first.
  public void slowCallbackDuration(double seconds) {
    slowNanos = Seconds.toNanos(seconds);
  }

  public double slowCallbackDuration() {
    return slowNanos / 1e9;
  }

  /// Non-blocking channels on this loop.
  public LoopIo io() {
    return io;
  }

  // --- signals

  /// Calls back in the loop's thread whenever the process gets a signal. One callback for each
  /// signal; closing the loop restores what was there before. Python: `loop.add_signal_handler`.
  ///
  /// @param name without SIG: `"INT"`, `"TERM"`, `"HUP"`
  /// @throws MisuseError the system does not know it, the JVM uses it, or it is a notebook's INT
  public void onSignal(String name, Runnable callback) {
    if (hosted && name.equals("INT")) {
      throw new MisuseError(
          "INT is what interrupts a cell of the notebook, so it cannot be taken away. In a program"
              + " of your own, or for other signals (TERM, HUP), onSignal works."
              + "\n  wrong: loop.onSignal(\"INT\", callback)"
              + "\n  right: try { await(work()); } catch (CancelledError e) { ...; throw e; }");
    }
    signals.on(name, callback);
  }

  /// Restores what a signal did before.
  ///
  /// @return false if this loop had no callback for it
  public boolean removeSignal(String name) {
    return signals.remove(name);
  }

  // --- executors

  /// Runs blocking code in a pool, so that the loop goes on. Starts at once.
  ///
  /// Cancelling the promise keeps a job that has not begun from beginning; it does not stop one
  /// that runs, whose outcome is dropped. Python: `loop.run_in_executor`.
  ///
  /// @param pool where it runs: a pool of threads or processes or any other executor; null means
  ///     the loop's default thread pool
  public <T> Promise<T> runInExecutor(@Nullable Executor pool, Job<T> code) {
    return inExecutor(pool, code, code);
  }

  /// As [#runInExecutor(Executor, Job)] for code that cannot travel to another process.
  public <T> Promise<T> runInExecutor(@Nullable Executor pool, Callable<T> code) {
    return inExecutor(pool, code, code);
  }

  /// As [#runInExecutor(Executor, Job)] for code without a result.
  public Promise<Void> runInExecutor(@Nullable Executor pool, VoidJob code) {
    return inExecutor(pool, code, Actions.callable(code::act));
  }

  /// As [#runInExecutor(Executor, Callable)] for code without a result.
  public Promise<Void> runInExecutor(@Nullable Executor pool, Runnable code) {
    return inExecutor(pool, code, Actions.callable(code::run));
  }

  private <T> Promise<T> inExecutor(@Nullable Executor pool, Object code, Callable<T> call) {
    requireInside("loop.runInExecutor(...)", "pool.submit(...)");
    if (pool instanceof ProcessPool processes) {
      return ProcessBridge.submit(this, processes, code, call);
    }
    return ExecutorBridge.submit(this, pool == null ? defaultExecutor.get() : pool, call);
  }

  /// Replaces the default thread pool.
  public void defaultExecutor(Executor executor) {
    defaultExecutor.set(executor);
  }

  /// Takes no more jobs for the default executor, and waits until those it has have ended; the loop
  /// goes on meanwhile. `run(main())` does so at its end, with a limit of 300 seconds. After it,
  /// jobs name their executor; the loop of a notebook makes a new default pool instead. Cancelling
  /// ends the wait only. Python: `loop.shutdown_default_executor`.
  ///
  /// @param limit after it, the wait ends with a notice, and the jobs go on; null for none
  public Coroutine<Void> shutdownDefaultExecutor(@Nullable Duration limit) {
    return defaultExecutor.end(limit);
  }

  DefaultExecutor defaultExecutor() {
    return defaultExecutor;
  }

  long nextJob() {
    return jobCount.incrementAndGet();
  }

  // --- running

  /// Runs the loop until an awaitable is done and gives its result. Blocks the calling thread; the
  /// loop itself runs on a thread of its own.
  ///
  /// @throws MisuseError in a loop's own thread, on a hosted or running loop, or if it was stopped
  ///     before the awaitable was done
  public <T> T runUntilComplete(Awaitable<T> awaitable) {
    return LoopRuns.untilComplete(this, awaitable);
  }

  /// Runs until [#stop()]. Blocks the calling thread; the loop runs on a thread of its own.
  public void runForever() {
    requireOwn("runForever");
    LoopRuns.join(this);
  }

  /// Ends [#runForever()] after the current iteration. Any thread.
  public void stop() {
    requireOwn("stop");
    engine.stop();
  }

  /// Frees what the loop holds. Tasks that still wait never go on.
  ///
  /// @throws MisuseError while the loop runs
  @Override
  public void close() {
    requireOwn("close");
    if (isRunning()) throw LoopRuns.closedWhileRunning(this);
    closed = true;
    signals.removeAll();
    io.end();
    defaultExecutor.shutdown();
    VirtualWork work = engine.virtualWork();
    if (work != null) work.release();
  }

  private void requireOwn(String method) {
    if (!hosted) return;
    throw new MisuseError(
        "this loop keeps the notebook alive, so "
            + method
            + "() is refused. Use run(main()) for a program with an end, or EventLoop.create() for"
            + " a loop of your own."
            + "\n  wrong: loop."
            + method
            + "()"
            + "\n  right: run(main())   // or var own = EventLoop.create(); own."
            + method
            + "()");
  }

  /// Ends a hosted loop: cancels its tasks, lets them clean up, and stops it. Any other thread.
  public void shutdown() {
    if (!hosted || closed) return;
    closed = true;
    engine.addThreadsafe(
        new Handle(
            () -> {
              for (Task<?> task : tasks()) task.cancel("the loop is shutting down");
              engine.add(new Handle(engine::stop));
            }));
    defaultExecutor.shutdown();
    // Not by a method reference, which loads the class also where nobody has used it.
    for (ProcessPool each : List.copyOf(processPools)) each.killWorkers();
  }

  /// A pool whose processes end with this loop, if it is a hosted one.
  void keeps(ProcessPool pool) {
    if (hosted) processPools.add(pool);
  }

  /// @param afterwards runs in the loop's thread when the loop no longer runs
  void startThread(Runnable afterwards) {
    this.afterwards = afterwards;
    carrier.loopThread(options.name(), () -> runInThread(afterwards)).start();
  }

  private void runInThread(Runnable afterwards) {
    thread = Thread.currentThread();
    Running.set(null);
    if (watch != null) watch.start();
    else if (carrier instanceof SchedulerCarrier) PinWatch.start(this);
    runHere(afterwards);
  }

  /// Goes on without the thread that runs this loop, where user code does not give it back, such as
  /// a call into the JDK that no interrupt ends: a new thread runs what waits. The task that has
  /// the loop fails; its code goes on in the old thread until it returns, belongs to no task any
  /// more, and cannot await. For hosts; any thread.
  ///
  /// @param why the error of the task
  /// @return false if no user code has the loop, which then goes on by itself
  public boolean takeOver(Throwable why) {
    synchronized (seat) {
      Thread old = thread;
      if (closed || old == null || !seat.depose(old)) return false;
      Task<?> stuck = holder.get();
      if (stuck != null) stuck.abandon();
      Thread next =
          carrier.loopThread(
              options.name(),
              () -> {
                if (stuck == null) turned();
                else giveUp(stuck, why);
                runHere(afterwards);
              });
      thread = next;
      next.start();
    }
    return true;
  }

  /// Gives up a task that blocks beside this loop, after [#lift(Task)], in a call that nothing
  /// ends: the task fails; its code goes on when the call returns, belongs to no task any more, and
  /// cannot await. For hosts; the loop's own thread.
  ///
  /// @param why the error of the task
  /// @return false if the task does not block, or is about to go on
  public boolean giveUpBlocked(Task<?> task, Throwable why) {
    return task.giveUpBlocked(why);
  }

  private void giveUp(Task<?> stuck, Throwable why) {
    Running.set(this);
    stepEnded(stuck);
    stuck.giveUp(why);
  }

  private void runHere(Runnable afterwards) {
    Running.set(this);
    try {
      engine.run();
    } finally {
      if (watch != null) watch.end();
      errors.reportUnseen(true);
      if (hosted) io.end(); // nobody calls close() on it
      strands.close();
      Running.set(null);
      thread = null;
      afterwards.run();
    }
  }

  void stopEngine() {
    engine.stop();
  }

  // --- what happened, any thread

  /// Records what happens on this loop from now on.
  ///
  /// @param label what it is called; the origin whose tasks count in its figures
  public Recording record(String label) {
    return new Recording(this, label);
  }

  /// What was recorded last, or null.
  public @Nullable Trace lastTrace() {
    return lastTrace;
  }

  void lastTrace(Trace trace) {
    lastTrace = trace;
  }

  // --- questions, any thread

  public boolean isRunning() {
    return thread != null;
  }

  public boolean isClosed() {
    return closed;
  }

  /// Whether somebody wants to know of an owner's coroutines that are never awaited.
  boolean hearsOfUnawaited(@Nullable Origin owner) {
    return debug || hosted && owner != null;
  }

  boolean isHosted() {
    return hosted;
  }

  /// The unfinished tasks in the order of their creation.
  public List<Task<?>> tasks() {
    return registry.living();
  }

  /// The task whose step runs now, or null.
  public @Nullable Task<?> holder() {
    return holder.getAcquire();
  }

  /// How long the present step of a task has lasted, in real nanoseconds; 0 if it does not run, and
  /// on a loop without a host.
  long heldNanos(Task<?> task) {
    return hosted && holder() == task ? meter.soFar() : 0;
  }

  /// For how many real seconds the task that has its turn has not given the loop back, the host's
  /// own work taken off; 0 if none has its turn, and on a loop without a host.
  public double held() {
    Task<?> now = holder();
    return now == null ? 0 : heldNanos(now) / 1e9;
  }

  /// The names of the tasks that are ready or due while another one has its turn, first come first.
  public List<String> delayed() {
    Task<?> now = holder();
    return delayedFromOutside(now);
  }

  /// In how many seconds of the loop's clock the next timer is due; 0 or less if it is overdue,
  /// empty if none is set.
  public OptionalDouble nextTimer() {
    long deadline = engine.nextDeadline();
    return deadline == Long.MAX_VALUE
        ? OptionalDouble.empty()
        : OptionalDouble.of((deadline - nanos()) / 1e9);
  }

  /// The locks, queues and other primitives that this loop's tasks use and that are still
  /// reachable, by name. A host's loop knows them, any other loop none.
  public List<PrimitiveView> primitives() {
    return primitiveNames.views();
  }

  /// The processes of the process pools that a host's loop keeps.
  public List<WorkerView> workers() {
    // Not by a method reference, which loads the class also where nobody has used it.
    var views = new ArrayList<WorkerView>();
    for (ProcessPool each : List.copyOf(processPools)) views.addAll(each.views());
    return views;
  }

  /// Of the last coroutines made on a host's loop, those that nobody has awaited so far.
  public List<Coroutine.Unawaited> unawaited() {
    return recentCoroutines.unawaited();
  }

  /// Figures of this moment.
  public LoopStatistics statistics() {
    return engine.statistics(registry, turns.getAcquire(), jobCount.get());
  }

  /// How many steps and callbacks the loop has finished: if two readings are equal and [#holder()]
  /// is not null, the loop has not turned.
  public long turns() {
    return turns.getAcquire();
  }

  /// The loop's thread while it runs, else null.
  public @Nullable Thread thread() {
    return thread;
  }

  public String name() {
    return options.name();
  }

  public EventLog log() {
    return options.log();
  }

  public LoopClock clock() {
    return options.clock();
  }

  /// `scheduler` or `baton`: how coroutines are carried by threads.
  public String carrierName() {
    return carrier.name();
  }

  /// From now on this task's blocking calls no longer stall the loop.
  public void lift(Task<?> task) {
    Strand strand = task.strand();
    if (strand != null) strand.lift();
  }

  /// What blocking calls in tasks created from now on do.
  public void blocking(Blocking mode) {
    blocking = mode;
  }

  /// What blocking calls in tasks created from now on do.
  public Blocking blocking() {
    return blocking;
  }

  // --- for the runtime

  Carrier carrier() {
    return carrier;
  }

  LoopEngine engine() {
    return engine;
  }

  Strands strands() {
    return strands;
  }

  LoopTrace trace() {
    return trace;
  }

  TaskRegistry registry() {
    return registry;
  }

  void report(ErrorContext context) {
    errors.report(context);
  }

  NoticeHandler notices() {
    NoticeHandler others = adopted;
    return others == null ? options.notices() : others;
  }

  /// Runs for a task of another loop from now on. Whoever asks that loop which tasks an error has
  /// ended hears of this one's too, and of its notices where nobody said who does.
  void runsFor(EventLoop other) {
    recentFailures = other.recentFailures;
    if (options.notices() == NoticeHandler.toStandardError()) adopted = other.notices();
  }

  boolean inLoopThread() {
    return Thread.currentThread() == thread;
  }

  @Nullable Origin callbackOrigin() {
    return callbackOrigin;
  }

  @Nullable Context callbackContext() {
    return callbackContext;
  }

  void callbackContext(@Nullable Context context) {
    callbackContext = context;
  }

  void requireInside(String what, String instead) {
    if (Running.loop() == this) return;
    if (thread == null) return; // nobody runs it: it may be filled before it starts
    throw new MisuseError(
        what
            + " belongs to the loop's own thread, and this is thread \""
            + Thread.currentThread().getName()
            + "\"."
            + "\n  wrong: new Thread(() -> "
            + what
            + ").start()"
            + "\n  right: "
            + instead
            + "   // from another thread");
  }

  RecentCoroutines recentCoroutines() {
    return recentCoroutines;
  }

  /// A primitive is used on this loop from now on.
  void uses(Primitive primitive) {
    if (hosted) primitiveNames.add(primitive);
  }

  /// It moves to another loop.
  void leaves(Primitive primitive) {
    if (hosted) primitiveNames.remove(primitive);
  }

  /// A name for a primitive that has none: `lock-1`.
  String nextName(String kind) {
    return primitiveNames.next(kind);
  }

  void enqueue(Handle handle) {
    engine.add(handle);
  }

  void enqueue(Task<?> task) {
    engine.add(task);
  }

  void resumeSoon(Task<?> task) {
    engine.addThreadsafe(new Handle(task::resume));
  }

  void runCallback(Runnable callback, @Nullable Origin origin, @Nullable Context context) {
    trace.timeGoesOn();
    callbackOrigin = origin;
    callbackContext = context;
    boolean timed = debug;
    long since = timed ? nanos() : 0;
    seat.enter();
    try {
      callback.run();
      seat.leave();
    } catch (Throwable t) { // whatever a callback throws is reported, and the loop goes on
      seat.leave();
      errors.callbackFailed(origin, t);
    } finally {
      if (timed) meter.callbackEnded(origin, callback, nanos() - since);
      callbackOrigin = null;
      callbackContext = null;
      turned();
    }
  }

  void stepBegins(Task<?> task) {
    holder.setRelease(task);
    if (watch != null) {
      meter.begin();
      watch.wakeUp();
    }
    if (debug) stepSince = nanos();
    trace.stepBegan(task);
    seat.enter();
  }

  void stepEnded(Task<?> task) {
    seat.leave();
    trace.stepEnded(task);
    if (hosted) meter.end(task);
    else task.stepped(0);
    if (debug) meter.stepEnded(task, nanos() - stepSince);
    holder.setRelease(null);
    turned();
  }

  private void turned() {
    turns.setRelease(turns.getPlain() + 1); // one writer: the loop's thread
  }

  /// The host itself holds the loop from now on, for example to compile. Its time is logged, and
  /// not counted as a stall. For the coroutine that holds the loop.
  public void hostWorkBegins() {
    Gil.idle(this);
    meter.hostBegins();
  }

  /// The host's work is done.
  ///
  /// @param what it was, for the log
  public void hostWorkEnds(String what) {
    trace.compiled(what, meter.hostEnds());
  }

  /// Whether the watch has looked at the present step.
  boolean stepWasLong() {
    return meter.hasSample();
  }

  List<String> delayedBeside(Task<?> task) {
    return engine.delayed(task);
  }

  List<String> delayedBesideFromOutside(Task<?> task) {
    return delayedFromOutside(task);
  }

  private List<String> delayedFromOutside(@Nullable Task<?> task) {
    try {
      return engine.delayed(task);
    } catch (ConcurrentModificationException | NullPointerException _) {
      return List.of(); // the loop changes its queue this moment: the next look will tell
    }
  }

  /// The tasks that an error has ended, the first of them first: the one that threw it, then those
  /// that awaited it. A host's loop remembers the last ones, its own and those of loops that cells
  /// run beside it; any other loop none. Any thread.
  public List<FailedTask> failures(Throwable error) {
    RecentFailures recent = recentFailures;
    return recent == null ? List.of() : recent.of(error);
  }

  void noteFailure(Throwable error, Task<?> task) {
    RecentFailures recent = recentFailures;
    if (recent != null && task.site() != null) recent.add(error, task);
  }

  void failed(Promise<?> promise) {
    errors.failed(promise);
  }

  /// Suspends the calling coroutine until nothing is ready to run.
  void awaitIdle() {
    Promise<Boolean> idle = new ComposedPromise<>(this, "all blocked");
    whenIdle.add(idle);
    Awaiting.promise(idle);
  }

  Deadlocks deadlocks() {
    return deadlocks;
  }

  /// The loop has nothing to do and is about to wait.
  ///
  /// @param forEver nothing is set or on its way that could end the wait
  void idle(boolean forEver) {
    trace.timeGoesOn();
    errors.reportUnseen(false);
    deadlocks.idle();
    if (!whenIdle.isEmpty()) {
      for (Promise<Boolean> waiter : whenIdle) if (!waiter.isDone()) waiter.setResult(true);
      whenIdle.clear();
      return;
    }
    if (forEver && !hosted) deadlocks.standstill();
  }

  @Override
  public String toString() {
    return "<EventLoop "
        + name()
        + (closed ? " closed" : isRunning() ? " running" : " not running")
        + (clock().isVirtual() ? " virtual time" : "")
        + (options.shuffle() == null ? "" : " shuffled by seed " + options.shuffle())
        + ">";
  }
}
