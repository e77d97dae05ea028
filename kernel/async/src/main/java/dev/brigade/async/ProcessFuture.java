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
  private volatile Runnable onStart = () -> {};

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

  /// Calls back when a worker gets the job, in any thread.
  void onStart(Runnable callback) {
    onStart = callback;
  }

  void started() {
    as(onStart);
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
          complete((T) value);
        });
  }

  void fail(Throwable error) {
    as(() -> completeExceptionally(error));
  }
}
