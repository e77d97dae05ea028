package dev.brigade.repl.terminal;

import static java.util.Objects.requireNonNull;

import dev.brigade.session.LineInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// Standard input of user code. The line is read by the prompt's own thread, which has nothing else
/// to do while a cell runs, so that the asking thread can be interrupted at any time.
final class Keyboard {
  private final LineReader reader;
  private final Screen screen;
  // What answers the question by itself, without Enter.
  private String keys = "";

  Keyboard(Terminal terminal, Screen screen) {
    this.screen = screen;
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
            .build();
    Widget insert = requireNonNull(reader.getWidgets().get(LineReader.SELF_INSERT));
    reader.getWidgets().put(LineReader.SELF_INSERT, () -> typed(insert));
  }

  private boolean typed(Widget insert) {
    boolean alone = reader.getBuffer().length() == 0;
    boolean done = insert.apply();
    if (alone && keys.contains(reader.getBuffer().toString())) {
      reader.callWidget(LineReader.ACCEPT_LINE);
    }
    return done;
  }

  /// The input for one cell; it refuses once the cell has ended and the prompt has the keys.
  LineInput of(RunningCell cell) {
    return new LineInput() {
      @Override
      public @Nullable String readLine(String prompt, boolean password)
          throws IOException, InterruptedException {
        return ask(cell, prompt, password, "");
      }

      @Override
      public @Nullable String readKey(String prompt, String keys)
          throws IOException, InterruptedException {
        return ask(cell, prompt, false, keys);
      }
    };
  }

  private @Nullable String ask(RunningCell cell, String prompt, boolean password, String alone)
      throws IOException, InterruptedException {
    var line = new CompletableFuture<@Nullable String>();
    var reading = new Reading(prompt, password, alone, line);
    if (!cell.ask(() -> read(reading, cell))) {
      throw new IOException(
          "the cell has ended and the keys belong to the prompt; read before the cell ends");
    }
    try {
      return line.get();
    } catch (InterruptedException stopped) {
      reading.giveUp();
      throw stopped;
    } catch (ExecutionException refused) {
      var interrupted = new InterruptedIOException("reading was interrupted");
      interrupted.initCause(refused.getCause());
      throw interrupted;
    }
  }

  /// On the prompt's thread.
  private void read(Reading reading, RunningCell cell) {
    screen.drain();
    if (!reading.start(Thread.currentThread())) return;
    screen.openPrompt(reader);
    keys = reading.keys;
    try {
      String line = reader.readLine(reading.prompt, reading.password ? '*' : null);
      reading.line.complete(line);
    } catch (EndOfFileException endOfInput) {
      reading.line.complete(null);
    } catch (UserInterruptException pressed) {
      if (!reading.isGivenUp()) cell.interrupt();
      reading.line.completeExceptionally(pressed);
    } finally {
      reading.stop();
      screen.closePrompt();
    }
  }

  /// One question: asked on one thread, answered on another.
  private static final class Reading {
    private final String prompt;
    private final boolean password;
    private final String keys;
    private final CompletableFuture<@Nullable String> line;
    private @Nullable Thread thread;
    private boolean givenUp;

    private Reading(
        String prompt, boolean password, String keys, CompletableFuture<@Nullable String> line) {
      this.prompt = prompt;
      this.password = password;
      this.keys = keys;
      this.line = line;
    }

    private synchronized boolean start(Thread reader) {
      if (!givenUp) thread = reader;
      return !givenUp;
    }

    private synchronized void stop() {
      thread = null;
      boolean _ = Thread.interrupted();
    }

    private synchronized void giveUp() {
      givenUp = true;
      if (thread != null) thread.interrupt();
    }

    private synchronized boolean isGivenUp() {
      return givenUp;
    }
  }
}
