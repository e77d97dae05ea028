package dev.brigade.async;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A variable with a value of its own in each task: a task starts with a copy of its creator's
/// values, and what it sets nobody else sees. Python: `contextvars.ContextVar`.
///
/// ```java
/// ContextVar<String> user = new ContextVar<>("user");
/// try (var _ = user.set("Ada")) {       // until the end of the block
///   await(handle());                    // user.get() is "Ada" in here, and in tasks made here
/// }
/// ```
///
/// Callbacks get a copy when they are scheduled, [Async#toThread] takes a copy along,
/// `runInExecutor` and new threads start empty. For any thread; a value is never shared between
/// two.
public final class ContextVar<T> {
  private final String name;
  private final @Nullable T initial;

  /// A variable without a value at first.
  public ContextVar(String name) {
    this(name, null);
  }

  /// @param initial its value where none was set
  public ContextVar(String name, @Nullable T initial) {
    this.name = name;
    this.initial = initial;
  }

  /// Its value in the current context.
  ///
  /// @throws NoSuchElementException it has none, and no initial value
  public T get() {
    T value = value(Context.current());
    if (value == null) value = initial;
    if (value != null) return value;
    throw new NoSuchElementException(
        "ContextVar '"
            + name
            + "' has no value here. Set one before, "
            + name
            + ".set(...), ask with a fallback, "
            + name
            + ".get(...), or give it an initial value: new ContextVar<>(\""
            + name
            + "\", ...)");
  }

  /// Its value in the current context, or a fallback where none was set.
  public T get(T fallback) {
    T value = value(Context.current());
    return value == null ? fallback : value;
  }

  @SuppressWarnings("unchecked") // only set() writes it
  @Nullable T value(@Nullable Context context) {
    return context == null ? null : (T) context.value(this);
  }

  /// Gives it a value in the current context.
  ///
  /// @return what brings back the value before: by [#reset], or at the end of a try-with-resources
  ///     block
  public Token<T> set(T value) {
    Context context = Context.ensureCurrent();
    var token = new Token<>(this, context, value(context));
    context.put(this, value);
    return token;
  }

  /// Brings back the value it had before a `set`.
  ///
  /// @throws MisuseError the token is of another variable or context, or was used before
  public void reset(Token<T> token) {
    token.requireFresh(this, Context.ensureCurrent());
    token.used = true;
    token.context.put(this, token.before);
  }

  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return "<ContextVar name='" + name + "'" + (initial == null ? "" : " default=" + initial) + ">";
  }

  /// What a `set` replaced. Python: `contextvars.Token`.
  public static final class Token<T> implements AutoCloseable {
    private final ContextVar<T> variable;
    private final Context context;
    private final @Nullable T before;
    private boolean used;

    private Token(ContextVar<T> variable, Context context, @Nullable T before) {
      this.variable = variable;
      this.context = context;
      this.before = before;
    }

    /// The variable that was set.
    public ContextVar<T> variable() {
      return variable;
    }

    /// The value before, or null.
    public @Nullable T oldValue() {
      return before;
    }

    private void requireFresh(ContextVar<?> of, Context in) {
      if (variable != of) {
        throw new MisuseError(
            "a token brings back the value of the variable that made it, "
                + variable
                + ", and this is "
                + of
                + "."
                + "\n  wrong: var token = user.set(\"Ada\"); language.reset(token);"
                + "\n  right: var token = user.set(\"Ada\"); user.reset(token);");
      }
      if (context != in) {
        throw new MisuseError(
            "a value is reset in the context in which it was set, and this token of "
                + variable
                + " was made in another task, callback or thread."
                + "\n  wrong: var token = user.set(\"Ada\"); createTask(async(() ->"
                + " user.reset(token)));"
                + "\n  right: try (var _ = user.set(\"Ada\")) { await(createTask(work())); }");
      }
      if (used) {
        throw new MisuseError(
            "a token is used once, and this one of "
                + variable
                + " was used already."
                + "\n  wrong: var token = user.set(\"Ada\"); user.reset(token); user.reset(token);"
                + "\n  right: try (var _ = user.set(\"Ada\")) { ... }   // resets it itself");
      }
    }

    /// As [ContextVar#reset].
    @Override
    public void close() {
      variable.reset(this);
    }
  }
}
