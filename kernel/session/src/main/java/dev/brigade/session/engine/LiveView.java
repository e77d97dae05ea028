package dev.brigade.session.engine;

import dev.brigade.session.Cell;
import dev.brigade.session.MimeBundle;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A picture below a cell that a thread of its own draws anew four times a second, also while the
/// loop is stuck.
final class LiveView implements AutoCloseable {
  private static final long PERIOD_NANOS = 250_000_000;

  private final Output output;
  private final Cell cell;
  private final Supplier<String> frame;
  private final String id = UUID.randomUUID().toString();
  private final Thread thread;
  private volatile boolean ended;
  private volatile boolean drawn;

  /// Begins to draw.
  ///
  /// @param frame makes the text of the moment; in a thread of its own
  LiveView(Output output, Cell cell, Supplier<String> frame) {
    this.output = output;
    this.cell = cell;
    this.frame = frame;
    this.thread =
        Thread.ofPlatform()
            .name("brigade-live")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .start(this::draw);
  }

  private void draw() {
    String before = null;
    while (!ended) {
      String text = frame.get();
      if (!text.equals(before)) {
        Map<String, Object> live = Map.of(MimeBundle.NOTICE, true, MimeBundle.LIVE, true);
        var bundle = new MimeBundle(MimeBundle.text(text).data(), live);
        output.show(cell, bundle, id, drawn);
        drawn = true;
        before = text;
      }
      LockSupport.parkNanos(this, PERIOD_NANOS);
    }
  }

  /// Ends with a last picture in its place.
  void end(MimeBundle last) {
    close();
    output.show(cell, last, id, drawn);
  }

  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true; // a frame takes milliseconds, and none may come after the last one
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
