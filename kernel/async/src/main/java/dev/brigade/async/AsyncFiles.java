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
/// Relative paths begin in the directory of the caller's [Surroundings], in a session the one that
/// `%cd` sets. Cancelling one ends the wait; what the thread has begun it finishes.
public final class AsyncFiles {
  /// Reads a file as UTF-8 text.
  public static Coroutine<String> readString(Path path) {
    Path file = Surroundings.here(path);
    return Async.toThread(() -> Files.readString(file));
  }

  /// Reads the lines of a file of UTF-8 text.
  public static Coroutine<List<String>> readAllLines(Path path) {
    Path file = Surroundings.here(path);
    return Async.toThread(() -> Files.readAllLines(file));
  }

  /// Reads a file.
  public static Coroutine<byte[]> readAllBytes(Path path) {
    Path file = Surroundings.here(path);
    return Async.toThread(() -> Files.readAllBytes(file));
  }

  /// Writes UTF-8 text to a file; without options it replaces what was there.
  public static Coroutine<Path> writeString(Path path, String text, OpenOption... options) {
    return write(path, text.getBytes(StandardCharsets.UTF_8), options);
  }

  /// Writes bytes to a file; without options it replaces what was there.
  public static Coroutine<Path> write(Path path, byte[] bytes, OpenOption... options) {
    Path file = Surroundings.here(path);
    return Async.toThread(() -> Files.write(file, bytes, options));
  }

  private AsyncFiles() {}
}
