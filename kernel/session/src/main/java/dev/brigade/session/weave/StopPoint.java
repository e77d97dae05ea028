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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The stop point of woven code: nothing at all until somebody asks a thread to stop, or the [Gil]
/// is on.
///
/// A method looks at [#asked] when it is entered. A loop does not, since the compiler would read
/// that once for all its turns: there stands an `invokedynamic`, and all of these share one call
/// site. Its target is an empty method, which the compiler removes; swapping the target throws the
/// compiled code away and lets the next pass of any loop look.
///
/// Compiled code that is thrown away costs some microseconds for each of its frames, when a call
/// returns to it or an exception goes through it: seconds at the end of a deep recursion. So where
/// a thread has gone deep, the target is swapped only if no entry of a method stops it.
///
/// The state is static because a bootstrap method is.
public final class StopPoint {
  private static final MethodType TYPE = MethodType.methodType(void.class);
  private static final MethodHandle IDLE = MethodHandles.empty(TYPE);
  private static final MethodHandle CHECK = find(StopPoint.class, "check");
  private static final MethodHandle TICK = find(Gil.class, "tick");
  private static final MethodHandle CHECK_AND_TICK = find(StopPoint.class, "checkAndTick");
  private static final MutableCallSite SITE = new MutableCallSite(IDLE);
  private static final int DEEP = 1000;
  // What a deep thread gets to enter a method: more than an overflow needs to go through all calls.
  private static final long PATIENCE = 300_000_000;
  private static final long LOOK = 10_000_000;

  /// Whether a method that is entered calls [#entered()]. Written under the call site's monitor;
  /// read by woven code without any order, which is what costs nothing.
  @SuppressWarnings("MutablePublicStatic") // woven code reads it
  public static boolean asked;

  // Written under SITE's monitor.
  private static volatile List<Wish> wishes = List.of();
  private static volatile boolean ticking;
  private static int swaps;

  /// One wish that a thread stop.
  public static final class Wish {
    private final Thread thread;
    // Written by that thread.
    private volatile boolean met;
    // Whether loops look for it too. Written under SITE's monitor.
    private boolean reachesLoops;

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

    private void reachLoops() {
      synchronized (SITE) {
        if (!isOpen()) return;
        reachesLoops = true;
        aim();
      }
    }

    /// A thread that enters methods meets the wish there, and one that comes back from a deep
    /// recursion is not deep any more soon; a loop at its end is neither.
    private void reachLoopsLater() {
      long start = System.nanoTime();
      while (isOpen() && System.nanoTime() - start < PATIENCE && isDeep(thread)) {
        LockSupport.parkNanos(LOOK);
      }
      reachLoops();
    }
  }

  /// Links a woven instruction.
  public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
    return SITE;
  }

  /// Makes a thread throw [Stopped] at its next stop point, once. Every wish is taken back in the
  /// end, met or not: until then stop points cost something.
  public static Wish stop(Thread thread) {
    var wish = new Wish(thread);
    synchronized (SITE) {
      var next = new ArrayList<>(wishes);
      next.removeIf(other -> other.thread == thread);
      next.add(wish);
      wishes = List.copyOf(next);
      aim();
    }
    // Only now: from here on its own calls take it no deeper.
    if (isDeep(thread)) {
      Thread.ofPlatform().name("brigade-stop").daemon().start(wish::reachLoopsLater);
    } else {
      wish.reachLoops();
    }
    return wish;
  }

  /// The JVM copies no more than 1024 frames.
  private static boolean isDeep(Thread thread) {
    return thread.getStackTrace().length >= DEEP;
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
    synchronized (SITE) {
      return !asked && SITE.getTarget() == IDLE;
    }
  }

  /// How often compiled loops were thrown away so far.
  static int swaps() {
    synchronized (SITE) {
      return swaps;
    }
  }

  /// What a method calls at its entry while anything is [#asked].
  public static void entered() {
    check();
    if (ticking) Gil.tick();
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
    asked = ticking || !wishes.isEmpty();
    boolean stops = wishes.stream().anyMatch(wish -> wish.reachesLoops);
    MethodHandle target = ticking ? (stops ? CHECK_AND_TICK : TICK) : stops ? CHECK : IDLE;
    if (SITE.getTarget() == target) return;
    swaps++;
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
