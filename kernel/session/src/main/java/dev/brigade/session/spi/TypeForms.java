package dev.brigade.session.spi;

import java.util.Map;
import java.util.function.Function;

/// Forms of the types of a jar: the jar names its implementation in
/// `META-INF/services/dev.brigade.session.spi.TypeForms`, and from when it is on the class path its
/// values are shown so. A notebook says the same with `displayAs(Type.class, value -> ...)`.
public interface TypeForms {
  /// Says how values of types are shown. Called once, in a thread that is about to show something.
  void addTo(Registry registry);

  /// Takes forms.
  interface Registry {
    /// Adds the forms of a type and its subtypes; what was added last wins.
    ///
    /// @param forms by MIME type: text, bytes of pictures, or for JSON types a tree of maps, lists,
    ///     strings, numbers and booleans
    <T> void displayAs(Class<T> type, Function<? super T, Map<String, Object>> forms);
  }
}
