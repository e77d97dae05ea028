package dev.brigade.async;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A loop's channels and what to call when they are ready. Loop thread only, except [#wakeUp()].
///
/// As in asyncio the callback of a ready channel goes to the end of the ready queue, and comes
/// again in every iteration in which the channel is still ready.
final class LoopSelector {
  private static final long MILLI = 1_000_000;
  // Selectors wait whole milliseconds. What is left is waited for in pieces, looking in between.
  private static final long PIECE = 100_000;

  private final EventLoop loop;
  private final Selector selector;
  // How many channels wait for something, and how many of them for more than a new connection.
  private int active;
  private int connected;

  /// What is attached to a key.
  private static final class Callbacks {
    @Nullable Handle reader;
    @Nullable Handle writer;
  }

  LoopSelector(EventLoop loop) {
    this.loop = loop;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isActive() {
    return active > 0;
  }

  /// Whether a connection is waited on: data may come from outside at any moment.
  boolean awaitsData() {
    return connected > 0;
  }

  void reader(SelectableChannel channel, @Nullable Handle handle) {
    Callbacks callbacks = callbacks(channel);
    if (callbacks.reader != null) callbacks.reader.cancel();
    callbacks.reader = handle;
    update(channel, callbacks);
  }

  void writer(SelectableChannel channel, @Nullable Handle handle) {
    Callbacks callbacks = callbacks(channel);
    if (callbacks.writer != null) callbacks.writer.cancel();
    callbacks.writer = handle;
    update(channel, callbacks);
  }

  boolean hasReader(SelectableChannel channel) {
    SelectionKey key = channel.keyFor(selector);
    return key != null && key.attachment() instanceof Callbacks c && c.reader != null;
  }

  boolean hasWriter(SelectableChannel channel) {
    SelectionKey key = channel.keyFor(selector);
    return key != null && key.attachment() instanceof Callbacks c && c.writer != null;
  }

  private Callbacks callbacks(SelectableChannel channel) {
    SelectionKey key = channel.keyFor(selector);
    return key != null && key.attachment() instanceof Callbacks known ? known : new Callbacks();
  }

  private void update(SelectableChannel channel, Callbacks callbacks) {
    SelectionKey key = channel.keyFor(selector);
    int interest = interest(channel, callbacks);
    try {
      if (key == null) {
        if (interest == 0) return;
        channel.register(selector, interest, callbacks);
        count(interest, 1);
      } else if (key.isValid()) {
        count(key.interestOps(), -1);
        key.interestOps(interest);
        count(interest, 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(int interest, int by) {
    if (interest != 0) active += by;
    if ((interest & ~SelectionKey.OP_ACCEPT) != 0) connected += by;
  }

  private static int interest(SelectableChannel channel, Callbacks callbacks) {
    int interest = 0;
    if (callbacks.reader != null) {
      interest |= channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
    }
    if (callbacks.writer != null) {
      boolean connects = channel instanceof SocketChannel socket && socket.isConnectionPending();
      interest |= connects ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE;
    }
    return interest;
  }

  /// The channel is about to be closed: its callbacks are dropped.
  ///
  /// @return false if it was not known
  boolean forget(SelectableChannel channel) {
    SelectionKey key = channel.keyFor(selector);
    if (key == null || !key.isValid()) return false;
    if (key.attachment() instanceof Callbacks callbacks) {
      if (callbacks.reader != null) callbacks.reader.cancel();
      if (callbacks.writer != null) callbacks.writer.cancel();
    }
    count(key.interestOps(), -1);
    key.cancel();
    return true;
  }

  /// Queues the callbacks of what is ready, without waiting.
  void poll() {
    if (active > 0) look();
  }

  void look() {
    try {
      selector.selectNow(this::ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until something is ready, [#wakeUp()], or the time has passed.
  ///
  /// @param nanos real time; [Long#MAX_VALUE] for ever
  /// @return how many channels were ready
  int await(long nanos) {
    try {
      if (nanos >= MILLI) {
        return selector.select(this::ready, nanos == Long.MAX_VALUE ? 0 : nanos / MILLI);
      }
      LockSupport.parkNanos(this, Math.clamp(nanos, 0, PIECE));
      return selector.selectNow(this::ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid() || !(key.attachment() instanceof Callbacks callbacks)) return;
    int ops = key.readyOps();
    boolean readable = (ops & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0;
    if (readable && callbacks.reader != null) loop.enqueue(callbacks.reader);
    boolean writable = (ops & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0;
    if (writable && callbacks.writer != null) loop.enqueue(callbacks.writer);
  }

  /// Ends the present or the next wait. Any thread.
  void wakeUp() {
    selector.wakeup();
  }

  /// Frees the selector. Channels stay open: who opened them closes them.
  void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
