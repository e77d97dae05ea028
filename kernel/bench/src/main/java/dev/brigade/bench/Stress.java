package dev.brigade.bench;

import static dev.brigade.async.Async.*;

import dev.brigade.async.AsyncLock;
import dev.brigade.async.AsyncQueue;
import dev.brigade.async.AsyncSemaphore;
import dev.brigade.async.BrokenProcessPool;
import dev.brigade.async.Coroutine;
import dev.brigade.async.EventLoop;
import dev.brigade.async.ProcessPool;
import dev.brigade.async.Task;
import dev.brigade.async.TimeoutError;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Ten thousand tasks over locks, queues, semaphores, time limits and worker processes, with
/// cancellations and killed workers at random; then counts whether anything was lost, hangs, or is
/// left over. `build/stress.sh` runs it for minutes.
public final class Stress {
  private static final int TASKS = 10_000;
  private static final int PERMITS = 7;
  private static final double PATIENCE = 30;
  // Threads that the JDK makes once and keeps.
  private static final List<String> JDKS_OWN =
      List.of("ForkJoinPool", "VirtualThread-", "process reaper", "Cleaner-", "Common-Cleaner");

  private final Random random;
  private final double seconds;
  private final AsyncLock lock = new AsyncLock("lock");
  private final AsyncSemaphore semaphore = new AsyncSemaphore(PERMITS);
  private final AsyncQueue<Integer> queue = new AsyncQueue<>(50);
  private final List<Task<?>> living = new ArrayList<>();
  private final BitSet produced = new BitSet();
  private final BitSet consumed = new BitSet();
  private final List<String> wrong = new ArrayList<>();
  private int nextItem;
  private int inLock;
  private int inSemaphore;
  private long steps;
  private long cancels;
  private long jobs;
  private long jobsDone;
  private long jobsBroken;
  private long kills;

  private Stress(double seconds, long seed) {
    this.seconds = seconds;
    this.random = new Random(seed);
  }

