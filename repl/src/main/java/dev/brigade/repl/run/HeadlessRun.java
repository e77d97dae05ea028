package dev.brigade.repl.run;

import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.LineInput;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.source.Program;
import dev.brigade.session.source.Step;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a file's cells and prints what they print, nothing else, until the first error.
public final class HeadlessRun {
  private static final int FAILED = 1;

  private final SessionFactory factory;
  private final Choices choices;
  private final LineInput stdin;
  private final PrintStream out;
  private final PrintStream err;

  /// What the command line asked for.
  ///
  /// @param join waits for what still runs after the last cell
  /// @param trace ends with order and elapsed time
  /// @param color whether errors carry ANSI colours
  /// @param classPath jars and directories for the user's code
  public record Choices(boolean join, boolean trace, boolean color, List<Path> classPath) {
    public Choices {
      classPath = List.copyOf(classPath);
    }
  }

  public HeadlessRun(
      SessionFactory factory, Choices choices, LineInput stdin, PrintStream out, PrintStream err) {
    this.factory = factory;
    this.choices = choices;
    this.stdin = stdin;
    this.out = out;
    this.err = err;
  }

  /// Runs a program to its end and returns the exit code.
  public int run(Program program) {
    var options = new SessionOptions(null, choices.classPath(), choices.color());
    try (var streams = new StandardStreams(out, err);
        Session session = factory.open(options, streams)) {
      var ended = new CountDownLatch(1);
      Thread onCtrlC = new Thread(() -> interrupt(session, ended), "brigade-interrupt");
      Runtime.getRuntime().addShutdownHook(onCtrlC);
      try {
        return run(program, session, streams);
      } finally {
        streams.drain();
        ended.countDown();
        removeHook(onCtrlC);
      }
    }
  }

  private int run(Program program, Session session, StandardStreams streams) {
    if (!choices.trace()) return cells(program, session, streams);
    session.awaitReady();
    try (var report = new OrderReport(session.loop().log())) {
      int code = cells(program, session, streams);
      streams.say(report.text());
      return code;
    }
  }

  private int cells(Program program, Session session, StandardStreams streams) {
    for (Step step : program.steps()) {
      CellResult result = session.execute(request(step)).result().join();
      if (result.outcome() instanceof Outcome.Failed(CellError error) && !step.mayFail()) {
        tell(program, step, error, streams);
        return FAILED;
      }
    }
    var leftovers = new Leftovers(session, streams::say);
    if (choices.join()) leftovers.join();
    else leftovers.cancel();
    return 0;
  }

  private CellRequest request(Step step) {
    return new CellRequest(step.code(), step.silent(), !step.silent(), Map.of(), stdin, null);
  }

  private void tell(Program program, Step step, CellError error, StandardStreams streams) {
    for (String line : choices.color() ? error.traceback() : error.plainTraceback()) {
      streams.say(line);
    }
    String place =
        step.name().contains(program.name()) ? step.name() : step.name() + " of " + program.name();
    String message = error.message().lines().findFirst().orElse("");
    streams.say("brigade: %s failed: %s: %s".formatted(place, error.name(), message));
  }

  /// The JVM is going down (Ctrl-C): the running cell is cancelled as at the prompt, so that its
  /// cleanup runs and what it printed is seen.
  private static void interrupt(Session session, CountDownLatch ended) {
    session.interrupt();
    try {
      @Nullable Object _ = ended.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyGoingDown) {
      // The hook is the one that is waiting for us.
    }
  }
}
