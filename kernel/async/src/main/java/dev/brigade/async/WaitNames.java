package dev.brigade.async;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short names of what threads wait for, the same for the same object: `ReentrantLock#1`.
final class WaitNames {
  /// Compares by identity: a user's queue may have an `equals` of its own.
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object object, @Nullable ReferenceQueue<Object> queue) {
      super(object, queue);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Key key && get() != null && get() == key.get());
    }
  }

  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  // Guarded by this.
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /// A name for the log; null for nothing in particular.
  @Nullable String of(@Nullable Object object) {
    return object == null ? null : present(object);
  }

  String present(Object object) {
    return switch (object) {
      case Thread thread -> thread(thread);
      case String text -> text;
      case Path path -> path.toString();
      default -> numbered(object);
    };
  }

  static String thread(Thread thread) {
    String name = thread.getName();
    return name.isEmpty() ? "virtual thread #" + thread.threadId() : name;
  }

  private synchronized String numbered(Object object) {
    Object gone;
    while ((gone = collected.poll()) != null) numbers.remove(gone);
    String kind = object.getClass().getSimpleName();
    if (kind.isEmpty()) kind = object.getClass().getName();
    Integer number = numbers.get(new Key(object, null));
    if (number == null) {
      number = counts.merge(kind, 1, Integer::sum);
      numbers.put(new Key(object, collected), number);
    }
    return kind + "#" + number;
  }
}
