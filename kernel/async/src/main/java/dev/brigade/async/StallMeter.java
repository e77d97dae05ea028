package dev.brigade.async;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Times each step of a hosted loop, and reports the ones that kept others waiting.
///
/// A step is reported from 100 ms on, and only if another task was ready or due meanwhile: a cell
/// that blocks with nothing else to run harms nobody.
final class StallMeter {
  /// As CPython's `slow_callback_duration`.
  static final long THRESHOLD_NANOS = 100_000_000;

  /// From when on the watch does not wait for the end of a step to report it.
  static final long STUCK_NANOS = 2_000_000_000L;

  private final EventLoop loop;
  // Written by the loop's thread, read by the watch.
  private volatile long began;
  private volatile boolean hostWorks;
  private long hostSince;
  // Written by the watch while a step goes on for long, read by the loop's thread after it.
  private volatile boolean blocked;
  // The watch's own: the beginning of the step it has reported last.
  private long stuckReported;
  private volatile List<StackTraceElement> stack = List.of();

  StallMeter(EventLoop loop) {
    this.loop = loop;
  }

  void begin() {
    began = System.nanoTime();
    hostWorks = false;
    if (!stack.isEmpty()) stack = List.of();
  }

  /// The host works in the loop's thread from now on, for example compiles: no learner's fault.
  void hostBegins() {
    hostSince = System.nanoTime();
    hostWorks = true;
  }

  /// @return how long it worked
  long hostEnds() {
    if (!hostWorks) return 0;
    long nanos = System.nanoTime() - hostSince;
    long before = began;
    began = before + nanos; // the loop's thread is the only writer
    hostWorks = false;
    return nanos;
  }

  /// Whether the present step has lasted for longer than the threshold.
  boolean isLong() {
    return !hostWorks && System.nanoTime() - began >= THRESHOLD_NANOS;
  }

  /// What the present step does. The first look is the one that counts.
  void sampled(List<StackTraceElement> now, boolean isBlocked) {
    if (!stack.isEmpty() || hostWorks) return;
    blocked = isBlocked;
    stack = now;
  }

  boolean hasSample() {
    return !stack.isEmpty();
  }

  /// How long the present step has lasted, the host's work taken off. Any thread.
  long soFar() {
    return hostWorks ? Math.max(0, hostSince - began) : System.nanoTime() - began;
  }

  void end(Task<?> task) {
    long nanos = System.nanoTime() - began;
    task.stepped(nanos);
    if (nanos < THRESHOLD_NANOS) return;
    List<String> delayed = loop.delayedBeside(task);
    if (delayed.isEmpty()) return;
    String where = where(task);
    loop.trace().stalled(task, nanos, where);
    loop.notices()
        .notice(
            new Notice.Stalled(
                task.origin(), task.name(), where, stack, nanos / 1_000_000, blocked, delayed));
  }

  /// In debug mode: reports every step that was slow, whoever was kept waiting.
  void stepEnded(Task<?> task, long nanos) {
    if (nanos < slow()) return;
    String at = task.awaitSite();
    String where = stack.isEmpty() ? at == null ? task.site() : at : where(task);
    loop.notices()
        .notice(new Notice.Slow(task.origin(), task.toString(), where, nanos / 1_000_000));
  }

  /// In debug mode: reports every callback that was slow.
  void callbackEnded(@Nullable Origin origin, Runnable callback, long nanos) {
    if (nanos < slow()) return;
    loop.notices()
        .notice(
            new Notice.Slow(
                origin, "callback " + callback.getClass().getName(), null, nanos / 1_000_000));
  }

  private long slow() {
    return Seconds.toNanos(loop.slowCallbackDuration());
  }

  /// While a step goes on and others wait: says so at once. The watch's thread.
  void stuck(Task<?> task, List<StackTraceElement> now, boolean isBlocked) {
    long nanos = System.nanoTime() - began;
    if (hostWorks || nanos < STUCK_NANOS || stuckReported == began) return;
    List<String> delayed = loop.delayedBesideFromOutside(task);
    if (delayed.isEmpty()) return;
    stuckReported = began;
    loop.notices()
        .notice(
            new Notice.Stuck(
                task.origin(), task.name(), now, nanos / 1_000_000, isBlocked, delayed));
  }

  private @Nullable String where(Task<?> task) {
    for (StackTraceElement frame : stack) {
      if (isUsers(frame)) return frame.toString();
    }
    return task.site();
  }

  static boolean isUsers(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.")
        && !name.startsWith("jdk.")
        && !name.startsWith("sun.")
        && !name.startsWith("dev.brigade.async.");
  }
}
