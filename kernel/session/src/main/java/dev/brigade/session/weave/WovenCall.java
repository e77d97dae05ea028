package dev.brigade.session.weave;

/// One line of the table of woven calls.
public sealed interface WovenCall permits Redirect, Around {
  /// Internal name of the most general type that declares the method: calls that name a subtype are
  /// meant as well.
  String owner();

  String name();

  /// The descriptors of the parameters, without the parentheses.
  String parameters();
}
