package dev.brigade.async;

import java.io.Serializable;

/// Code without a result for a pool of threads or processes: `pool.submit(() -> print("done"))`.
/// Like [Job] it is serialisable, and it may throw anything.
///
/// It is a [Runnable] whose code stands in [#act()], so that a lambda without a result is a job and
/// not a plain runnable, which could not travel and could not throw.
@FunctionalInterface
@SuppressWarnings("FunctionalInterfaceMethodChanged") // run() does nothing but the code
public interface VoidJob extends Action, Runnable, Serializable {
  /// The code.
  void act() throws Exception;

  /// Runs the code; what it throws comes out as it is, checked or not.
  @Override
  default void run() {
    try {
      act();
    } catch (Exception e) { // a Runnable declares nothing
      throw Throwing.asIs(e);
    }
  }
}
