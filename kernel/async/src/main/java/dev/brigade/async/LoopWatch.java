package dev.brigade.async;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A daemon thread beside a hosted or debugged loop that looks at steps which do not end: it takes
/// their stack for the report, and frees a coroutine that waits where its thread cannot be put
/// aside.
///
/// A step that lasts is also reported while it lasts, with the stack of the moment.
///
/// It looks every 50 ms while the loop works, and sleeps while the loop does.
final class LoopWatch implements Runnable {
  private static final long PERIOD_NANOS = 50_000_000;
  // Looks at an idle loop this often before it goes to sleep, so that a loop that works in short
  // bursts need not wake it for each.
  private static final int IDLE_LOOKS = 20;

  private final EventLoop loop;
  private final StallMeter meter;
  private volatile boolean asleep;
  private volatile boolean ended;
  private final Thread thread;

  LoopWatch(EventLoop loop, StallMeter meter) {
    this.loop = loop;
    this.meter = meter;
    this.thread =
        Thread.ofPlatform()
            .name(loop.name() + "-watch")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this);
  }

  void start() {
    thread.start();
  }

  /// The loop goes to work. Loop thread.
  void wakeUp() {
    if (asleep) LockSupport.unpark(thread);
  }

  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    int idle = 0;
    while (!ended) {
      Task<?> holder = loop.holder();
      idle = holder == null ? idle + 1 : 0;
      if (holder != null) look(holder, loop.turns());
      if (idle < IDLE_LOOKS) {
        LockSupport.parkNanos(this, PERIOD_NANOS);
      } else {
        sleep();
        idle = 0;
      }
    }
  }

  private void sleep() {
    asleep = true;
    try {
      if (loop.holder() == null && !ended) LockSupport.park(this);
    } finally {
      asleep = false;
    }
  }

  private void look(Task<?> holder, long turn) {
    if (!meter.isLong()) return;
    Strand strand = holder.strand();
    if (strand == null) return;
    Thread of = strand.thread();
    boolean computing = of.getState() == Thread.State.RUNNABLE;
    List<StackTraceElement> stack = List.of(of.getStackTrace());
    // Only if it is still the same step: otherwise the stack is another's.
    if (loop.turns() != turn || loop.holder() != holder) return;
    meter.sampled(stack, !computing);
    meter.stuck(holder, stack, !computing);
    if (isPinnedAwait(stack)) strand.pinned();
  }

  /// The coroutine is in `suspend`, and its thread could not leave the loop's.
  static boolean isPinnedAwait(List<StackTraceElement> stack) {
    return stack.stream().anyMatch(f -> f.getMethodName().equals("parkOnCarrierThread"))
        && stack.stream()
            .anyMatch(
                f ->
                    f.getClassName().equals(LoopStrand.class.getName())
                        && f.getMethodName().equals("suspend"));
  }
}
