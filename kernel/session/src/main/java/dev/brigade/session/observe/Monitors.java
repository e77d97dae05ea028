package dev.brigade.session.observe;

import dev.brigade.session.weave.MonitorNotes;
import dev.brigade.session.weave.MonitorNotes.Note;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who has which monitor, the lock of a `synchronized` block or method, and who waits for it.
///
/// The JVM is asked about platform threads only, at a safepoint, where nothing moves. Of virtual
/// threads its thread dump would know as much, and may crash: so what they are at is known as far
/// as [MonitorNotes] has it, for `synchronized` blocks of cells. The rest is not in here.
///
/// @param awaited what a thread waits to lock, or waits on in `Object.wait`, by the thread's id
/// @param owners the id of the thread that has it, by what is locked
record Monitors(Map<Long, String> awaited, Map<String, Long> owners) {
  static final Monitors NONE = new Monitors(Map.of(), Map.of());

  private static final String VIRTUAL = "java.lang.VirtualThread";

  /// Those that some threads are at.
  static Monitors of(Collection<ThreadReader> readers) {
    List<ThreadReader> at = readers.stream().filter(ThreadReader::isAtMonitor).toList();
    if (at.isEmpty()) return NONE;
    var monitors = new Monitors(new HashMap<>(), new HashMap<>());
    monitors.addPlatformThreads();
    for (ThreadReader each : at) monitors.addAwaited(each);
    for (Thread each : MonitorNotes.threads()) if (each.isVirtual()) monitors.addOwned(each);
    return monitors;
  }

  private void addPlatformThreads() {
    var mounted = new HashMap<Long, Long>();
    ThreadInfo[] threads = ManagementFactory.getThreadMXBean().dumpAllThreads(true, false);
    for (ThreadInfo info : threads) {
      boolean carries = info.getLockInfo() != null && isVirtual(info);
      if (carries) mounted.put(info.getThreadId(), info.getLockOwnerId());
    }
    for (ThreadInfo info : threads) {
      boolean waits = info.getThreadState() != Thread.State.RUNNABLE;
      if (waits && info.getLockInfo() != null && !isVirtual(info)) {
        String object = shortened(info.getLockInfo().toString());
        awaited.put(info.getThreadId(), object);
        // Where a virtual thread has it, the JVM names the one that carries it.
        long owner = mounted.getOrDefault(info.getLockOwnerId(), info.getLockOwnerId());
        if (owner > 0) owners.putIfAbsent(object, owner);
      }
      for (MonitorInfo each : info.getLockedMonitors()) {
        owners.put(shortened(each.toString()), info.getThreadId());
      }
    }
  }

  /// Whether a thread is said to wait only because a virtual thread runs on it.
  private static boolean isVirtual(ThreadInfo info) {
    return info.getLockInfo().getClassName().equals(VIRTUAL);
  }

  /// The JVM also says nothing of a platform thread if a virtual thread that is put aside has what
  /// it waits for.
  private void addAwaited(ThreadReader reader) {
    List<Note> notes = MonitorNotes.of(reader.thread());
    if (notes.isEmpty()) return;
    Note innermost = notes.getFirst();
    if (!isAt(innermost, reader.state(), reader.stack())) return;
    awaited.putIfAbsent(reader.thread().threadId(), identity(innermost.monitor()));
  }

  /// A virtual thread's. Of a platform thread the JVM has said it.
  private void addOwned(Thread thread) {
    Thread.State state = thread.getState();
    List<StackTraceElement> stack = List.of(thread.getStackTrace());
    List<Note> notes = MonitorNotes.of(thread);
    if (notes.isEmpty()) return;
    Note innermost = notes.getFirst();
    boolean waits = isAt(innermost, state, stack);
    for (Note each : waits ? notes.subList(1, notes.size()) : notes) {
      // Who waits on a monitor has given it back, however often it had locked it.
      boolean given = waits && innermost.isWait() && each.monitor() == innermost.monitor();
      boolean stands = stack.stream().anyMatch(frame -> frame(frame).equals(each.at()));
      if (stands && !given) owners.putIfAbsent(identity(each.monitor()), thread.threadId());
    }
  }

  /// Whether a thread waits for what it noted last, and not for something in a call.
  private static boolean isAt(Note innermost, Thread.State state, List<StackTraceElement> stack) {
    if (stack.isEmpty()) return false;
    return innermost.isWait()
        ? ThreadReader.isObjectWait(stack)
        : state == Thread.State.BLOCKED && frame(stack.getFirst()).equals(innermost.at());
  }

  private static String frame(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  private static String identity(Object monitor) {
    String hash = Integer.toHexString(System.identityHashCode(monitor));
    return shortened(monitor.getClass().getName() + "@" + hash);
  }

  private static String shortened(String identity) {
    int at = identity.lastIndexOf('@');
    String type = at < 0 ? identity : identity.substring(0, at);
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1)
        + (at < 0 ? "" : identity.substring(at));
  }
}
