package dev.brigade.session.display;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A PNG, JPEG, GIF or WebP picture, as a value: a cell that ends in one shows it.
public final class Picture implements Displayable {
  private final byte[] bytes;
  private final String type;

  /// @throws IllegalArgumentException the bytes are none of these
  public Picture(byte[] bytes) {
    String found = type(bytes);
    if (found == null) {
      throw new IllegalArgumentException(
          "these %,d bytes are no PNG, JPEG, GIF or WebP picture; they begin with %s. Give the"
                  .formatted(bytes.length, Arrays.toString(Arrays.copyOf(bytes, 4)))
              + " whole file, for example image(Files.readAllBytes(Path.of(\"cake.png\")))");
    }
    this.bytes = bytes.clone();
    this.type = found;
  }

  /// Whether bytes begin as a picture does.
  public static boolean isPicture(byte[] bytes) {
    return type(bytes) != null;
  }

  private static @Nullable String type(byte[] bytes) {
    if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) return "image/png";
    if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) return "image/jpeg";
    if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) return "image/gif";
    return begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP") ? "image/webp" : null;
  }

  private static boolean begins(byte[] bytes, int at, String start) {
    byte[] wanted = start.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + wanted.length
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }

  @Override
  public Map<String, Object> forms() {
    return Map.of("text/plain", toString(), type, bytes.clone());
  }

  @Override
  public String toString() {
    String name = type.substring(6).toUpperCase(Locale.ROOT);
    return "<%s picture, %,d bytes>".formatted(name, bytes.length);
  }
}
