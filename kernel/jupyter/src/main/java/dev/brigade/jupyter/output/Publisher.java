package dev.brigade.jupyter.output;

import dev.brigade.jupyter.protocol.Codec;
import dev.brigade.jupyter.protocol.Outbox;
import dev.brigade.jupyter.protocol.Outgoing;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.jupyter.protocol.Publication.StreamPublication;
import dev.brigade.session.Emission;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.comm.CommMessage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The one way out: everything the kernel sends passes here, in order, and is encoded and handed
/// over on one thread of its own.
///
/// What a cell prints beyond [Flood#LIMIT] goes to a file. Text waits up to [#LINGER_NANOS] or
/// until [#BATCH_CHARS] for more of its kind; whatever else belongs to the same parent (a display,
/// the result, idle) sends the waiting text first.
///
/// Any thread may call [#emit] and [#send]. They add to a lock-free queue: they run on the user's
/// threads, where a lock would park a coroutine and an interrupt would break a pipe.
///
/// | state of the thread | who wakes it |
/// |---|---|
/// | AWAKE | nobody needs to: it looks at the queue again before it rests |
/// | LINGERING, text is waiting | its deadline, anything but text, or enough text |
/// | RESTING | anything |
public final class Publisher implements EmissionListener, AutoCloseable {
  static final long LINGER_NANOS = 10_000_000;
  static final int BATCH_CHARS = 4096;
  static final int BACKLOG_CHARS = 65_536;

  private enum State {
    AWAKE,
    LINGERING,
    RESTING
  }

  private sealed interface Item {
    record Shown(Emission emission) implements Item {}

    record Sent(Parent parent, Outgoing outgoing) implements Item {}
  }

  private final Codec codec;
  private final Outbox outbox;
  private final Consumer<String> log;
  private final Batches batches = new Batches(this::deliver);
  private final ConcurrentLinkedQueue<Item> queue = new ConcurrentLinkedQueue<>();
  private final Throttle throttle = new Throttle(System::nanoTime);
  private final Flood flood = new Flood(Flood.LIMIT, FloodFiles.system());
  private final AtomicLong waitingChars = new AtomicLong();
  private final Thread thread;
  // Written by the output thread only.
  private volatile State state = State.AWAKE;
  private volatile boolean closing;

  /// Starts the output thread.
  ///
  /// @param log gets a line for what could not be sent
  public Publisher(Codec codec, Outbox outbox, Consumer<String> log) {
    this.codec = codec;
    this.outbox = outbox;
    this.log = log;
    this.thread = Thread.ofPlatform().name("brigade-output").daemon().unstarted(this::work);
    thread.start();
  }

  @Override
  public void emit(Emission emission) {
    if (emission instanceof Emission.Text text) {
      throttle.pass(text.text().length());
      long before = waitingChars.getAndAdd(text.text().length());
      queue.add(new Item.Shown(emission));
      boolean enough = before + text.text().length() >= BATCH_CHARS;
      wake(enough);
    } else {
      queue.add(new Item.Shown(emission));
      wake(true);
    }
  }

  /// Sends a message after all that was emitted or sent before by the same thread.
  public void send(Parent parent, Outgoing outgoing) {
    queue.add(new Item.Sent(parent, outgoing));
    wake(true);
  }

  /// Sends a message of a comm as the answer to one of the page.
  public void answer(Parent parent, CommMessage message) {
    send(parent, Displays.comm(message));
  }

  private void wake(boolean urgent) {
    State seen = state;
    if (seen == State.RESTING || (urgent && seen == State.LINGERING)) LockSupport.unpark(thread);
  }

  /// Sends what is waiting and ends the thread.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(2000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (true) {
      Item item = queue.poll();
      if (item != null) {
        handle(item);
        batches.sendDue(System.nanoTime());
      } else if (closing) {
        batches.sendAll();
        return;
      } else {
        rest();
        batches.sendDue(System.nanoTime());
      }
    }
  }

  private void rest() {
    boolean lingering = !batches.isEmpty();
    state = lingering ? State.LINGERING : State.RESTING;
    // An item that was added before the state was written wakes nobody, so look once more.
    if (queue.isEmpty() && !closing) {
      if (lingering) LockSupport.parkNanos(this, batches.nanosToDeadline(System.nanoTime()));
      else LockSupport.park(this);
    }
    state = State.AWAKE;
    // A stray interrupt (user code may interrupt any thread it finds) must not reach a channel.
    Thread.interrupted();
  }

  private void handle(Item item) {
    try {
      switch (item) {
        case Item.Shown(Emission.Text text) -> {
          add(Displays.parent(text.cell()), text);
        }
        case Item.Shown(Emission other) -> {
          Parent parent = Displays.parent(other.cell());
          batches.sendOf(parent);
          deliver(parent, Displays.publication(other));
        }
        case Item.Sent(Parent parent, Outgoing outgoing) -> {
          batches.sendOf(parent);
          deliver(parent, outgoing);
        }
      }
    } catch (RuntimeException e) {
      // One message that cannot be written must not silence all later ones.
      log.accept("A message could not be sent: " + e);
    }
  }

  private void add(Parent parent, Emission.Text text) {
    Flood.Passed passed = flood.pass(parent.id(), text.text());
    int cut = text.text().length() - passed.text().length();
    waitingChars.addAndGet(-cut);
    if (!passed.text().isEmpty()) {
      var left =
          cut == 0
              ? text
              : new Emission.Text(text.cell(), text.stream(), passed.text(), text.guessed());
      // Who prints faster than this thread sends gets larger messages: a client takes as long for a
      // small one.
      int enough = waitingChars.get() > BACKLOG_CHARS ? BACKLOG_CHARS : BATCH_CHARS;
      batches.add(parent, left, System.nanoTime(), enough);
    }
    MimeBundle note = passed.note();
    if (note == null) return;
    batches.sendOf(parent);
    deliver(parent, new Publication.DisplayData(Displays.mimeData(note), null));
  }

  private void deliver(Parent parent, Outgoing outgoing) {
    if (outgoing instanceof StreamPublication stream) {
      waitingChars.addAndGet(-stream.text().length());
    }
    outbox.send(Codec.channel(parent, outgoing), codec.encode(parent, outgoing));
  }
}
