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
  // How long it draws; for ever where somebody else ends it.
  private final long nanos;
  private final String id = UUID.randomUUID().toString();
  private final Thread thread;
  private volatile boolean ended;
  private volatile boolean drawn;

  /// Begins to draw.
  ///
  /// @param frame makes the text of the moment; in a thread of its own
  LiveView(Output output, Cell cell, Supplier<String> frame) {
    this(output, cell, frame, Long.MAX_VALUE);
  }

  private LiveView(Output output, Cell cell, Supplier<String> frame, long nanos) {
    this.output = output;
    this.cell = cell;
    this.frame = frame;
    this.nanos = nanos;
    this.thread =
        Thread.ofPlatform()
            .name("brigade-live")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .start(this::draw);
  }

  /// Draws for some time, and leaves the last picture. Returns at once.
  static void during(Output output, Cell cell, Supplier<String> frame, long nanos) {
    var _ = new LiveView(output, cell, frame, nanos);
  }

  private void draw() {
    long start = System.nanoTime();
    String before = null;
    while (!ended) {
      if (System.nanoTime() - start > nanos) {
        output.show(cell, Notices.notice(frame.get()), id, drawn);
        return;
      }
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
