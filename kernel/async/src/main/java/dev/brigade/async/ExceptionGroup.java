package dev.brigade.async;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Several errors that came up together, for example in the children of a [TaskGroup]. Never empty;
/// may hold groups. Python: `ExceptionGroup`.
///
/// ```java
/// try {
///   taskGroup(group -> { ... });
/// } catch (ExceptionGroup errors) {           // Python: except* IOException
///   errors.handle(IOException.class, e -> System.out.println("I/O: " + e))
///         .handle(TimeoutError.class, e -> System.out.println("late"))
///         .orThrow();                         // what nobody handled
/// }
/// ```
public final class ExceptionGroup extends AsyncError {
  private static final long serialVersionUID = 1L;

  private final String about;
  // A class that is Serializable: errors travel between processes.
  private final ArrayList<Throwable> exceptions;

  /// @param about what they have in common
  public ExceptionGroup(String about, List<? extends Throwable> exceptions) {
    super(text(about, exceptions));
    this.about = about;
    this.exceptions = new ArrayList<>(exceptions);
    for (Throwable one : exceptions) addSuppressed(one); // a printed stack trace shows them
  }

  private static String text(String about, List<? extends Throwable> exceptions) {
    if (exceptions.isEmpty()) {
      throw new IllegalArgumentException("an exception group holds at least one exception");
    }
    var text = new StringBuilder(about);
    text.append(" (").append(exceptions.size());
    text.append(exceptions.size() == 1 ? " error: " : " errors: ");
    int shown = Math.min(3, exceptions.size());
    for (int i = 0; i < shown; i++) text.append(i == 0 ? "" : "; ").append(exceptions.get(i));
    if (shown < exceptions.size()) text.append("; ...");
    return text.append(')').toString();
  }

  /// What the errors have in common, without the errors.
  public String about() {
    return about;
  }

  /// The errors in the order in which they came up; groups among them are kept as groups.
  public List<Throwable> exceptions() {
    return Collections.unmodifiableList(exceptions);
  }

  /// All errors, those in inner groups too.
  public List<Throwable> leaves() {
    var all = new ArrayList<Throwable>();
    collect(this, all);
    return all;
  }

  private static void collect(ExceptionGroup group, List<Throwable> into) {
    for (Throwable one : group.exceptions) {
      if (one instanceof ExceptionGroup inner) collect(inner, into);
      else into.add(one);
    }
  }

  /// A group like this one with the errors of a type only, or null if there are none. Python:
  /// `subgroup`.
  public @Nullable ExceptionGroup subgroup(Class<? extends Throwable> type) {
    return subgroup(type::isInstance);
  }

  /// A group like this one with the errors that fit only, or null if there are none.
  public @Nullable ExceptionGroup subgroup(Predicate<? super Throwable> fits) {
    var kept = new ArrayList<Throwable>();
    for (Throwable one : exceptions) {
      if (one instanceof ExceptionGroup inner) {
        ExceptionGroup part = inner.subgroup(fits);
        if (part != null) kept.add(part);
      } else if (fits.test(one)) {
        kept.add(one);
      }
    }
    if (kept.equals(exceptions)) return this;
    return kept.isEmpty() ? null : new ExceptionGroup(about, kept);
  }

  /// The errors of a type and the others. Python: `split`.
  ///
  /// @param matching those of the type, or null
  /// @param rest the others, or null
  public record Split(@Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {}

  /// Divides the group by type.
  public Split split(Class<? extends Throwable> type) {
    return new Split(subgroup(type), subgroup(one -> !type.isInstance(one)));
  }

  /// Handles each error of a type, and goes on with the others. Python: `except*`.
  public <E extends Throwable> Unhandled handle(Class<E> type, Consumer<? super E> action) {
    return new Unhandled(this).handle(type, action);
  }

  /// What [#handle] has not dealt with yet.
  public static final class Unhandled {
    private final @Nullable ExceptionGroup group;

    private Unhandled(@Nullable ExceptionGroup group) {
      this.group = group;
    }

    /// Handles each error of one more type.
    public <E extends Throwable> Unhandled handle(Class<E> type, Consumer<? super E> action) {
      if (group == null) return this;
      Split split = group.split(type);
      if (split.matching() != null) {
        for (Throwable one : split.matching().leaves()) action.accept(type.cast(one));
      }
      return new Unhandled(split.rest());
    }

    /// The errors that are left, or null.
    public @Nullable ExceptionGroup rest() {
      return group;
    }

    /// Throws what is left, if anything is.
    public void orThrow() {
      if (group != null) throw group;
    }
  }
}
