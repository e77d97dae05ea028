package dev.brigade.session.weave;

import dev.brigade.async.Gil;
import dev.brigade.async.Ticker;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;

/// The stop point of woven code: nothing at all until somebody asks a thread to stop, or the [Gil]
/// is on.
///
/// All woven `invokedynamic` instructions share one call site. Its target is an empty method, which
/// the compiler removes; asking for a stop, or for ticks, swaps the target, which throws the
/// compiled code away and lets the next pass of any loop look.
///
/// The state is static because a bootstrap method is.
public final class StopPoint {
  private static final MethodType TYPE = MethodType.methodType(void.class);
  private static final MethodHandle IDLE = MethodHandles.empty(TYPE);
  private static final MethodHandle CHECK = find(StopPoint.class, "check");
  private static final MethodHandle TICK = find(Gil.class, "tick");
  private static final MethodHandle CHECK_AND_TICK = find(StopPoint.class, "checkAndTick");
  private static final MutableCallSite SITE = new MutableCallSite(IDLE);
  // Written under SITE's monitor.
  private static volatile List<Target> targets = List.of();
  private static volatile boolean ticking;

  /// A wish to stop. `met` is written by its own thread.
  private static final class Target {
    final Thread thread;
    volatile boolean met;

    Target(Thread thread) {
      this.thread = thread;
    }
  }

  /// Links a woven instruction.
  public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
    return SITE;
  }

  /// Makes a thread throw [Stopped] at its next stop point, once. Every wish is taken back in the
  /// end, met or not: until then stop points cost something.
  public static void stop(Thread thread) {
    synchronized (SITE) {
      var next = new ArrayList<>(targets);
      next.removeIf(target -> target.thread == thread);
      next.add(new Target(thread));
      targets = List.copyOf(next);
      aim();
    }
  }

  /// Takes a wish to stop back.
  public static void spare(Thread thread) {
    if (targets.isEmpty()) return;
    synchronized (SITE) {
      targets = targets.stream().filter(target -> target.thread != thread).toList();
      aim();
    }
  }

  /// What the [Gil] asks ticks of.
  public static Ticker ticker() {
    return new Ticker() {
      @Override
      public void ticking(boolean on) {
        synchronized (SITE) {
          ticking = on;
          aim();
        }
      }

      @Override
      public void checkStop() {
        check();
      }
    };
  }

  /// Whether a thread is asked to stop and has not met a stop point yet.
  public static boolean isOpen(Thread thread) {
    for (Target target : targets) if (target.thread == thread) return !target.met;
    return false;
  }

  /// Whether no stop is asked of anybody and nothing ticks, so that stop points cost nothing.
  public static boolean isIdle() {
    return SITE.getTarget() == IDLE;
  }

  @SuppressWarnings("unused") // called through CHECK
  private static void check() {
    Thread self = Thread.currentThread();
    for (Target target : targets) {
      if (target.thread == self && !target.met) {
        // At the end of the stack anything may fail; then the next stop point tries again.
        var stopped = new Stopped();
        target.met = true;
        throw stopped;
      }
    }
  }

  @SuppressWarnings("unused") // called through CHECK_AND_TICK
  private static void checkAndTick() {
    check();
    Gil.tick();
  }

  private static void aim() {
    boolean stops = !targets.isEmpty();
    MethodHandle target = ticking ? (stops ? CHECK_AND_TICK : TICK) : stops ? CHECK : IDLE;
    if (SITE.getTarget() == target) return;
    SITE.setTarget(target);
    MutableCallSite.syncAll(new MutableCallSite[] {SITE});
  }

  private static MethodHandle find(Class<?> type, String name) {
    try {
      return MethodHandles.lookup().findStatic(type, name, TYPE);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private StopPoint() {}
}
