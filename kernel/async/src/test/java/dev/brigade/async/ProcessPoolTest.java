package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.async.process.RemoteTrace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real worker processes. One warm pool serves the tests that do not harm it.
@Timeout(90)
final class ProcessPoolTest {
  private static final ProcessPool POOL = new ProcessPool(2);

  @AfterAll
  static void closePool() {
    POOL.close();
    assertThat(POOL.workers()).isEmpty();
  }

  private static int fib(int n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
  }

  /// Not `LockSupport.park()`, which returns at once now and then: the thread that runs jobs waits
  /// for them with the same permit.
  private static void waitForEver() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  record Dish(String name, List<Integer> prices) implements Serializable {}

  private static <T> T get(PoolFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aLambdaRunsInAnotherProcess() throws Exception {
    int n = 20;
    assertThat(get(POOL.submit(() -> fib(n)))).isEqualTo(6765);
    assertThat(get(POOL.submit(() -> ProcessHandle.current().pid())))
        .isNotEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void jobsInvokedTogetherRunInOtherProcesses() throws Exception {
    var fibs =
        List.<Callable<Integer>>of((Job<Integer>) () -> fib(10), (Job<Integer>) () -> fib(11));
    List<Future<Integer>> all = POOL.invokeAll(fibs, 60, TimeUnit.SECONDS);
    assertThat(all).extracting(Future::resultNow).containsExactly(55, 89);
    assertThat(POOL.invokeAny(fibs, 60, TimeUnit.SECONDS)).isIn(55, 89);
  }

  @Test
  void aCoroutineAwaitsAJobInAnotherProcess() {
    var program = new Program(CarrierKind.values()[0]);
    program.runReal(
        () -> {
          Promise<Integer> job = eventLoop().runInExecutor(POOL, () -> fib(10));
          program.step(await(job));
          program.step(await(POOL.submit(() -> fib(11))));
          return null;
        });
    assertThat(program.trail()).containsExactly("55", "89");
  }

  @Test
  void recordsAndCollectionsTravelBothWays() throws Exception {
    var dish = new Dish("soup", List.of(3, 4));
    assertThat(get(POOL.submit(() -> new Dish(dish.name() + "!", dish.prices().reversed()))))
        .isEqualTo(new Dish("soup!", List.of(4, 3)));
    assertThat(get(POOL.submit(() -> java.util.Optional.of(dish)))).contains(dish);
  }

  @Test
  void mapGivesResultsInOrderAlsoInChunks() {
    assertThat(POOL.map(n -> n * n, List.of(1, 2, 3, 4, 5))).containsExactly(1, 4, 9, 16, 25);
    Results<Integer> chunked = POOL.map(ProcessPoolTest::fib, List.of(1, 2, 3, 4, 5, 6, 7), 3);
    assertThat(chunked.size()).isEqualTo(7);
    assertThat(chunked).containsExactly(1, 1, 2, 3, 5, 8, 13);
    assertThat(chunked).hasToString("<Results 7 of 7 done>");
  }

  @Test
  void whatAJobThrowsComesBackAsItIsWithTheRemoteStackAsCause() {
    assertThatThrownBy(
            () ->
                get(
                    POOL.submit(
                        () -> {
                          if (fib(3) == 2) throw new IOException("no gas");
                          return 1;
                        })))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("no gas")
        .satisfies(
            error ->
                assertThat(error.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().contains("ProcessPoolTest")))
        .hasCauseInstanceOf(RemoteTrace.class)
        .cause()
        .hasMessageContaining("-worker-");
  }

  /// Has something that cannot be sent.
  private static final class Kitchen implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the point of it
    final Thread cook = Thread.currentThread();
  }

  @Test
  void whatCannotBeSentFailsItsOwnJobAndNamesTheWay() throws Exception {
    var kitchen = new Kitchen();
    assertThatThrownBy(() -> get(POOL.submit(() -> kitchen.cook.getName())))
        .cause()
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("field `Kitchen.cook`")
        .hasMessageContaining("captured variable `kitchen`")
        .hasMessageContaining("java.lang.Thread cannot travel");
    Callable<Integer> plain = () -> 1;
    assertThatThrownBy(() -> get(POOL.submit(plain)))
        .cause()
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("Job<Integer> job");
    assertThatThrownBy(() -> get(POOL.submit(() -> new Kitchen())))
        .cause()
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("cannot travel back");
    assertThat(get(POOL.submit(() -> 2))).isEqualTo(2);
  }

  @SuppressWarnings("serial") // the point of it
  private static final class Unsendable extends RuntimeException {
    final Thread thread = Thread.currentThread();
  }

  @Test
  void anExceptionThatCannotBeSentIsToldInWords() throws Exception {
    assertThatThrownBy(
            () ->
                get(
                    POOL.submit(
                        () -> {
                          throw new Unsendable();
                        })))
        .cause()
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("Unsendable");
    assertThat(get(POOL.submit(() -> 2))).isEqualTo(2);
  }

  /// Does something at a moment of its travel.
  private static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String packing;
    private final String unpacking;

    Trap(String packing, String unpacking) {
      this.packing = packing;
      this.unpacking = unpacking;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      spring(packing);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      spring(unpacking);
    }

    static void spring(String what) {
      switch (what) {
        case "error" -> throw new IllegalStateException("trap");
        case "exit" -> System.exit(3);
        case "crash" -> ProcessHandle.current().destroyForcibly(); // refused for oneself
        case "kill" -> Runtime.getRuntime().halt(137);
        default -> {}
      }
    }
  }

