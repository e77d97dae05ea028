package dev.brigade.async;

import java.util.ArrayDeque;

/// A loop's strands that wait for a task.
///
/// Most tasks are short. One that ends and leaves nothing behind on its thread (no thread-local, no
/// pending interrupt, nobody who knows the thread) hands the strand to the next task that starts:
/// to make and start a thread costs several times what the first step of a small task does.
///
/// For the loop's thread of control.
final class Strands {
  // Enough for tasks that end one after the other; threads beyond are ended.
  private static final int ROOM = 16;

  private final EventLoop loop;
  private final ArrayDeque<Strand> spare = new ArrayDeque<>(ROOM);

  Strands(EventLoop loop) {
    this.loop = loop;
  }

  /// A strand for a task that takes its first step.
  Strand take(Task<?> task) {
    Strand strand = spare.poll();
    if (strand == null) strand = loop.carrier().strand(loop);
    strand.carry(task);
    return strand;
  }

  /// Whether a strand that ends now may stay.
  boolean hasRoom() {
    return spare.size() < ROOM && !loop.isClosed();
  }

  /// The task of a strand has ended.
  void ended(Strand strand) {
    if (!strand.isSpare()) return;
    if (strand.isExposed()) strand.retire(); // its thread was asked for as the task ended
    else spare.push(strand);
  }

  /// Ends the threads. The loop runs no more.
  void close() {
    spare.forEach(Strand::retire);
    spare.clear();
  }
}
