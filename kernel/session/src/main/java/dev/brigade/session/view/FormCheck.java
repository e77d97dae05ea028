package dev.brigade.session.view;

import dev.brigade.session.MimeBundle;
import dev.brigade.session.source.Json;
import java.awt.image.RenderedImage;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Forms as somebody gave them, made what a front end takes: bytes and images become base64, values
/// and text of JSON a tree, all else text.
final class FormCheck {
  static Map<String, Object> checked(Map<String, Object> forms) {
    var data = new LinkedHashMap<String, Object>();
    for (Map.Entry<String, ?> form : forms.entrySet()) {
      String type = form.getKey();
      Object given = form.getValue();
      if (given == null) continue;
      if (isJson(type)) json(type, given, data);
      else data.put(type, text(given));
    }
    return data;
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static Object text(Object given) {
    return switch (given) {
      case String text -> text;
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case RenderedImage image -> KnownForms.png(image);
      default -> String.valueOf(given);
    };
  }

  private static void json(String type, Object given, Map<String, Object> data) {
    try {
      Object tree = given instanceof String text ? Json.read(text) : JsonTree.of(given);
      data.putIfAbsent(MimeBundle.PLAIN, ValueText.cut(Json.write(tree).stripTrailing()));
      // A page can show no tree of nothing.
      if (tree != null) data.put(type, tree);
    } catch (Json.Broken e) {
      String where = "line " + e.line() + ", column " + e.column() + ": " + e.getMessage();
      data.put(
          MimeBundle.PLAIN,
          ValueText.cut(String.valueOf(given)) + "\n(this is no JSON: " + where + ")");
    }
  }

  private FormCheck() {}
}
