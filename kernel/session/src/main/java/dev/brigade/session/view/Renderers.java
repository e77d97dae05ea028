package dev.brigade.session.view;

import dev.brigade.session.MimeBundle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// The registry from a value's type to its MIME bundle. Any thread.
public final class Renderers {
  private record Entry<T>(Class<T> type, Function<? super T, Map<String, Object>> forms) {
    Map<String, Object> apply(Object value) {
      return forms.apply(type.cast(value));
    }
  }

  // The newest first, so that a learner's own wins.
  private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();

  public <T> void add(Class<T> type, Function<? super T, Map<String, Object>> forms) {
    entries.addFirst(new Entry<>(type, forms));
  }

  /// A value in every form; the text always.
  public MimeBundle bundle(@Nullable Object value) {
    var data = new LinkedHashMap<String, Object>();
    if (value != null) {
      for (Entry<?> entry : entries) {
        if (entry.type().isInstance(value)) {
          data.putAll(entry.apply(value));
          break;
        }
      }
      if (value instanceof BufferedImage image) {
        data.putIfAbsent(
            MimeBundle.PLAIN, "<image " + image.getWidth() + " x " + image.getHeight() + ">");
        data.putIfAbsent("image/png", png(image));
      }
    }
    if (!(data.get(MimeBundle.PLAIN) instanceof String)) {
      data.put(MimeBundle.PLAIN, ValueText.of(value));
    }
    return new MimeBundle(data, Map.of());
  }

  private static String png(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
