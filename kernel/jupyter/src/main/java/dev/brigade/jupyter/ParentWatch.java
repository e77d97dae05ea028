package dev.brigade.jupyter;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Ends the kernel when the program that started it is gone, so that a crashed client leaves no
/// kernel behind.
///
/// Two signs count: the process named by `JPY_PARENT_PID` is gone, or the kernel was given another
/// parent. The second also sees a parent that died and was not yet collected by its own parent.
final class ParentWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 500;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("brigade-parent").daemon().factory());

  private ParentWatch(BooleanSupplier alive, Runnable gone) {
    var _ =
        clock.scheduleWithFixedDelay(
            () -> {
              if (alive.getAsBoolean()) return;
              clock.shutdown();
              gone.run();
            },
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /// Watches the client of this process.
  ///
  /// @param namedParent the value of `JPY_PARENT_PID`, or null
  static ParentWatch start(@Nullable String namedParent, Runnable gone) {
    BooleanSupplier named = named(namedParent);
    Optional<ProcessHandle> first = parent();
    return new ParentWatch(() -> named.getAsBoolean() && parent().equals(first), gone);
  }

  private static Optional<ProcessHandle> parent() {
    return ProcessHandle.current().parent();
  }

  private static BooleanSupplier named(@Nullable String pid) {
    if (pid == null || !pid.matches("[1-9][0-9]{0,17}")) return () -> true;
    return ProcessHandle.of(Long.parseLong(pid))
        .<BooleanSupplier>map(handle -> handle::isAlive)
        .orElse(() -> false);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
