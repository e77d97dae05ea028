package dev.brigade.async;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One job of a [ProcessPool].
final class ProcessFuture<T> extends PoolFuture<T> {
  private final long job;
  private final byte[] parcel;
  private final @Nullable Object errand = Running.errand();
  private final @Nullable Origin origin = Running.origin();

  /// @param parcel the packed code
  ProcessFuture(String name, long job, byte[] parcel) {
    super(name);
    this.job = job;
    this.parcel = parcel;
  }

  long job() {
    return job;
  }

  byte[] parcel() {
    return parcel;
  }

  @Nullable Origin origin() {
    return origin;
  }

  /// A worker gets the job. Any thread.
  void started(String worker, long pid) {
    LoggedJob logged = logged();
    if (logged != null) as(() -> logged.beganIn(worker, pid));
  }

  private void logEnd(@Nullable Throwable error) {
    LoggedJob logged = logged();
    if (logged != null) logged.endedThere(error);
  }

  /// Runs something as whoever handed the job in.
  void as(Runnable work) {
    Object before = Running.get();
    Running.set(errand);
    try {
      work.run();
    } finally {
      Running.set(before);
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>(); // it goes by no loop's clock
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // what the job gave; null for a Void
  void succeed(@Nullable Object value, List<String> lost) {
    as(
        () -> {
          if (!lost.isEmpty()) LostWrites.tell(errand, lost);
          logEnd(null);
          complete((T) value);
        });
  }

  void fail(Throwable error) {
    as(
        () -> {
          logEnd(error);
          completeExceptionally(error);
        });
  }
}
