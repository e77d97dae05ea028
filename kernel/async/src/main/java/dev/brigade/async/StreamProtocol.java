package dev.brigade.async;

import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Joins a transport with a reader and a writer. Loop thread only. Python:
/// `asyncio.StreamReaderProtocol`.
final class StreamProtocol implements Transport.Listener {
  private final EventLoop loop;
  private final StreamReader reader;
  private final ArrayDeque<Promise<Boolean>> drains = new ArrayDeque<>();
  private final Promise<Boolean> closed;
  private final Runnable onLost;
  private boolean writingPaused;
  private boolean lost;

  /// @param onLost runs when the connection is over
  StreamProtocol(EventLoop loop, StreamReader reader, Runnable onLost) {
    this.loop = loop;
    this.reader = reader;
    this.onLost = onLost;
    this.closed = new ComposedPromise<>(loop, "close");
    closed.markRetrieved(); // who waits for the end hears of an error, nobody need
  }

  StreamReader reader() {
    return reader;
  }

  @Override
  public void dataReceived(ByteBuffer data) {
    reader.feed(data);
  }

  @Override
  public boolean eofReceived() {
    reader.feedEof();
    return true;
  }

  @Override
  public void connectionLost(@Nullable Throwable error) {
    lost = true;
    if (error == null) reader.feedEof();
    else reader.setError(error);
    if (!closed.isDone()) {
      if (error == null) closed.setResult(true);
      else closed.setError(error);
    }
    for (Promise<Boolean> drain : drains) {
      if (drain.isDone()) continue;
      if (error == null) drain.setResult(true);
      else drain.setError(error);
    }
    onLost.run();
  }

  @Override
  public void pauseWriting() {
    writingPaused = true;
  }

  @Override
  public void resumeWriting() {
    writingPaused = false;
    for (Promise<Boolean> drain : drains) if (!drain.isDone()) drain.setResult(true);
  }

  /// Suspends the calling coroutine until enough was sent.
  void drain() throws SocketException {
    if (lost) {
      throw new SocketException("the connection is lost: what is written to it goes nowhere");
    }
    if (!writingPaused) return;
    Promise<Boolean> mine = new ComposedPromise<>(loop, "drain");
    drains.add(mine);
    try {
      Awaiting.promise(mine);
    } finally {
      drains.remove(mine);
    }
  }

  Promise<Boolean> closed() {
    return closed;
  }
}