  private static void breaks(Job<?> job) {
    try (var pool = new ProcessPool(2)) {
      PoolFuture<?> future = pool.submit(job);
      assertThatThrownBy(() -> get(future)).cause().isInstanceOf(BrokenProcessPool.class);
      assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(BrokenProcessPool.class);
    }
  }

  @Test
  void anErrorWhilePackingOrUnpackingAJobFailsThatJobOnly() throws Exception {
    for (Trap trap : List.of(new Trap("error", ""), new Trap("", "error"))) {
      assertThatThrownBy(() -> get(POOL.submit(() -> trap.packing)))
          .isInstanceOf(ExecutionException.class)
          .hasStackTraceContaining("trap");
    }
    assertThat(get(POOL.submit(() -> 2))).isEqualTo(2);
  }

  @Test
  void anErrorWhilePackingOrUnpackingAResultFailsThatJobOnly() throws Exception {
    assertThatThrownBy(() -> get(POOL.submit(() -> new Trap("error", ""))))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining("trap");
    assertThatThrownBy(() -> get(POOL.submit(() -> new Trap("", "error"))))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining("trap");
    assertThat(get(POOL.submit(() -> 2))).isEqualTo(2);
  }

  /// Ends the process it comes from while it is unpacked here, and stays there for long.
  private static final class Parting implements Serializable {
    private static final long serialVersionUID = 1L;
    private final long home = ProcessHandle.current().pid();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      ProcessHandle worker = ProcessHandle.of(home).orElseThrow();
      worker.destroyForcibly();
      worker.onExit().join();
      // As long as it takes to hear of the end by another way than the pipe.
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(unpacked::countDown);
      try {
        unpacked.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    static final CountDownLatch unpacked = new CountDownLatch(1);
  }

  @Test
  void aProcessThatEndsWhileItsResultIsUnpackedHereHasGivenItsResult() throws Exception {
    try (var pool = new ProcessPool(1)) {
      PoolFuture<Parting> last = pool.submit(() -> new Parting());
      PoolFuture<Void> next = pool.submit(ProcessPoolTest::waitForEver);
      assertThat(get(last).home).isPositive();
      assertThatThrownBy(() -> get(next)).cause().isInstanceOf(BrokenProcessPool.class);
      assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(BrokenProcessPool.class);
    }
  }

  @Test
  void aProcessThatEndsWhileItUnpacksAJobBreaksThePool() {
    var exit = new Trap("", "exit");
    breaks(() -> exit.packing);
    var kill = new Trap("", "kill");
    breaks(() -> kill.packing);
  }

  @Test
  void aProcessThatEndsWhileItRunsAJobBreaksThePool() {
    breaks(
        () -> {
          System.exit(3);
          return 1;
        });
    breaks(
        () -> {
          Runtime.getRuntime().halt(137);
          return 1;
        });
  }

  @Test
  void aProcessThatEndsWhileItPacksAResultBreaksThePool() {
    breaks(() -> new Trap("exit", ""));
    breaks(() -> new Trap("kill", ""));
  }

  @Test
  void aKilledProcessFailsEverythingThatWaits() throws Exception {
    try (var pool = new ProcessPool(1)) {
      long worker = get(pool.submit(() -> ProcessHandle.current().pid()));
      PoolFuture<Void> running = pool.submit(ProcessPoolTest::waitForEver);
      PoolFuture<Void> next = pool.submit(ProcessPoolTest::waitForEver);
      List<PoolFuture<Integer>> waiting =
          List.of(pool.submit(() -> 1), pool.submit(() -> 2), pool.submit(() -> 3));
      assertThat(ProcessHandle.of(worker).orElseThrow().destroyForcibly()).isTrue();
      assertThatThrownBy(() -> get(running))
          .cause()
          .isInstanceOf(BrokenProcessPool.class)
          .hasMessageContaining("kill -9")
          .hasMessageContaining("new ProcessPool()");
      assertThatThrownBy(() -> get(next)).cause().isInstanceOf(BrokenProcessPool.class);
      for (PoolFuture<Integer> each : waiting) {
        assertThatThrownBy(() -> get(each)).cause().isInstanceOf(BrokenProcessPool.class);
      }
    }
  }

