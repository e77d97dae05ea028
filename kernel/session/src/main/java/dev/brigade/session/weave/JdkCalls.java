package dev.brigade.session.weave;

import java.util.ArrayList;
import java.util.List;

/// The JDK's calls that cells make differently, as data.
///
/// A call is matched by name and parameters on the listed type or a subtype of it, through classes,
/// interfaces and method references; not through reflection, and not in constructors other than
/// `Thread`'s. A type's own override in a cell is left alone.
final class JdkCalls {
  private static final String CLOCK = "dev/brigade/async/WovenClock";
  private static final String PROGRAMS = "dev/brigade/async/WovenPrograms";
  private static final String STARTER = "(Ljava/lang/Runnable;)Ljava/lang/Thread;";

  /// Calls in which a thread may wait for another, for a device or for a process.
  private static final String WAITS =
      """
      java.lang.Thread: join() join(long) join(long,int) join(Duration) yield()
      java.lang.Object: wait() wait(long) wait(long,int)
      java.util.concurrent.TimeUnit: timedJoin(Thread,long) timedWait(Object,long)
      java.util.concurrent.locks.LockSupport: park() park(Object)
      java.lang.Process: waitFor() waitFor(long,TimeUnit) waitFor(Duration)
      java.util.concurrent.locks.Lock: lock() lockInterruptibly() tryLock(long,TimeUnit)
      java.util.concurrent.locks.StampedLock: readLock() readLockInterruptibly()
        tryReadLock(long,TimeUnit) writeLock() writeLockInterruptibly()
        tryWriteLock(long,TimeUnit)
      java.util.concurrent.locks.Condition: await() await(long,TimeUnit) awaitNanos(long)
        awaitUninterruptibly() awaitUntil(Date)
      java.util.concurrent.Semaphore: acquire() acquire(int) acquireUninterruptibly()
        acquireUninterruptibly(int) tryAcquire(long,TimeUnit) tryAcquire(int,long,TimeUnit)
      java.util.concurrent.CountDownLatch: await() await(long,TimeUnit)
      java.util.concurrent.CyclicBarrier: await() await(long,TimeUnit)
      java.util.concurrent.Phaser: awaitAdvance(int) awaitAdvanceInterruptibly(int)
        awaitAdvanceInterruptibly(int,long,TimeUnit) arriveAndAwaitAdvance()
      java.util.concurrent.Exchanger: exchange(Object) exchange(Object,long,TimeUnit)
      java.util.concurrent.BlockingQueue: put(Object) take() offer(Object,long,TimeUnit)
        poll(long,TimeUnit)
      java.util.concurrent.BlockingDeque: putFirst(Object) putLast(Object) takeFirst() takeLast()
        offerFirst(Object,long,TimeUnit) offerLast(Object,long,TimeUnit)
        pollFirst(long,TimeUnit) pollLast(long,TimeUnit)
      java.util.concurrent.TransferQueue: transfer(Object) tryTransfer(Object,long,TimeUnit)
      java.util.concurrent.Future: get() get(long,TimeUnit)
      java.util.concurrent.CompletableFuture: join()
      java.util.concurrent.CompletionService: take() poll(long,TimeUnit)
      java.util.concurrent.ForkJoinTask: join() quietlyJoin() invoke() quietlyInvoke()
        invokeAll(ForkJoinTask,ForkJoinTask) invokeAll(ForkJoinTask[]) invokeAll(Collection)
      java.util.concurrent.ForkJoinPool: invoke(ForkJoinTask) awaitQuiescence(long,TimeUnit)
      java.util.concurrent.ExecutorService: awaitTermination(long,TimeUnit) close()
      java.io.InputStream: read() read(byte[]) read(byte[],int,int) readAllBytes() readNBytes(int)
        readNBytes(byte[],int,int) transferTo(java.io.OutputStream)
      java.io.OutputStream: write(int) write(byte[]) write(byte[],int,int) flush()
      java.io.Reader: read() read(char[]) read(char[],int,int) transferTo(java.io.Writer)
      java.io.BufferedReader: readLine()
      java.io.Writer: write(int) write(char[]) write(char[],int,int) write(String)
        write(String,int,int) flush()
      java.io.RandomAccessFile: read() read(byte[]) read(byte[],int,int) readFully(byte[])
        readLine() write(int) write(byte[]) write(byte[],int,int)
      java.nio.file.Files: readAllBytes(Path) readString(Path) readString(Path,Charset)
        readAllLines(Path) readAllLines(Path,Charset) write(Path,byte[],OpenOption[])
        write(Path,Iterable,OpenOption[])
        writeString(Path,CharSequence,OpenOption[])
        writeString(Path,CharSequence,Charset,OpenOption[])
        copy(Path,Path,CopyOption[]) copy(java.io.InputStream,Path,CopyOption[])
        copy(Path,java.io.OutputStream)
      java.nio.channels.ReadableByteChannel: read(ByteBuffer)
      java.nio.channels.ScatteringByteChannel: read(ByteBuffer[]) read(ByteBuffer[],int,int)
      java.nio.channels.WritableByteChannel: write(ByteBuffer)
      java.nio.channels.GatheringByteChannel: write(ByteBuffer[]) write(ByteBuffer[],int,int)
      java.nio.channels.FileChannel: read(ByteBuffer,long) write(ByteBuffer,long)
        transferTo(long,long,java.nio.channels.WritableByteChannel)
        transferFrom(java.nio.channels.ReadableByteChannel,long,long)
      java.nio.channels.SocketChannel: connect(SocketAddress)
      java.nio.channels.ServerSocketChannel: accept()
      java.nio.channels.DatagramChannel: receive(ByteBuffer) send(ByteBuffer,SocketAddress)
      java.nio.channels.Selector: select() select(long) select(Consumer) select(Consumer,long)
      java.net.Socket: connect(SocketAddress) connect(SocketAddress,int)
      java.net.ServerSocket: accept()
      java.net.DatagramSocket: receive(DatagramPacket) send(DatagramPacket)
      java.net.InetAddress: getByName(String) getAllByName(String)
      java.net.URL: openStream()
      java.net.URLConnection: connect() getInputStream()
      java.net.http.HttpClient: send(java.net.http.HttpRequest,java.net.http.HttpResponse$BodyHandler)
        close()
      """;

