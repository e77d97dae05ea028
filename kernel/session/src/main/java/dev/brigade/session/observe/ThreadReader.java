package dev.brigade.session.observe;

import dev.brigade.session.weave.StoppableWaits;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What one thread does, from its stack and what it is parked on.
///
/// @param stack innermost first
/// @param place the innermost line of a cell, or null
/// @param call the JDK's method that the line has called, or null
/// @param blocker what it is parked on, or null
record ThreadReader(
    Thread thread,
    Thread.State state,
    List<StackTraceElement> stack,
    @Nullable String place,
    @Nullable String call,
    @Nullable Object blocker) {

  static ThreadReader read(Thread thread, Places places) {
    Thread.State state = thread.getState();
    Object blocker = LockSupport.getBlocker(thread);
    List<StackTraceElement> stack = List.of(thread.getStackTrace());
    String place = null;
    String call = null;
    for (StackTraceElement frame : stack) {
      place = places.of(frame);
      if (place != null) break;
      // The runtime stands in for some of the JDK's methods; what it calls is what was meant.
      if (!frame.getClassName().startsWith("dev.brigade.")) call = call(frame);
      else if (call != null && frame.getClassName().equals(StoppableWaits.class.getName())) {
        call = call.substring(0, call.indexOf('.') + 1) + frame.getMethodName();
      }
    }
    if (place == null) call = null; // no line of a cell has called it
    return new ThreadReader(thread, state, stack, place, call, blocker);
  }

  private static String call(StackTraceElement frame) {
    return simple(frame.getClassName()) + "." + frame.getMethodName();
  }

  private static String simple(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }

  /// Whether the JVM's own lock, of a `synchronized` block or in `Object.wait`, is what it waits
  /// for.
  boolean isAtMonitor() {
    return state == Thread.State.BLOCKED || (isWaiting() && blocker == null && isObjectWait(stack));
  }

  static boolean isObjectWait(List<StackTraceElement> stack) {
    if (stack.isEmpty()) return false;
    StackTraceElement top = stack.getFirst();
    return top.getClassName().equals("java.lang.Object") && top.getMethodName().startsWith("wait");
  }

  private boolean isWaiting() {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  boolean hasFrame(String className, String method) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(className) && frame.getMethodName().equals(method)) {
        return true;
      }
    }
    return false;
  }

  /// What it waits for, or null while it runs.
  @Nullable ThreadWait waitsFor(Monitors monitors, ThreadNames names) {
    if (state != Thread.State.BLOCKED && !isWaiting()) return null;
    if (isAtMonitor()) {
      String object = monitors.awaited().get(thread.threadId());
      Long owner = object == null ? null : monitors.owners().get(object);
      long holder = owner == null ? joined(object, names) : owner;
      boolean enters = state == Thread.State.BLOCKED;
      return new ThreadWait(call, object, holder, names.of(holder), List.of(), enters);
    }
    Thread owner = LockOwners.of(blocker);
    long holder = owner == null ? 0 : owner.threadId();
    List<String> queue =
        LockOwners.queue(blocker).stream().map(each -> names.of(each.threadId())).toList();
    return new ThreadWait(call, object(owner), holder, names.of(holder), queue, false);
  }

  /// `thread.join()` waits on the thread itself, which nobody holds but itself.
  private static long joined(@Nullable String object, ThreadNames names) {
    return object == null ? 0 : names.byIdentity(object);
  }

  /// A name for what it is parked on. Locks and other synchronizers are known by a part of theirs.
  private @Nullable String object(@Nullable Thread owner) {
    if (!(blocker instanceof AbstractOwnableSynchronizer)) return null;
    String type = blocker.getClass().getName();
    int inner = type.indexOf('$');
    String outer = simple(inner < 0 ? type : type.substring(0, inner));
    boolean isLock = owner != null || outer.contains("Lock");
    return isLock || call == null
        ? outer + "@" + Integer.toHexString(System.identityHashCode(blocker))
        : null;
  }

  /// Whether the compiler works in it.
  boolean compiles() {
    return stack.stream().anyMatch(frame -> frame.getClassName().startsWith("jdk.jshell."))
        && place == null;
  }

  /// Its state in words.
  String doing(@Nullable ThreadWait wait) {
    if (state == Thread.State.TERMINATED) return "has ended";
    if (compiles()) return "compiles a cell";
    if (wait == null) return call == null ? "running" : "running in " + call;
    if (wait.object() == null && "Thread.sleep".equals(call)) return "sleeps in Thread.sleep";
    return wait.object() == null && wait.call() != null && !wait.isJoin() && !wait.isMonitor()
        ? "waits in " + wait.call()
        : "waits for " + wait.text();
  }
}
