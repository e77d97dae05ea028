package dev.brigade.session.widget;

import dev.brigade.async.Origin;
import dev.brigade.session.comm.Comm;
import dev.brigade.session.comm.CommData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a widget, a layout or a style is, here and on the page: the same names and values on both
/// sides. Any thread.
///
/// The page hears of it when it is first shown. What changes here is sent at once, and what changes
/// faster than fifty times a second is sent that often; the last state always arrives. What the
/// page changes is changed here before its message is done with, also while a cell holds the loop.
final class Model {
  /// What the page may not set, or not to this.
  static final Object REFUSED = new Object();

  private static final String TARGET = "jupyter.widget";
  private static final String PROTOCOL = "2.1.0";
  private static final String REFERENCE = "IPY_MODEL_";
  private static final long PERIOD_NANOS = 20_000_000;

  private final ModelKind kind;
  private final @Nullable Widget<?> owner;

  // All guarded by this. Sending waits for nothing, so it is done under the lock and keeps the
  // order of the changes.
  private final Map<String, @Nullable Object> state;
  private final Set<String> unsent = new LinkedHashSet<>();
  private @Nullable Origin changer;
  private boolean due;
  private long last = System.nanoTime() - PERIOD_NANOS;

  // Written under the lock; read by those who hold locks of their own without it.
  private volatile @Nullable Comm comm;
  private volatile boolean closed;

  /// @param owner hears what the page changes; null for one that nobody asks
  Model(ModelKind kind, @Nullable Widget<?> owner) {
    this.kind = kind;
    this.owner = owner;
    state = new LinkedHashMap<>(kind.names());
    state.putAll(kind.defaults());
    if (!kind.isShown()) return;
    state.put("layout", new Model(ModelKind.LAYOUT, null));
    if (kind.style() != null) state.put("style", new Model(kind.style(), null));
  }

  ModelKind kind() {
    return kind;
  }

  synchronized @Nullable Object get(String key) {
    return state.get(key);
  }

  /// Sets what changes nothing for anybody: the widget is being made.
  synchronized void begin(String key, @Nullable Object value) {
    state.put(key, value);
  }

  synchronized void set(String key, @Nullable Object value) {
    Object before = state.put(key, value);
    if (Objects.equals(before, value)) return;
    toSend(key);
    if (owner != null) owner.changed(key, before, value);
  }

  private void toSend(String key) {
    Comm to = comm;
    if (to == null || closed) return;
    unsent.add(key);
    changer = Origin.current();
    if (due) return;
    long left = last + PERIOD_NANOS - System.nanoTime();
    if (left <= 0) {
      send(to);
    } else {
      due = true;
      Widgets.now().later(this, left);
    }
  }

  /// Sends what has changed and was not sent yet, for the cell that has changed it.
  synchronized void flush() {
    due = false;
    Comm to = comm;
    if (to == null || unsent.isEmpty()) return;
    try {
      Origin.call(
          changer,
          () -> {
            send(to);
            return null;
          });
    } catch (Exception e) {
      throw new IllegalStateException("a widget's change could not be sent", e);
    }
  }

  private void send(Comm to) {
    CommData message = message("update", wire(unsent));
    unsent.clear();
    last = System.nanoTime();
    to.send(message);
  }

  private static CommData message(String method, Map<String, @Nullable Object> state) {
    return CommData.of(Map.of("method", method, "state", state, "buffer_paths", List.of()));
  }

  /// Makes it known to the page if it is not.
  ///
  /// @return its name there; null for one that was closed
  synchronized @Nullable String open() {
    if (isClosed()) return null;
    flush();
    Comm known = comm;
    if (known != null) return known.id();
    var content = new LinkedHashMap<String, @Nullable Object>();
    content.put("state", wire(state.keySet()));
    content.put("buffer_paths", List.of());
    Comm made =
        Comm.open(TARGET, new CommData(content, Map.of("version", PROTOCOL), List.of()))
            .answerAtOnce(this::heard);
    comm = made;
    Widgets.now().opened(made.id(), this);
    return made.id();
  }

  boolean isOpen() {
    return comm != null && !isClosed();
  }

  /// Whether this side or the page has closed it.
  boolean isClosed() {
    Comm now = comm;
    return closed || (now != null && !now.isOpen());
  }

  synchronized void close() {
    closed = true;
    Comm now = comm;
    if (now != null) {
      now.close();
      Widgets.now().closed(now.id());
    }
    for (Object part : new Object[] {state.get("layout"), state.get("style")}) {
      if (part instanceof Model model) model.close();
    }
  }

  /// Its names and all its values, as a page takes them that was loaded again.
  synchronized Map<String, Object> described() {
    return Map.of(
        "model_name", kind.modelName(),
        "model_module", kind.module(),
        "model_module_version", ModelKind.VERSION,
        "state", wire(state.keySet()));
  }

  /// Values as the page knows them, with names in the place of models.
  private Map<String, @Nullable Object> wire(Collection<String> keys) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (String key : keys) values.put(key, wire(state.get(key)));
    return values;
  }

  private static @Nullable Object wire(@Nullable Object value) {
    return switch (value) {
      case Model model -> REFERENCE + model.open();
      case List<?> list -> {
        var wired = new ArrayList<@Nullable Object>();
        for (Object each : list) {
          // A page cannot show a box of which one part is gone.
          if (!(each instanceof Model model && model.isClosed())) wired.add(wire(each));
        }
        yield wired;
      }
      case null, default -> value;
    };
  }

  private synchronized void heard(CommData content, Consumer<CommData> back) {
    switch (String.valueOf(content.get("method"))) {
      case "update" -> {
        if (content.get("state") instanceof Map<?, ?> changes) heard(changes, back);
      }
      case "request_state" -> {
        unsent.clear();
        back.accept(message("update", wire(state.keySet())));
      }
      case "custom" -> {
        if (owner != null && content.get("content") instanceof Map<?, ?> event) owner.told(event);
      }
      default -> {}
    }
  }

  private void heard(Map<?, ?> changes, Consumer<CommData> back) {
    var known = new LinkedHashMap<String, @Nullable Object>();
    changes.forEach(
        (key, value) -> {
          if (key instanceof String name && state.containsKey(name)) known.put(name, value);
        });
    if (known.isEmpty()) return;
    // Before anything else: the other pages hear of it by this, and the one that has said it waits.
    back.accept(message("echo_update", known));
    var corrected = new LinkedHashSet<String>();
    known.forEach(
        (key, given) -> {
          Object value = accepted(key, given);
          if (value == REFUSED) {
            corrected.add(key);
            return;
          }
          if (!isSame(value, given)) corrected.add(key);
          Object before = state.put(key, value);
          unsent.remove(key);
          if (owner != null && !Objects.equals(before, value)) owner.changed(key, before, value);
        });
    if (!corrected.isEmpty()) back.accept(message("update", wire(corrected)));
  }

  private @Nullable Object accepted(String key, @Nullable Object given) {
    Object now = state.get(key);
    if (key.startsWith("_") || now instanceof Model || now instanceof List<?>) return REFUSED;
    if (owner != null) return owner.accepted(key, given);
    // Layouts and styles hold text.
    return given == null || given instanceof String ? given : REFUSED;
  }

  private static boolean isSame(@Nullable Object value, @Nullable Object given) {
    if (value instanceof Number one && given instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    return Objects.equals(value, given);
  }
}
