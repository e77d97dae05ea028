package dev.brigade.session.comm;

/// A message of a comm, in either direction.
public sealed interface CommMessage {
  /// Which comm, by the name that whoever opened it has chosen.
  String id();

  CommData content();

  /// @param target what the other side is to do with it
  record Opened(String id, String target, CommData content) implements CommMessage {}

  record Sent(String id, CommData content) implements CommMessage {}

  record Closed(String id, CommData content) implements CommMessage {}
}
