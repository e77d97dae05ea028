package dev.brigade.async;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Coroutines as virtual threads whose scheduler is the loop.
///
/// The constructor that takes a scheduler is package-private in JDK 25 and needs
/// `--add-opens=java.base/java.lang=ALL-UNNAMED`; without it [#open()] is empty. Each strand is its
/// own scheduler object: the first runnable it is given is its own continuation, which only the
/// loop's thread runs; any other belongs to a virtual thread that user code made inside the
/// coroutine (those inherit the scheduler) and goes to the JDK's default scheduler.
final class SchedulerCarrier implements Carrier {
  // With the default stack, awaits nested 10,000 frames deep overflowed: a mounted virtual thread's
  // frames live on the loop thread's stack.
  private static final long LOOP_STACK = 16L << 20;

  private final Constructor<?> builder;
  private final Executor defaultScheduler;

  private SchedulerCarrier(Constructor<?> builder, Executor defaultScheduler) {
    this.builder = builder;
    this.defaultScheduler = defaultScheduler;
  }

  /// Empty where this JVM does not allow it.
  static Optional<SchedulerCarrier> open() {
    try {
      Constructor<?> builder =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      builder.setAccessible(true);
      Field scheduler =
          Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
      scheduler.setAccessible(true);
      return scheduler.get(null) instanceof Executor executor
          ? Optional.of(new SchedulerCarrier(builder, executor))
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "scheduler";
  }

  @Override
  public Strand strand(EventLoop loop) {
    try {
      var strand = new LoopStrand(loop, defaultScheduler);
      var virtual = (Thread.Builder.OfVirtual) builder.newInstance((Executor) strand);
      strand.thread(virtual.unstarted(strand));
      return strand;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the JVM no longer makes virtual threads for a scheduler", e);
    }
  }

  @Override
  public Thread loopThread(String name, Runnable body) {
    return Thread.ofPlatform().name(name).daemon().stackSize(LOOP_STACK).unstarted(body);
  }
}