  /// Calls that hand work to another thread.
  private static final String HAND_OVERS =
      """
      java.util.concurrent.Executor: execute(Runnable)
      java.util.concurrent.ExecutorService: submit(Runnable) submit(Runnable,Object) submit(Callable)
      java.util.concurrent.CompletionService: submit(Callable) submit(Runnable,Object)
      java.util.concurrent.ScheduledExecutorService: schedule(Runnable,long,TimeUnit)
        schedule(Callable,long,TimeUnit) scheduleAtFixedRate(Runnable,long,long,TimeUnit)
        scheduleWithFixedDelay(Runnable,long,long,TimeUnit)
      java.util.concurrent.CompletableFuture: runAsync(Runnable) runAsync(Runnable,Executor)
        supplyAsync(Supplier) supplyAsync(Supplier,Executor) completeAsync(Supplier)
        completeAsync(Supplier,Executor)
      java.util.concurrent.CompletionStage: thenRun(Runnable) thenRunAsync(Runnable)
        thenRunAsync(Runnable,Executor)
        thenApply(Function) thenApplyAsync(Function) thenApplyAsync(Function,Executor)
        thenAccept(Consumer) thenAcceptAsync(Consumer) thenAcceptAsync(Consumer,Executor)
        thenCompose(Function) thenComposeAsync(Function) thenComposeAsync(Function,Executor)
        thenCombine(CompletionStage,BiFunction) thenCombineAsync(CompletionStage,BiFunction)
        thenCombineAsync(CompletionStage,BiFunction,Executor)
        thenAcceptBoth(CompletionStage,BiConsumer) thenAcceptBothAsync(CompletionStage,BiConsumer)
        thenAcceptBothAsync(CompletionStage,BiConsumer,Executor)
        runAfterBoth(CompletionStage,Runnable) runAfterBothAsync(CompletionStage,Runnable)
        runAfterBothAsync(CompletionStage,Runnable,Executor)
        applyToEither(CompletionStage,Function) applyToEitherAsync(CompletionStage,Function)
        applyToEitherAsync(CompletionStage,Function,Executor)
        acceptEither(CompletionStage,Consumer) acceptEitherAsync(CompletionStage,Consumer)
        acceptEitherAsync(CompletionStage,Consumer,Executor)
        runAfterEither(CompletionStage,Runnable) runAfterEitherAsync(CompletionStage,Runnable)
        runAfterEitherAsync(CompletionStage,Runnable,Executor)
        handle(BiFunction) handleAsync(BiFunction) handleAsync(BiFunction,Executor)
        whenComplete(BiConsumer) whenCompleteAsync(BiConsumer)
        whenCompleteAsync(BiConsumer,Executor)
        exceptionally(Function) exceptionallyAsync(Function) exceptionallyAsync(Function,Executor)
        exceptionallyCompose(Function) exceptionallyComposeAsync(Function)
        exceptionallyComposeAsync(Function,Executor)
      java.util.concurrent.ForkJoinTask: adapt(Runnable) adapt(Runnable,Object) adapt(Callable)
        adaptInterruptible(Runnable) adaptInterruptible(Runnable,Object)
        adaptInterruptible(Callable)
      java.util.Timer: schedule(TimerTask,long) schedule(TimerTask,Date)
        schedule(TimerTask,long,long) schedule(TimerTask,Date,long)
        scheduleAtFixedRate(TimerTask,long,long) scheduleAtFixedRate(TimerTask,Date,long)
      """;

  /// Calls that hand work over and wait for it.
  private static final String HAND_OVER_AND_WAITS =
      """
      java.util.concurrent.ExecutorService: invokeAll(Collection) invokeAny(Collection)
        invokeAll(Collection,long,TimeUnit) invokeAny(Collection,long,TimeUnit)
      """;

