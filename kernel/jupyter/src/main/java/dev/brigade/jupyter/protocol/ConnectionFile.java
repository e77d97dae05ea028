package dev.brigade.jupyter.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Where the kernel listens and how messages are signed, as the client wrote it.
///
/// @param key signs messages; empty for none
public record ConnectionFile(
    String ip,
    int shellPort,
    int controlPort,
    int stdinPort,
    int iopubPort,
    int heartbeatPort,
    String key) {
  private static final String HINT = "Jupyter writes this file when it starts a kernel.";

  /// Reads a connection file.
  ///
  /// @throws ProtocolException one sentence that says what is wrong, and where
  public static ConnectionFile read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ProtocolException("The connection file " + file + " does not exist. " + HINT);
    } catch (IOException e) {
      throw new ProtocolException(
          "The connection file " + file + " cannot be read: " + e.getMessage() + ".");
    }
    try {
      return parse(bytes);
    } catch (ProtocolException e) {
      throw new ProtocolException(
          "The connection file " + file + " is wrong: " + e.complaint() + ".");
    }
  }

  static ConnectionFile parse(byte[] bytes) {
    JsonObject json = Json.readObject(bytes);
    String transport = json.text("transport", "tcp");
    if (!transport.equals("tcp")) {
      throw new ProtocolException(
          "Brigade speaks the transport \"tcp\" only, and this file asks for \""
              + transport
              + "\"");
    }
    String key = json.text("key", "");
    String scheme = json.text("signature_scheme", "hmac-sha256");
    if (!key.isEmpty() && !scheme.equals("hmac-sha256")) {
      throw new ProtocolException(
          "Brigade signs with \"hmac-sha256\" only, and this file asks for \"" + scheme + "\"");
    }
    return new ConnectionFile(
        json.text("ip", "127.0.0.1"),
        port(json, "shell_port"),
        port(json, "control_port"),
        port(json, "stdin_port"),
        port(json, "iopub_port"),
        port(json, "hb_port"),
        key);
  }

  private static int port(JsonObject json, String name) {
    int port = json.number(name);
    if (port < 1 || port > 65535) {
      throw new ProtocolException(
          "the field \"" + name + "\" must be a port from 1 to 65535, not " + port);
    }
    return port;
  }

  /// The key is a secret.
  @Override
  public String toString() {
    return "tcp://"
        + ip
        + " shell "
        + shellPort
        + " control "
        + controlPort
        + " stdin "
        + stdinPort
        + " iopub "
        + iopubPort
        + " heartbeat "
        + heartbeatPort;
  }
}
