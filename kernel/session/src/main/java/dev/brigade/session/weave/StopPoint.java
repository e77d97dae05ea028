package dev.brigade.session.weave;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The stop point of woven code: nothing at all until somebody asks a thread to stop.
///
/// All woven `invokedynamic` instructions share one call site. Its target is an empty method, which
/// the compiler removes; asking for a stop swaps the target, which throws the compiled code away
/// and lets the next pass of any loop look whether its thread is meant.
///
/// The state is static because a bootstrap method is.
public final class StopPoint {
  private static final MethodType TYPE = MethodType.methodType(void.class);
  private static final MethodHandle IDLE = MethodHandles.empty(TYPE);
  private static final MethodHandle CHECK = findCheck();
  private static final MutableCallSite SITE = new MutableCallSite(IDLE);
  private static final Set<Thread> TARGETS = ConcurrentHashMap.newKeySet();

  /// Links a woven instruction.
  public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
    return SITE;
  }

  /// Makes a thread throw [Stopped] at its next stop point, once.
  public static void stop(Thread thread) {
    synchronized (SITE) {
      TARGETS.add(thread);
      aim(CHECK);
    }
  }

  /// Takes a wish to stop back, if it was not followed yet.
  public static void spare(Thread thread) {
    if (TARGETS.isEmpty()) return;
    synchronized (SITE) {
      if (TARGETS.remove(thread) && TARGETS.isEmpty()) aim(IDLE);
    }
  }

  /// Whether a thread is asked to stop and has not met a stop point yet.
  public static boolean isAimedAt(Thread thread) {
    return TARGETS.contains(thread);
  }

  /// Whether no stop is asked of anybody, so that stop points cost nothing.
  public static boolean isIdle() {
    return SITE.getTarget() == IDLE;
  }

  @SuppressWarnings("unused") // called through CHECK
  private static void check() {
    Thread self = Thread.currentThread();
    if (!TARGETS.contains(self)) return;
    spare(self);
    throw new Stopped();
  }

  private static void aim(MethodHandle target) {
    if (SITE.getTarget() == target) return;
    SITE.setTarget(target);
    MutableCallSite.syncAll(new MutableCallSite[] {SITE});
  }

  private static MethodHandle findCheck() {
    try {
      return MethodHandles.lookup().findStatic(StopPoint.class, "check", TYPE);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private StopPoint() {}
}
