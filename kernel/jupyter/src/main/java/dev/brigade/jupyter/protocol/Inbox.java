package dev.brigade.jupyter.protocol;

/// Where messages from clients go. Called on a socket's thread: an implementation queues and
/// returns.
@FunctionalInterface
public interface Inbox {
  void receive(Channel channel, RawMessage message);

  /// A client subscribed to the iopub channel.
  ///
  /// @param topic what it subscribed to, empty for everything
  default void subscribed(String topic) {}
}
