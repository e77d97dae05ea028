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
import java.util.function.Predicate;

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
  private static volatile List<Wish> wishes = List.of();
  private static volatile boolean ticking;

  /// One wish that a thread stop.
  public static final class Wish {
    private final Thread thread;
    // Written by that thread.
    private volatile boolean met;

    private Wish(Thread thread) {
      this.thread = thread;
    }

    /// Whether it still stands: neither met, nor taken back, nor replaced by a newer one.
    public boolean isOpen() {
      return !met && wishes.contains(this);
    }

    /// Whether the thread has thrown it.
    public boolean isMet() {
      return met;
    }

    /// Takes it back, and leaves alone what others wish of the same thread since.
    public void spare() {
      StopPoint.spare(wish -> wish == this);
    }
  }

  /// Links a woven instruction.
  public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
    return SITE;
  }

  /// Makes a thread throw [Stopped] at its next stop point, once. Every wish is taken back in the
  /// end, met or not: until then stop points cost something.
  public static Wish stop(Thread thread) {
    synchronized (SITE) {
      var wish = new Wish(thread);
      var next = new ArrayList<>(wishes);
      next.removeIf(other -> other.thread == thread);
      next.add(wish);
      wishes = List.copyOf(next);
      aim();
      return wish;
    }
  }

  /// Takes back whatever is wished of a thread.
  public static void spare(Thread thread) {
    spare(wish -> wish.thread == thread);
  }

  private static void spare(Predicate<Wish> which) {
    if (wishes.isEmpty()) return;
    synchronized (SITE) {
      wishes = wishes.stream().filter(which.negate()).toList();
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

  /// Whether no stop is asked of anybody and nothing ticks, so that stop points cost nothing.
  public static boolean isIdle() {
    return SITE.getTarget() == IDLE;
  }

  /// Throws [Stopped] if the calling thread is asked to stop.
  static void check() {
    Thread self = Thread.currentThread();
    for (Wish wish : wishes) {
      if (wish.thread == self && !wish.met) {
        // At the end of the stack anything may fail; then the next stop point tries again.
        var stopped = new Stopped();
        wish.met = true;
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
    boolean stops = !wishes.isEmpty();
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