  /// @param arguments seconds to run, and a seed
  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.printf("%d tasks for %.0f s, seed %d%n", TASKS, seconds, seed);
    Set<String> threadsBefore = threads();
    var stress = new Stress(seconds, seed);
    run(stress.program());
    stress.countLeftovers(threadsBefore);
    System.out.println(stress);
    stress.wrong.forEach(line -> System.out.println("WRONG: " + line));
    System.exit(stress.wrong.isEmpty() ? 0 : 1);
  }

  private Coroutine<Void> program() {
    return async(
        () -> {
          EventLoop loop = eventLoop();
          double end = loop.time() + seconds;
          var killer = createTask(killing(end), "killer");
          var watch = createTask(watching(), "watch");
          while (loop.time() < end) {
            living.removeIf(Task::isDone);
            while (living.size() < TASKS) living.add(createTask(life()));
            for (int i = 0; i < 200; i++) {
              living.get(random.nextInt(living.size())).cancel();
              cancels++;
            }
            await(sleep(0.01));
          }
          await(killer);
          watch.cancel();
          finish();
        });
  }

  /// What one task does, until it is cancelled or has done enough.
  private Coroutine<Void> life() {
    return async(
        () -> {
          for (int i = random.nextInt(50); i >= 0; i--) {
            switch (random.nextInt(6)) {
              case 0 -> lockOnce();
              case 1 -> takePermit();
              case 2 -> produce();
              case 3 -> consume();
              case 4 -> await(sleep(random.nextInt(3) * 0.001));
              default -> tryForAWhile();
            }
            steps++;
          }
        });
  }

  private void lockOnce() {
    try (var _ = await(lock.acquire())) {
      check(++inLock == 1, "two tasks hold the lock");
      try {
        if (random.nextInt(8) == 0) await(sleep(0));
      } finally {
        inLock--;
      }
    }
  }

  private void takePermit() {
    try (var _ = await(semaphore.acquire())) {
      check(++inSemaphore <= PERMITS, "more tasks than permits hold the semaphore");
      try {
        await(sleep(0));
      } finally {
        inSemaphore--;
      }
    }
  }

  /// An item counts as produced when `put` has returned.
  private void produce() {
    int item = nextItem++;
    await(queue.put(item));
    check(!produced.get(item), "an item was produced twice");
    produced.set(item);
  }

  private void consume() {
    int item = await(queue.get());
    check(!consumed.get(item), "item " + item + " was consumed twice");
    consumed.set(item);
  }

  private void tryForAWhile() {
    try {
      timeout(0.002, () -> await(lockAndSleep()));
    } catch (TimeoutError e) {
      // As planned.
    }
  }

  private Coroutine<Void> lockAndSleep() {
    return async(
        () -> {
          try (var _ = await(lock.acquire())) {
            await(sleep(0.001));
          }
        });
  }

  /// Sends jobs to worker processes and kills one now and then. Every job ends, one way or another.
  private Coroutine<Void> killing(double end) {
    return async(
        () -> {
          while (eventLoop().time() < end) {
            try (var pool = new ProcessPool(2)) {
              List<Task<Integer>> sent = new ArrayList<>();
              for (int i = 0; i < 50; i++) sent.add(createTask(job(pool, i)));
              await(sleep(0.2 + random.nextDouble()));
              killOne();
              await(waitFor(waitAll(sent), PATIENCE));
              sent.forEach(this::countJob);
            }
          }
        });
  }

  private Coroutine<Integer> job(ProcessPool pool, int number) {
    jobs++;
    return async(() -> await(eventLoop().runInExecutor(pool, () -> number * 2)));
  }

  private void countJob(Task<Integer> job) {
    if (job.isCancelled()) wrong.add("a job was cancelled by nobody");
    else if (job.error() == null) jobsDone++;
    else if (job.error() instanceof BrokenProcessPool) jobsBroken++;
    else wrong.add("a job failed: " + job.error());
  }

  private void killOne() {
    var children = ProcessHandle.current().children().toList();
    if (children.isEmpty() || random.nextInt(3) == 0) return;
    children.get(random.nextInt(children.size())).destroyForcibly();
    kills++;
  }

  /// Something must happen all the time.
  private Coroutine<Void> watching() {
    return async(
        () -> {
          while (true) {
            long before = steps;
            await(sleep(PATIENCE));
            check(steps > before, "nothing has happened for " + PATIENCE + " s");
          }
        });
  }

  private void finish() {
    for (Task<?> task : living) task.cancel();
    await(waitAll(living));
    for (Task<?> task : living) {
      if (!task.isCancelled() && task.error() != null) wrong.add("a task failed: " + task.error());
    }
    check(!lock.isLocked(), "the lock is still taken");
    check(inLock == 0 && inSemaphore == 0, "somebody is still inside");
    for (int i = 0; i < PERMITS; i++) {
      check(!semaphore.isLocked(), "a permit is lost");
      await(semaphore.acquire());
    }
    while (!queue.isEmpty()) consumed.set(queue.getNowait());
    var lost = (BitSet) produced.clone();
    lost.andNot(consumed);
    check(lost.isEmpty(), lost.cardinality() + " items were lost");
    check(allTasks().size() == 1, "tasks are left: " + allTasks());
  }

  private void check(boolean right, String otherwise) {
    if (!right && wrong.size() < 20) wrong.add(otherwise);
  }

  private void countLeftovers(Set<String> before) throws InterruptedException {
    var children = ProcessHandle.current().children().toList();
    for (ProcessHandle child : children) {
      if (child.isAlive()) wrong.add("a worker is left: " + child.info());
    }
    Set<String> left = threads();
    for (int i = 0; i < 50 && !before.containsAll(left); i++) {
      Thread.sleep(100); // threads that are about to end
      left = threads();
    }
    left.removeAll(before);
    check(left.isEmpty(), "threads are left: " + left);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> JDKS_OWN.stream().noneMatch(name::startsWith))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return steps
        + " operations, "
        + cancels
        + " cancellations, "
        + produced.cardinality()
        + " items; "
        + jobs
        + " jobs: "
        + jobsDone
        + " done, "
        + jobsBroken
        + " broken by "
        + kills
        + " kills; "
        + (wrong.isEmpty() ? "nothing lost, nothing left" : wrong.size() + " wrong");
  }
}