  @Test
  void aBigParcelForAProcessThatDiesDoesNotHang() {
    try (var pool = new ProcessPool(1)) {
      byte[] big = new byte[30_000_000];
      PoolFuture<Integer> dying =
          pool.submit(
              () -> {
                Runtime.getRuntime().halt(1);
                return 1;
              });
      PoolFuture<Integer> after = pool.submit(() -> big.length);
      assertThatThrownBy(() -> get(dying)).cause().isInstanceOf(BrokenProcessPool.class);
      assertThatThrownBy(() -> get(after)).cause().isInstanceOf(BrokenProcessPool.class);
    }
  }

  @Test
  void bigParcelsTravelBothWays() throws Exception {
    byte[] big = new byte[3_000_000];
    big[2_000_000] = 7;
    assertThat(get(POOL.submit(() -> big.clone()))).isEqualTo(big);
  }

  @Test
  void aProcessIsReplacedAfterItsNumberOfJobs() throws Exception {
    try (var pool =
        new ProcessPool(ProcessPoolOptions.defaults().withWorkers(1).withMaxTasksPerChild(2))) {
      List<Long> pids =
          pool.map(n -> ProcessHandle.current().pid(), List.of(1, 2, 3, 4, 5)).toList();
      assertThat(pids.get(0)).isEqualTo(pids.get(1));
      assertThat(pids.get(2)).isEqualTo(pids.get(3)).isNotEqualTo(pids.get(1));
      assertThat(pids.get(4)).isNotEqualTo(pids.get(3));
    }
  }

  @Test
  void theInitializerRunsFirstInEachProcess() throws Exception {
    try (var pool =
        new ProcessPool(
            ProcessPoolOptions.defaults()
                .withWorkers(1)
                .withInitializer(() -> System.setProperty("kitchen", "open")))) {
      assertThat(get(pool.submit(() -> System.getProperty("kitchen")))).isEqualTo("open");
    }
  }

  @Test
  void aFailingInitializerBreaksThePool() {
    try (var pool =
        new ProcessPool(
            ProcessPoolOptions.defaults()
                .withInitializer(
                    () -> {
                      throw new IOException("no gas");
                    }))) {
      PoolFuture<Integer> future = pool.submit(() -> 1);
      assertThatThrownBy(() -> get(future))
          .cause()
          .isInstanceOf(BrokenProcessPool.class)
          .hasMessageContaining("no gas");
    }
  }

  @Test
  void aProcessThatCannotStartBreaksThePool() {
    try (var pool = new ProcessPool(ProcessPoolOptions.defaults().withJvmFlags("-XX:NoSuchFlag"))) {
      PoolFuture<Integer> future = pool.submit(() -> 1);
      assertThatThrownBy(() -> get(future))
          .cause()
          .isInstanceOf(BrokenProcessPool.class)
          .hasMessageContaining("did not start");
    }
  }

  @Test
  void asManyJobsAsProcessesAndOneMoreCannotBeCancelled() throws Exception {
    var pool = new ProcessPool(1);
    get(pool.submit(() -> 1));
    PoolFuture<Void> running = pool.submit(ProcessPoolTest::waitForEver);
    PoolFuture<Integer> first = pool.submit(() -> 1);
    PoolFuture<Integer> second = pool.submit(() -> 2);
    PoolFuture<Integer> third = pool.submit(() -> 3);
    assertThat(running.isRunning()).isTrue();
    assertThat(first.cancel(false)).isFalse();
    assertThat(second.cancel(false)).isFalse();
    assertThat(third.cancel(false)).isTrue();
    pool.killWorkers();
    assertThatThrownBy(() -> get(running)).cause().isInstanceOf(BrokenProcessPool.class);
    pool.close();
  }

