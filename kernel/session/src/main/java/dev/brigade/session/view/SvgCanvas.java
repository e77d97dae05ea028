package dev.brigade.session.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The elements of a picture in order of drawing. Presentation attributes only, so that it survives
/// the cleaners of web pages: no style, class, script or link.
final class SvgCanvas {
  static final String INK = "#1f2328";
  static final String PALE_INK = "#57606a";
  static final String PAPER = "#ffffff";
  static final String RULE = "#d0d7de";
  // Stands for the picture's own prefix of ids until its content is known. Texts have none of it.
  private static final String ID = "\uE000";
  private static final String FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace";

  private final StringBuilder out = new StringBuilder();

  /// An id that no other picture of a page has.
  static String id(String name) {
    return ID + name;
  }

  /// @param attributes names and values in turn; numbers get one decimal at most
  void element(String name, Object... attributes) {
    start(name, attributes);
    out.append("/>\n");
  }

  void open(String name, Object... attributes) {
    start(name, attributes);
    out.append(">\n");
  }

  void close(String name) {
    out.append("</").append(name).append(">\n");
  }

  private void start(String name, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text =
          value instanceof Number number ? number(number.doubleValue()) : value.toString();
      out.append(' ').append(attributes[i]).append("=\"").append(SvgText.escape(text)).append('"');
    }
  }

  /// An element with nothing but text.
  void words(String name, String text, Object... attributes) {
    start(name, attributes);
    out.append('>').append(SvgText.escape(text)).append("</").append(name).append(">\n");
  }

  void text(double x, double y, double size, String text) {
    text(x, y, size, INK, text);
  }

  void text(double x, double y, double size, String fill, String text) {
    if (!text.isEmpty()) words("text", text, "x", x, "y", y, "font-size", size, "fill", fill);
  }

  /// A text on ground of its own, which hides lines that cross it.
  void plate(double x, double y, double size, String fill, String ground, String text) {
    if (text.isEmpty()) return;
    double width = SvgText.width(text, size);
    rect(x - 1, y - size * 0.85, width + 2, size * 1.1, ground);
    text(x, y, size, fill, text);
  }

  void rect(double x, double y, double width, double height, String fill) {
    element("rect", "x", x, "y", y, "width", width, "height", height, "fill", fill);
  }

  /// A line without filling.
  void line(String path, String stroke, double width) {
    if (path.isEmpty()) return;
    element("path", "d", path, "fill", "none", "stroke", stroke, "stroke-width", width);
  }

  /// With one decimal at most, and none where it is 0.
  static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /// The whole picture.
  String picture(int width, int height, String title, String description) {
    var head = new SvgCanvas();
    head.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + width + " " + height,
        "role",
        "img",
        "aria-labelledby",
        id("t") + " " + id("d"),
        "font-family",
        FONT);
    head.words("title", title, "id", id("t"));
    head.words("desc", description, "id", id("d"));
    head.rect(0, 0, width, height, PAPER);
    String all = head.out.append(out).append("</svg>\n").toString();
    return all.replace(ID, "t" + hash(all) + "-");
  }

  private static String hash(String content) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
