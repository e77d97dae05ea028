package dev.brigade.jupyter.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// HMAC-SHA256 over the four JSON frames. Not safe for two threads: each makes its own.
final class Signer {
  // Null without a key: then nothing is signed or checked.
  private final @Nullable Mac mac;

  Signer(String key) {
    this.mac = key.isEmpty() ? null : mac(key);
  }

  private static Mac mac(String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /// The signature as lower-case hex, empty without a key.
  byte[] sign(List<byte[]> frames) {
    if (mac == null) return new byte[0];
    frames.forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  /// Compares in constant time.
  boolean accepts(byte[] signature, List<byte[]> frames) {
    return mac == null || MessageDigest.isEqual(sign(frames), signature);
  }
}
