package dev.brigade.jupyter.protocol;

import dev.brigade.jupyter.protocol.ConnectionFile.CurveKeys;
import dev.brigade.jupyter.protocol.ConnectionFile.Registration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the kernel listens, for those who did not choose it: the content of the handshake's
/// message, and a connection file for other clients.
public final class RegistrationMessage {
  /// The specification wants the ports as texts.
  public static byte[] content(ConnectionFile bound, Registration registration) {
    var content = new LinkedHashMap<String, Object>();
    content.put("kernel_id", registration.kernelId());
    ports(bound).forEach((name, port) -> content.put(name, String.valueOf(port)));
    return Json.write(content);
  }

  /// The text of a connection file.
  public static byte[] file(ConnectionFile bound) {
    var content = new LinkedHashMap<String, Object>(ports(bound));
    content.put("transport", "tcp");
    content.put("ip", bound.ip());
    content.put("signature_scheme", "hmac-sha256");
    content.put("key", bound.key());
    CurveKeys curve = bound.curve();
    if (curve != null) {
      content.put("curve_publickey", curve.publicKey());
      content.put("curve_secretkey", curve.secretKey());
    }
    return Json.write(content);
  }

  private static Map<String, Integer> ports(ConnectionFile bound) {
    var ports = new LinkedHashMap<String, Integer>();
    ports.put("control_port", bound.controlPort());
    ports.put("shell_port", bound.shellPort());
    ports.put("stdin_port", bound.stdinPort());
    ports.put("iopub_port", bound.iopubPort());
    ports.put("hb_port", bound.heartbeatPort());
    return ports;
  }

  private RegistrationMessage() {}
}
