package dev.brigade.async;

/// A semaphore's permit in the hands of a task.
final class Permit extends TaskChain.Link<Permit> {
  boolean returned;

  Permit(Task<?> task) {
    super(task);
  }
}
