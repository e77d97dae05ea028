package dev.brigade.jupyter.output;

import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.jupyter.protocol.Publication.StreamName;
import dev.brigade.session.Emission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Text that waits for more of its kind: for each parent at most one batch, of one stream. Cells
/// that print at the same time do not break each other's batches.
///
/// Used by the output thread only.
final class Batches {
  private record Kind(StreamName stream, boolean guessed) {}

  private static final class Batch {
    final Parent parent;
    final Kind kind;
    final long deadline;
    final StringBuilder text = new StringBuilder();

    Batch(Parent parent, Kind kind, long deadline) {
      this.parent = parent;
      this.kind = kind;
      this.deadline = deadline;
    }
  }

  private final BiConsumer<Parent, Publication> out;
  // By request id, oldest first; the first one has the earliest deadline.
  private final LinkedHashMap<String, Batch> waiting = new LinkedHashMap<>();

  Batches(BiConsumer<Parent, Publication> out) {
    this.out = out;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Adds the text of one print call; it is never split.
  ///
  /// @param enough how many chars do not wait for more
  void add(Parent parent, Emission.Text emission, long now, int enough) {
    var kind = new Kind(Displays.streamName(emission.stream()), emission.guessed());
    Batch batch = waiting.get(parent.id());
    if (batch != null && !batch.kind.equals(kind)) {
      sendOf(parent);
      batch = null;
    }
    if (batch == null && emission.text().length() >= enough) {
      send(parent, kind, emission.text());
      return;
    }
    if (batch == null) {
      batch = new Batch(parent, kind, now + Publisher.LINGER_NANOS);
      waiting.put(parent.id(), batch);
    }
    batch.text.append(emission.text());
    if (batch.text.length() >= enough) sendOf(parent);
  }

  /// Sends what waits for one parent.
  void sendOf(Parent parent) {
    Batch batch = waiting.remove(parent.id());
    if (batch != null) send(parent, batch.kind, batch.text.toString());
  }

  /// Sends what has waited long enough.
  void sendDue(long now) {
    for (Batch batch = first(); batch != null && batch.deadline - now <= 0; batch = first()) {
      sendOf(batch.parent);
    }
  }

  void sendAll() {
    for (Batch batch : new ArrayList<>(waiting.values())) sendOf(batch.parent);
  }

  /// At least 1, so that it can be parked for.
  long nanosToDeadline(long now) {
    Batch batch = first();
    return batch == null ? 1 : Math.max(1, batch.deadline - now);
  }

  private @Nullable Batch first() {
    Map.Entry<String, Batch> entry = waiting.firstEntry();
    return entry == null ? null : entry.getValue();
  }

  private void send(Parent parent, Kind kind, String text) {
    out.accept(parent, new Publication.StreamPublication(kind.stream(), text, kind.guessed()));
  }
}
