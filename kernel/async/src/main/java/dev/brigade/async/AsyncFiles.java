package dev.brigade.async;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;

/// Files without blocking the loop: each call runs in the default thread pool, because files can
/// only be read and written by a thread that waits. The methods are those of [Files]. Python has
/// them in aiofiles.
///
/// Cancelling one ends the wait; what the thread has begun it finishes.
public final class AsyncFiles {
  /// Reads a file as UTF-8 text.
  public static Coroutine<String> readString(Path path) {
    return Async.toThread(() -> Files.readString(path));
  }

  /// Reads the lines of a file of UTF-8 text.
  public static Coroutine<List<String>> readAllLines(Path path) {
    return Async.toThread(() -> Files.readAllLines(path));
  }

  /// Reads a file.
  public static Coroutine<byte[]> readAllBytes(Path path) {
    return Async.toThread(() -> Files.readAllBytes(path));
  }

  /// Writes UTF-8 text to a file; without options it replaces what was there.
  public static Coroutine<Path> writeString(Path path, String text, OpenOption... options) {
    return write(path, text.getBytes(StandardCharsets.UTF_8), options);
  }

  /// Writes bytes to a file; without options it replaces what was there.
  public static Coroutine<Path> write(Path path, byte[] bytes, OpenOption... options) {
    return Async.toThread(() -> Files.write(path, bytes, options));
  }

  private AsyncFiles() {}
}
