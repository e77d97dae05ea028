package dev.brigade.async;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The values of all context variables in one task, callback or thread. Python:
/// `contextvars.Context`.
///
/// A task that sets none shares the map of its creator, so that a context costs nothing until it is
/// used.
public final class Context {
  private static final ThreadLocal<@Nullable Context> OF_THREAD = new ThreadLocal<>();

  // Never changed once it is here: a copy may share it.
  private Map<ContextVar<?>, Object> values;
  private boolean entered;

  private Context(Map<ContextVar<?>, Object> values) {
    this.values = values;
  }

  /// A context without values.
  public static Context empty() {
    return new Context(Map.of());
  }

  /// A copy of the calling code's context. Python: `contextvars.copy_context`.
  public static Context copyCurrent() {
    Context copy = captured();
    return copy == null ? empty() : copy;
  }

  /// A copy of this context.
  public Context copy() {
    return new Context(values);
  }

  /// Runs code in this context: what it sets stays here.
  ///
  /// @throws MisuseError code runs in it already
  public <T> T call(Callable<T> code) throws Exception {
    if (entered) throw enteredTwice();
    Context before = current();
    entered = true;
    current(this);
    try {
      return code.call();
    } finally {
      current(before);
      entered = false;
    }
  }

  private MisuseError enteredTwice() {
    return new MisuseError(
        "code already runs in this context, and one at a time may: "
            + this
            + ". Run it in a copy."
            + "\n  wrong: context.run(() -> context.run(() -> work()));"
            + "\n  right: context.run(() -> context.copy().run(() -> work()));");
  }

  /// As [#call(Callable)] for code without a result.
  public void run(Action code) throws Exception {
    call(Actions.callable(code));
  }

  /// The value of a variable in this context, or null.
  public <T> @Nullable T get(ContextVar<T> variable) {
    return variable.value(this);
  }

  /// The variables that have a value, in no order.
  public Set<ContextVar<?>> variables() {
    return Set.copyOf(values.keySet());
  }

  /// How many variables have a value.
  public int size() {
    return values.size();
  }

  /// What new work starts with: a copy of the calling code's context, or null for an empty one.
  static @Nullable Context captured() {
    return copyOf(current());
  }

  static @Nullable Context copyOf(@Nullable Context context) {
    return context == null || context.values.isEmpty() ? null : context.copy();
  }

  static @Nullable Context current() {
    return switch (Running.get()) {
      case Task<?> task -> task.contextOrNull();
      case EventLoop loop -> loop.callbackContext();
      case null, default -> OF_THREAD.get();
    };
  }

  static Context ensureCurrent() {
    Context context = current();
    if (context != null) return context;
    Context made = empty();
    current(made);
    return made;
  }

  private static void current(@Nullable Context context) {
    switch (Running.get()) {
      case Task<?> task -> task.context(context);
      case EventLoop loop -> loop.callbackContext(context);
      case null, default -> OF_THREAD.set(context);
    }
  }

  @Nullable Object value(ContextVar<?> variable) {
    return values.get(variable);
  }

  void put(ContextVar<?> variable, @Nullable Object value) {
    var changed = new HashMap<>(values);
    if (value == null) changed.remove(variable);
    else changed.put(variable, value);
    values = changed;
  }

  @Override
  public String toString() {
    return "<Context " + values + ">";
  }
}