  /// Readings of the system's clock by the types that can also ask a given one.
  private static final String READINGS =
      """
      java.time.Instant: now()
      java.time.LocalDate: now() now(ZoneId)
      java.time.LocalTime: now() now(ZoneId)
      java.time.LocalDateTime: now() now(ZoneId)
      java.time.ZonedDateTime: now() now(ZoneId)
      java.time.OffsetDateTime: now() now(ZoneId)
      java.time.OffsetTime: now() now(ZoneId)
      java.time.Year: now() now(ZoneId)
      java.time.YearMonth: now() now(ZoneId)
      java.time.MonthDay: now() now(ZoneId)
      """;

  static final List<WovenCall> ALL = all();

  private static List<WovenCall> all() {
    var calls = new ArrayList<WovenCall>(hooks());
    calls.addAll(programs());
    calls.addAll(clocks());
    calls.addAll(Around.parse(Around.Kind.CLOCK, READINGS));
    calls.addAll(Around.parse(Around.Kind.WAIT, WAITS));
    calls.addAll(Around.parse(Around.Kind.HAND_OVER, HAND_OVERS));
    calls.addAll(Around.parse(Around.Kind.HAND_OVER_AND_WAIT, HAND_OVER_AND_WAITS));
    return List.copyOf(calls);
  }

  private static List<Redirect> hooks() {
    String hooks = RedirectTable.internalName(Hooks.class);
    return List.of(
        Redirect.ofStatic("java/lang/System", "exit", "(I)V", hooks),
        Redirect.ofVirtual("java/lang/Runtime", "exit", "(I)V", hooks, "exit"),
        Redirect.ofVirtual("java/lang/Runtime", "halt", "(I)V", hooks, "exit"),
        Redirect.ofVirtual("java/lang/Thread", "start", "()V", hooks, "start"),
        Redirect.ofStatic(
            "java/lang/Thread",
            "startVirtualThread",
            "(Ljava/lang/Runnable;)Ljava/lang/Thread;",
            hooks),
        Redirect.ofVirtual("java/lang/Thread$Builder", "start", STARTER, hooks, "start"),
        Redirect.ofStatic(
            "java/lang/IO", "readln", "(Ljava/lang/String;)Ljava/lang/String;", hooks),
        Redirect.ofStatic("java/lang/IO", "readln", "()Ljava/lang/String;", hooks));
  }

  /// Calls that follow the directory and the environment variables of the session.
  private static List<Redirect> programs() {
    String process = "Ljava/lang/Process;";
    return List.of(
        Redirect.ofVirtual("java/lang/ProcessBuilder", "start", "()" + process, PROGRAMS, "start"),
        Redirect.ofVirtual(
            "java/lang/Runtime", "exec", "([Ljava/lang/String;)" + process, PROGRAMS, "exec"),
        Redirect.ofVirtual(
            "java/lang/Runtime", "exec", "(Ljava/lang/String;)" + process, PROGRAMS, "exec"),
        Redirect.ofStatic(
            "java/lang/System", "getenv", "(Ljava/lang/String;)Ljava/lang/String;", PROGRAMS),
        Redirect.ofStatic("java/lang/System", "getenv", "()Ljava/util/Map;", PROGRAMS));
  }

  /// Sleeps and readings that [dev.brigade.async.WovenClock] does instead.
  private static List<Redirect> clocks() {
    String thread = "java/lang/Thread";
    String parker = "java/util/concurrent/locks/LockSupport";
    String clock = "java/time/Clock";
    String zoned = "(Ljava/time/ZoneId;)Ljava/time/Clock;";
    return List.of(
        toClock(thread, "sleep", "(J)V"),
        toClock(thread, "sleep", "(JI)V"),
        toClock(thread, "sleep", "(Ljava/time/Duration;)V"),
        Redirect.ofVirtual("java/util/concurrent/TimeUnit", "sleep", "(J)V", CLOCK, "sleep"),
        toClock(parker, "parkNanos", "(J)V"),
        toClock(parker, "parkNanos", "(Ljava/lang/Object;J)V"),
        toClock(parker, "parkUntil", "(J)V"),
        toClock(parker, "parkUntil", "(Ljava/lang/Object;J)V"),
        toClock("java/lang/System", "nanoTime", "()J"),
        toClock("java/lang/System", "currentTimeMillis", "()J"),
        toClock(clock, "systemUTC", "()Ljava/time/Clock;"),
        toClock(clock, "systemDefaultZone", "()Ljava/time/Clock;"),
        toClock(clock, "system", zoned),
        toClock(clock, "tickMillis", zoned),
        toClock(clock, "tickSeconds", zoned),
        toClock(clock, "tickMinutes", zoned),
        toClock("java/time/InstantSource", "system", "()Ljava/time/InstantSource;"));
  }

  private static Redirect toClock(String owner, String name, String descriptor) {
    return Redirect.ofStatic(owner, name, descriptor, CLOCK);
  }

  private JdkCalls() {}
}