  @Test
  void shutdownMayCancelWhatIsNotOnItsWay() throws Exception {
    var pool = new ProcessPool(1);
    List<PoolFuture<Integer>> futures =
        List.of(
            pool.submit(() -> 1), pool.submit(() -> 2), pool.submit(() -> 3), pool.submit(() -> 4));
    pool.shutdown(true, true);
    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThat(futures.getLast()).isCancelled();
    assertThatThrownBy(() -> pool.submit(() -> 5)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aStoppedJobLeavesItsPoolInOrder() throws Exception {
    try (var pool = new ProcessPool(1)) {
      Origin origin = Origin.of("In [1]");
      long first = get(pool.submit(() -> ProcessHandle.current().pid()));
      PoolFuture<Void> polite =
          Origin.call(origin, () -> pool.submit(() -> new CountDownLatch(1).await()));
      origin.stopProcessJobs();
      assertThatThrownBy(() -> get(polite)).cause().isInstanceOf(InterruptedException.class);
      assertThat(get(pool.submit(() -> ProcessHandle.current().pid()))).isEqualTo(first);
      PoolFuture<Void> deaf =
          Origin.call(
              origin,
              () ->
                  pool.submit(
                      () -> {
                        while (true) Thread.onSpinWait();
                      }));
      origin.stopProcessJobs();
      assertThatThrownBy(() -> get(deaf))
          .isInstanceOf(java.util.concurrent.CancellationException.class);
      assertThat(get(pool.submit(() -> ProcessHandle.current().pid()))).isNotEqualTo(first);
    }
  }

  @Test
  void aJobWritesToTheParentsStreams() throws Exception {
    var before = System.out;
    var bytes = new java.io.ByteArrayOutputStream();
    System.setOut(new java.io.PrintStream(bytes, true));
    try {
      get(POOL.submit(() -> System.out.println("from afar")));
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString()).isEqualTo("from afar\n");
  }

  @Test
  void aJobWithoutAResultIsAnExecutorsRunnableToo() throws Exception {
    java.util.concurrent.Executor executor = POOL;
    VoidJob job = () -> fib(3);
    executor.execute(job);
    assertThat(get(POOL.submit(job))).isNull();
  }

  @Test
  void mapRunsItsJobsAlsoWhenNobodyLooksAtTheResults() {
    Results<Integer> results;
    try (var pool = new ProcessPool(1)) {
      results = pool.map(n -> n + 1, List.of(1, 2, 3, 4, 5));
    }
    assertThat(results).hasToString("<Results 5 of 5 done>").containsExactly(2, 3, 4, 5, 6);
  }

  @Test
  void closingAPoolWhoseProcessDiesDoesNotHang() {
    var pool = new ProcessPool(1);
    PoolFuture<Integer> future =
        pool.submit(
            () -> {
              Runtime.getRuntime().halt(9);
              return 1;
            });
    pool.close();
    assertThatThrownBy(() -> get(future)).cause().isInstanceOf(BrokenProcessPool.class);
  }

  @Test
  void closingAPoolThatWasNeverUsedStartsNothing() {
    var pool = new ProcessPool();
    pool.close();
    assertThat(pool.isTerminated()).isTrue();
  }

  /// Has one class, `late.Greeting`, a job that gives a word.
  private static final class LateLoader extends ClassLoader {
    private final byte[] bytes;

    LateLoader(String word) {
      super(ProcessPoolTest.class.getClassLoader());
      ClassDesc job = ClassDesc.of(Job.class.getName());
      bytes =
          ClassFile.of()
              .build(
                  ClassDesc.of("late.Greeting"),
                  builder ->
                      builder
                          .withFlags(ClassFile.ACC_PUBLIC)
                          .withInterfaceSymbols(job)
                          .withMethodBody(
                              "<init>",
                              ConstantDescs.MTD_void,
                              ClassFile.ACC_PUBLIC,
                              code ->
                                  code.aload(0)
                                      .invokespecial(
                                          ConstantDescs.CD_Object, "<init>", ConstantDescs.MTD_void)
                                      .return_())
                          .withMethodBody(
                              "call",
                              MethodTypeDesc.of(ConstantDescs.CD_Object),
                              ClassFile.ACC_PUBLIC,
                              code -> code.ldc(word).areturn()));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.equals("late.Greeting")) throw new ClassNotFoundException(name);
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public java.io.InputStream getResourceAsStream(String name) {
      return new java.io.ByteArrayInputStream(bytes);
    }

    Job<?> job() throws ReflectiveOperationException {
      return (Job<?>) loadClass("late.Greeting").getConstructor().newInstance();
    }
  }

  @Test
  void classesOfAnyLoaderReachAWarmWorkerAndTwoOfOneNameStayApart() throws Exception {
    assertThat(get(POOL.submit(() -> 1))).isEqualTo(1);
    Job<?> old = new LateLoader("hello").job();
    assertThat(get(POOL.submit(old))).isEqualTo("hello");
    assertThat(get(POOL.submit(new LateLoader("hi").job()))).isEqualTo("hi");
    assertThat(get(POOL.submit(old))).isEqualTo("hello");
  }
}
