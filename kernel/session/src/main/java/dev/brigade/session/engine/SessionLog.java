package dev.brigade.session.engine;

import dev.brigade.session.Cell;
import dev.brigade.session.Emission;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes what cells hold and what they give to a file while `%logstart` is on: the code as it is,
/// everything else as comments, so that the file is a script. Any thread.
final class SessionLog implements EmissionListener {
  private final EmissionListener listener;
  // Guarded by this.
  private @Nullable Writer file;
  private @Nullable Path path;
  // What stands in front of the line that is not ended yet; null at the start of a line.
  private @Nullable String open;

  /// @param listener who gets the emissions besides
  SessionLog(EmissionListener listener) {
    this.listener = listener;
  }

  synchronized void start(Path where, OpenOption... options) throws IOException {
    stop();
    file = Files.newBufferedWriter(where, options);
    path = where;
    open = null;
  }

  /// Ends the log.
  ///
  /// @return the file, or null if there was no log
  synchronized @Nullable Path stop() throws IOException {
    Path written = path;
    Writer writer = file;
    path = null;
    file = null;
    if (writer != null) writer.close();
    return written;
  }

  /// Where it is written to, or null.
  synchronized @Nullable Path path() {
    return path;
  }

  void began(Cell cell, String code) {
    write("// " + cell.label() + "\n" + code.stripTrailing() + "\n", "");
  }

  void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.Value value -> write(value.bundle().plain() + "\n", "//= ");
      case Outcome.Failed failed ->
          write(String.join("\n", failed.error().plainTraceback()) + "\n", "//! ");
      case Outcome.Done _ -> {}
    }
  }

  @Override
  public void emit(Emission emission) {
    switch (emission) {
      case Emission.Text text -> write(text.text(), prefix(text.stream()));
      case Emission.Display display when !display.update() ->
          write(display.bundle().plain() + "\n", "//> ");
      case Emission.Display _, Emission.Clear _, Emission.Comm _ -> {}
    }
    listener.emit(emission);
  }

  private static String prefix(Emission.Stream stream) {
    return switch (stream) {
      case STDOUT -> "//> ";
      case STDERR -> "//! ";
    };
  }

  private synchronized void write(String text, String prefix) {
    Writer writer = file;
    if (writer == null || text.isEmpty()) return;
    try {
      if (open != null && !open.equals(prefix)) writer.write("\n");
      boolean atStart = open == null || !open.equals(prefix);
      for (String line : text.split("(?<=\n)")) {
        writer.write(atStart ? prefix + line : line);
        atStart = line.endsWith("\n");
      }
      open = atStart ? null : prefix;
      writer.flush();
    } catch (IOException _) {
      // A full disk must not end the session; %logstop says where the log ends.
      file = null;
    }
  }
}
