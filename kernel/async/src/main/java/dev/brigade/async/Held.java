package dev.brigade.async;

/// A lock or permit that is held: closing gives it back, once.
///
/// `try (var _ = await(lock.acquire())) { ... }` is Python's `async with lock:`.
public final class Held implements AutoCloseable {
  private final Runnable release;
  private boolean released;

  Held(Runnable release) {
    this.release = release;
  }

  @Override
  public String toString() {
    return released ? "<Held, released>" : "<Held: close() gives it back>";
  }

  @Override
  public void close() {
    if (released) return;
    released = true;
    release.run();
  }
}
