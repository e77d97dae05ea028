package dev.brigade.jupyter.protocol;

/// The four channels that carry messages. The heartbeat carries bytes only.
public enum Channel {
  SHELL,
  CONTROL,
  STDIN,
  IOPUB
}
