package dev.brigade.async;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/// Reads a process's output on a thread beside the loop, piece by piece into a reader. The thread
/// waits while the reader is full, so that the process has to wait too.
final class PipeSource implements Tap {
  private static final int PIECE = 64 * 1024;

  private final EventLoop loop;
  private final InputStream in;
  private final StreamReader reader;
  // One permit: the next piece may be read.
  private final Semaphore wanted = new Semaphore(1);
  private boolean paused;
  private boolean due;

  private PipeSource(EventLoop loop, InputStream in, StreamReader reader) {
    this.loop = loop;
    this.in = in;
    this.reader = reader;
  }

  static StreamReader start(EventLoop loop, InputStream in, String name) {
    var reader = new StreamReader(StreamReader.DEFAULT_LIMIT);
    var source = new PipeSource(loop, in, reader);
    reader.transport(source);
    loop.engine().jobStarted();
    Thread.ofPlatform().name(name).daemon().start(source::pump);
    return reader;
  }

  private void pump() {
    var buffer = new byte[PIECE];
    try (in) {
      while (true) {
        wanted.acquire();
        int count = in.read(buffer);
        if (count < 0) break;
        byte[] piece = Arrays.copyOf(buffer, count);
        loop.callSoonThreadsafe(() -> deliver(piece));
      }
    } catch (IOException _) {
      // Also what a killed process's pipe gives; what came before is still there.
    } catch (InterruptedException _) {
      // Nobody else knows of this thread.
    }
    loop.callSoonThreadsafe(this::end);
  }

  private void end() {
    loop.engine().jobDelivered();
    reader.feedEof();
  }

  private void deliver(byte[] piece) {
    reader.feed(piece);
    if (!paused) {
      wanted.release();
      return;
    }
    // Nothing is on its way any more: virtual time may go on until somebody reads.
    due = true;
    loop.engine().jobDelivered();
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
    if (!due) return;
    due = false;
    loop.engine().jobStarted();
    wanted.release();
  }
}
