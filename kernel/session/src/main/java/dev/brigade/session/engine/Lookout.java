package dev.brigade.session.engine;

import dev.brigade.session.Cell;
import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.Outcome;
import dev.brigade.session.engine.CellSource.Part;
import dev.brigade.session.spi.Magic;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Answers questions about the program from outside it, while a cell runs or is stuck.
final class Lookout {
  private final MagicTable magics;
  private final Cells cells;
  private final Output output;

  Lookout(MagicTable magics, Cells cells, Output output) {
    this.magics = magics;
    this.cells = cells;
    this.output = output;
  }

  /// Whether a cell holds nothing but magics that only look.
  boolean observes(CellRequest request) {
    if (!request.userExpressions().isEmpty() || !request.code().stripLeading().startsWith("%")) {
      return false;
    }
    List<Part> parts = CellSource.parts(request.code(), magics::has);
    return !parts.isEmpty() && parts.stream().allMatch(this::observes);
  }

  private boolean observes(Part part) {
    return part instanceof Part.LineMagic magic
        && magics.has(magic.name())
        && magics.find(magic.name()).observesOnly();
  }

  /// Answers such a cell in the calling thread; never throws.
  CellResult observe(CellRequest request) {
    Cell cell = cells.looking(request.tag());
    Outcome outcome = new Outcome.Done();
    try {
      for (Part part : CellSource.parts(request.code(), magics::has)) {
        if (part instanceof Part.LineMagic magic) {
          magics.find(magic.name()).run(new Call(cell, magic.arguments()));
        }
      }
    } catch (CellFailure e) {
      outcome = new Outcome.Failed(e.error());
    } catch (Throwable e) { // a mistake of ours, and whoever asks waits for an answer
      outcome = new Outcome.Failed(Traceback.plain(e.getClass().getSimpleName(), "" + e));
    }
    return new CellResult(cell, outcome, Map.of(), null, null);
  }

  /// One use of a magic that only looks.
  private final class Call implements Magic.Call {
    private final Cell cell;
    private final String arguments;

    Call(Cell cell, String arguments) {
      this.cell = cell;
      this.arguments = arguments;
    }

    @Override
    public String arguments() {
      return arguments;
    }

    @Override
    public String body() {
      return "";
    }

    @Override
    public boolean wholeCell() {
      return false;
    }

    @Override
    public void show(MimeBundle bundle) {
      output.show(cell, bundle);
    }

    @Override
    public void print(String text) {
      output.answer(cell, text);
    }

    @Override
    public void live(Supplier<String> frame, double seconds) {
      LiveView.during(output, cell, frame, (long) (seconds * 1e9));
    }

    @Override
    public void runCode(String code) {
      throw new IllegalStateException("a magic that only looks runs no code");
    }

    @Override
    public void nextInput(String text) {
      throw new IllegalStateException("a magic that only looks leaves no input");
    }

    @Override
    public RuntimeException failure(CellError error) {
      return new CellFailure(error);
    }
  }
}
