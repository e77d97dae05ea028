package dev.brigade.jupyter.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// JSON trees for tests of the other packages.
public final class Trees {
  private Trees() {}

  @SuppressWarnings("unchecked")
  public static Map<String, Object> read(byte[] bytes) {
    return (Map<String, Object>) Json.readObject(bytes).map();
  }

  public static byte[] write(Map<String, ?> tree) {
    return Json.write(tree);
  }

  public static Map<String, Object> read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }
}
