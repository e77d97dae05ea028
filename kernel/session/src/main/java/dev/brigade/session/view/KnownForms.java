package dev.brigade.session.view;

import dev.brigade.session.MimeBundle;
import dev.brigade.session.display.Displayable;
import dev.brigade.session.display.Picture;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// The forms of what every session knows, besides its text.
final class KnownForms {
  /// Text of a map that fits in one line of this many columns stays there.
  private static final int LINE = 100;

  /// The forms of a value; those without text get the value's own.
  static Map<String, Object> of(Object value) {
    return switch (value) {
      case String _, Number _, Boolean _, Character _ -> Map.of();
      case Displayable own -> own.forms();
      case Map<?, ?> map -> map(map);
      case Record row -> record(row);
      case byte[] bytes when Picture.isPicture(bytes) -> new Picture(bytes).forms();
      case BaseStream<?, ?> stream -> text(stream(stream));
      case Path path -> text(SystemText.of(path));
      case Duration duration -> text(SystemText.of(duration));
      case Instant instant -> text(SystemText.of(instant));
      case Thread thread -> text(SystemText.of(thread));
      case RenderedImage image -> image(image);
      default -> {
        Grid grid = Rows.natural(value);
        yield grid == null ? Map.of() : table(grid);
      }
    };
  }

  private static Map<String, Object> text(String plain) {
    return Map.of(MimeBundle.PLAIN, plain);
  }

  static Map<String, Object> table(Grid grid) {
    return forms(GridText.of(grid), grid);
  }

  private static Map<String, Object> forms(String plain, Grid grid) {
    var forms = new LinkedHashMap<String, Object>();
    forms.put(MimeBundle.PLAIN, plain);
    forms.put("text/html", GridHtml.of(grid));
    return forms;
  }

  private static Map<String, Object> map(Map<?, ?> map) {
    Grid grid = Rows.ofMap(map);
    if (grid == null) return Map.of();
    String line = ValueText.of(map);
    boolean fits = line.length() <= LINE && grid.columns().size() == 2;
    return forms(fits ? line : GridText.of(grid), grid);
  }

  private static Map<String, Object> record(Record row) {
    Grid grid = Rows.ofRecord(row);
    return grid == null ? Map.of() : forms(ValueText.of(row), grid);
  }

  private static String stream(BaseStream<?, ?> stream) {
    return switch (stream) {
      case Stream<?> _ -> unused("Stream", "");
      case IntStream _ -> unused("IntStream", ".boxed()");
      case LongStream _ -> unused("LongStream", ".boxed()");
      case DoubleStream _ -> unused("DoubleStream", ".boxed()");
      default -> ValueText.own(stream);
    };
  }

  // Its elements can be had once, and there may be no end of them.
  private static String unused(String type, String boxed) {
    return "<"
        + type
        + ", not run. To see its first elements: stream.limit(20)"
        + boxed
        + ".toList()>";
  }

  private static Map<String, Object> image(RenderedImage image) {
    var forms = new LinkedHashMap<String, Object>();
    forms.put(MimeBundle.PLAIN, "<image " + image.getWidth() + " x " + image.getHeight() + ">");
    forms.put("image/png", png(image));
    return forms;
  }

  static String png(RenderedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private KnownForms() {}
}
