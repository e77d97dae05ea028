package dev.brigade.jupyter.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the kernel listens and how messages are signed, as the client wrote it.
///
/// A port of 0 is one that the system chooses: so the kernel opens its channels when it was started
/// with a registration file, whose client then hears of them. Protocol: JEP 66.
///
/// @param key signs messages; empty for none
/// @param curve encrypts the channels; null for none
/// @param registration where to tell the ports; null where the client has chosen them
public record ConnectionFile(
    String ip,
    int shellPort,
    int controlPort,
    int stdinPort,
    int iopubPort,
    int heartbeatPort,
    String key,
    @Nullable CurveKeys curve,
    @Nullable Registration registration) {
  private static final String HINT = "Jupyter writes this file when it starts a kernel.";
  private static final int KEY_LENGTH = 40;

  /// The server's keys of CurveZMQ, as text in Z85.
  public record CurveKeys(String publicKey, String secretKey) {
    /// The keys are secrets.
    @Override
    public String toString() {
      return "curve";
    }
  }

  /// Who waits for the kernel to tell its ports.
  ///
  /// @param kernelId what it calls the kernel
  public record Registration(String kernelId, String ip, int port) {}

  /// Without encryption, on ports that the client has chosen.
  public ConnectionFile(
      String ip,
      int shellPort,
      int controlPort,
      int stdinPort,
      int iopubPort,
      int heartbeatPort,
      String key) {
    this(ip, shellPort, controlPort, stdinPort, iopubPort, heartbeatPort, key, null, null);
  }

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
    CurveKeys curve = curve(json);
    if (json.map().containsKey("registration_port")) {
      var registration =
          new Registration(
              json.text("kernel_id"),
              json.text("registration_ip", "127.0.0.1"),
              port(json, "registration_port"));
      return new ConnectionFile(registration.ip(), 0, 0, 0, 0, 0, key, curve, registration);
    }
    return new ConnectionFile(
        json.text("ip", "127.0.0.1"),
        port(json, "shell_port"),
        port(json, "control_port"),
        port(json, "stdin_port"),
        port(json, "iopub_port"),
        port(json, "hb_port"),
        key,
        curve,
        null);
  }

  /// Half a key pair must not mean that nothing is encrypted.
  private static @Nullable CurveKeys curve(JsonObject json) {
    String publicKey = json.text("curve_publickey", "");
    String secretKey = json.text("curve_secretkey", "");
    if (publicKey.isEmpty() && secretKey.isEmpty()) return null;
    requireKey("curve_publickey", publicKey);
    requireKey("curve_secretkey", secretKey);
    return new CurveKeys(publicKey, secretKey);
  }

  private static void requireKey(String name, String key) {
    if (key.length() != KEY_LENGTH) {
      throw new ProtocolException(
          "the field \"" + name + "\" must be a key of 40 signs in Z85, not of " + key.length());
    }
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
