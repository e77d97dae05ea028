package dev.brigade.jupyter.protocol;

/// Where messages to clients go. Never waits for a client.
@FunctionalInterface
public interface Outbox {
  void send(Channel channel, RawMessage message);
}
