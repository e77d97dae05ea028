package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Drives a session as a front end does: runs cells, collects what they show.
final class SessionDriver implements AutoCloseable {
  static final long GENEROUS = 20;

  private final Session session;
  // Guarded by itself; the listener may be called from any thread.
  private final List<Emission> emissions = new ArrayList<>();

  SessionDriver() {
    this(new SessionOptions(null, List.of(), false));
  }

  SessionDriver(SessionOptions options) {
    session =
        Session.open(
            options,
            emission -> {
              synchronized (emissions) {
                emissions.add(emission);
                emissions.notifyAll();
              }
            });
  }

  Session session() {
    return session;
  }

  /// Runs a cell to its end.
  CellResult run(String code) {
    return await(session.execute(CellRequest.of(code)));
  }

  CellResult run(CellRequest request) {
    return await(session.execute(request));
  }

  Execution start(String code) {
    return session.execute(CellRequest.of(code));
  }

  Execution start(String code, LineInput stdin) {
    return session.execute(new CellRequest(code, false, true, Map.of(), stdin, null));
  }

  CellResult await(Execution execution) {
    try {
      return execution.result().get(GENEROUS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      var dump = new StringBuilder("the cell did not end\n");
      session.loop().tasks().forEach(task -> dump.append(task).append('\n'));
      Thread.getAllStackTraces()
          .forEach((thread, stack) -> dump.append(thread).append(List.of(stack)).append('\n'));
      throw new AssertionError(dump.toString(), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// Runs a cell that must end with a value, and gives its text.
  String value(String code) {
    Outcome outcome = run(code).outcome();
    if (outcome instanceof Outcome.Failed(CellError error)) {
      throw new AssertionError(String.join("\n", error.plainTraceback()));
    }
    assertThat(outcome).isInstanceOf(Outcome.Value.class);
    return ((Outcome.Value) outcome).bundle().plain();
  }

  /// Runs a cell that must end without an error.
  CellResult ok(String code) {
    CellResult result = run(code);
    if (result.outcome() instanceof Outcome.Failed(CellError error)) {
      throw new AssertionError(String.join("\n", error.plainTraceback()));
    }
    return result;
  }

  /// Runs a cell that must fail.
  CellError error(String code) {
    return error(run(code));
  }

  static CellError error(CellResult result) {
    assertThat(result.outcome()).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) result.outcome()).error();
  }

  /// The text a cell has printed so far.
  String printed(Cell cell) {
    return text(cell, Emission.Stream.STDOUT);
  }

  String printed(CellResult result) {
    return printed(result.cell());
  }

  String text(Cell cell, Emission.Stream stream) {
    var text = new StringBuilder();
    for (Emission emission : emissions()) {
      if (emission instanceof Emission.Text each
          && each.cell().id() == cell.id()
          && each.stream() == stream) text.append(each.text());
    }
    return text.toString();
  }

  /// The texts of what a cell has displayed so far. What was shown below a cell.
  List<MimeBundle> bundles(Cell cell) {
    return emissions().stream()
        .filter(Emission.Display.class::isInstance)
        .map(Emission.Display.class::cast)
        .filter(display -> display.cell().id() == cell.id())
        .map(Emission.Display::bundle)
        .toList();
  }

  /// What was shown under an id, so that it could be replaced.
  List<Emission.Display> shown(Cell cell) {
    return emissions().stream()
        .filter(Emission.Display.class::isInstance)
        .map(Emission.Display.class::cast)
        .filter(display -> display.cell().id() == cell.id() && display.displayId() != null)
        .toList();
  }

  List<String> displays(Cell cell) {
    return emissions().stream()
        .filter(Emission.Display.class::isInstance)
        .map(Emission.Display.class::cast)
        .filter(display -> display.cell().id() == cell.id())
        .map(display -> display.bundle().plain())
        .toList();
  }

  List<Emission> emissions() {
    synchronized (emissions) {
      return List.copyOf(emissions);
    }
  }

  /// Waits until something holds, looked at after each emission.
  void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS);
    synchronized (emissions) {
      while (!condition.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        assertThat(left).as("time left to wait").isPositive();
        try {
          emissions.wait(Math.min(20, left / 1_000_000 + 1));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
