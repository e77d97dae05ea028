package dev.brigade.repl.terminal;

import dev.brigade.repl.run.SessionFactory;
import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.TextStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStyle;

/// The terminal front end: reads inputs, hands them to the session, shows what comes of them.
public final class Prompt {
  private static final int LOOK_KEY = '\\' & 0x1f;
  // What POSIX calls _POSIX_VDISABLE, here and on macOS.
  private static final int NO_KEY = System.getProperty("os.name").startsWith("Mac") ? 0xff : 0;

  private final Terminal terminal;
  private final Session session;
  private final Screen screen;
  private final Palette palette;
  private final LineEditor editor;
  private final Keyboard keyboard;
  private final Pager pager;

  Prompt(Terminal terminal, Session session, Screen screen, Palette palette, Path data) {
    this.terminal = terminal;
    this.session = session;
    this.screen = screen;
    this.palette = palette;
    editor = LineEditor.of(terminal, session, palette, data);
    keyboard = new Keyboard(terminal, screen);
    pager = new Pager(terminal, screen);
  }

  /// Opens the terminal and a session and stays until the user leaves; returns the exit code.
  public static int run(SessionFactory factory, List<Path> classPath, String version)
      throws IOException {
    Path data = SessionOptions.userDataDirectory();
    Map<String, String> environment = System.getenv();
    boolean color =
        Palette.of(environment, environment.getOrDefault("TERM", "dumb")) == Palette.COLOR;
    // The session first: it warms on a thread of its own while the terminal opens.
    var early = new Screen.Early();
    var style = new AtomicReference<Supplier<TextStyle>>(() -> TextStyle.PLAIN);
    var options = new SessionOptions(data, classPath, color, () -> style.get().get());
    Session session = factory.open(options, early);
    // Closed from right to left: what cleanup prints is still shown.
    try (Terminal terminal = openTerminal();
        var screen = early.on(terminal);
        session) {
      screen.line(
          "Brigade %s on Java %s. /help helps, Ctrl-D leaves."
              .formatted(version, Runtime.version().feature()));
      screen.drain();
      var palette = Palette.of(environment, terminal.getType());
      style.set(() -> style(terminal, palette));
      new Prompt(terminal, session, screen, palette, data).loop();
    }
    return 0;
  }

  /// As wide as the terminal is at this moment.
  private static TextStyle style(Terminal terminal, Palette palette) {
    boolean blocks =
        StandardCharsets.UTF_8.equals(terminal.encoding())
            && !terminal.getType().startsWith("dumb");
    return new TextStyle(terminal.getColumns() - 1, blocks, palette == Palette.COLOR);
  }

  private static Terminal openTerminal() throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .name("brigade")
            .system(true)
            .dumb(true)
            .nativeSignals(true)
            // The other ways to a terminal are tried out at every start, one by starting a process.
            .jni(false)
            .exec(false)
            // Asking the terminal whether it groups emoji holds the first prompt up to 0.2 s.
            .graphemeCluster(false)
            .build();
    // A pseudo-terminal may not know its size; the line editor shows nothing on one of size 0.
    if (terminal.getColumns() == 0 || terminal.getRows() == 0) terminal.setSize(Size.of(80, 24));
    return terminal;
  }

  /// Until the user leaves.
  void loop() {
    keepKeysForThePrompt();
    terminal.handle(Signal.INT, _ -> screen.line(RunningCell.sentence(session.interrupt())));
    terminal.handle(Signal.TSTP, _ -> lookIn());
    String start = "";
    while (true) {
      Input input;
      try {
        input = Input.of(read(start));
        start = "";
      } catch (UserInterruptException cleared) {
        // JLine may leave the flag set; the next wait of this thread would end at once.
        boolean _ = Thread.interrupted();
        // With nothing to clear it is meant for what holds the loop in the background, if any does.
        if (cleared.getPartialLine().isBlank()) session.interrupt();
        start = "";
        continue;
      } catch (EndOfFileException leaving) {
        return;
      }
      switch (input) {
        case Input.Empty() -> {}
        case Input.Leave() -> {
          return;
        }
        case Input.Help() -> screen.line(Help.TEXT);
        case Input.Question(String name, int detail) -> inspect(name, detail);
        case Input.Code(String source) -> start = execute(source);
      }
      screen.drain();
    }
  }

  /// While a cell runs, keys wait for the next prompt as they are: not echoed, no line collected,
  /// Ctrl-D no end of input. Ctrl-C still is a signal.
  private void keepKeysForThePrompt() {
    Attributes attributes = terminal.getAttributes();
    attributes.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO), false);
    attributes.setInputFlag(InputFlag.ICRNL, false);
    attributes.setControlChar(ControlChar.VMIN, 1);
    attributes.setControlChar(ControlChar.VTIME, 0);
    // The signal of Ctrl-\ is the JVM's own, for its thread dump, and cannot be had. So the key
    // that
    // sends it is none, and Ctrl-\ sends the one of Ctrl-Z.
    attributes.setControlChar(ControlChar.VQUIT, NO_KEY);
    attributes.setControlChar(ControlChar.VSUSP, LOOK_KEY);
    terminal.setAttributes(attributes);
  }

  /// Ctrl-\: says beside the running cell why it does not go on, and who waits for whom.
  private void lookIn() {
    var request = CellRequest.of("%why\n%pstree");
    if (session.observes(request)) session.observe(request);
    else screen.line("The session is still starting.");
  }

  private String read(String start) {
    String label = "In [" + (session.executionCount() + 1) + "]: ";
    screen.openPrompt(editor.reader());
    try {
      return editor.read(palette.label(label, AttributedStyle.GREEN), label.length(), start);
    } finally {
      screen.closePrompt();
    }
  }

  /// Runs a cell and returns what the next input starts with.
  private String execute(String source) {
    CellResult result = new RunningCell(session, screen::line).run(source, keyboard);
    switch (result.outcome()) {
      case Outcome.Value(MimeBundle bundle, String _) -> value(result.cell().number(), bundle);
      case Outcome.Done() -> {}
      case Outcome.Failed(CellError error) -> error(error);
    }
    MimeBundle page = result.page();
    if (page != null) pager.show(page.plain());
    String next = result.nextInput();
    return next == null ? "" : next;
  }

  private void value(int number, MimeBundle bundle) {
    String text = bundle.plain();
    String label = palette.label("Out[" + number + "]: ", AttributedStyle.RED);
    screen.line(text.strip().indexOf('\n') < 0 ? label + text : label + "\n" + text);
  }

  private void error(CellError error) {
    List<String> lines = palette == Palette.COLOR ? error.traceback() : error.plainTraceback();
    screen.line(lines.isEmpty() ? error.name() + ": " + error.message() : String.join("\n", lines));
  }

  private void inspect(String name, int detail) {
    Optional<MimeBundle> found = session.inspect(name, name.length(), detail);
    pager.show(
        found
            .map(MimeBundle::plain)
            .orElse("Nothing is known of `%s`; Tab lists what is there.".formatted(name)));
  }
}
