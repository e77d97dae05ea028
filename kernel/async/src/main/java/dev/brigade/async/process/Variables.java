package dev.brigade.async.process;

/// A class loader some of whose classes have static variables that code sent to a worker takes
/// along by value, such as the variables of a notebook.
public interface Variables {
  /// Whether the static variables of a class travel.
  boolean travel(String className);
}
