package dev.brigade.course.pictures;

import dev.brigade.async.trace.Trace;
import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the documents: one cell that leaves a trace. Its title is its first comment.
///
/// @param file a script, which `brigade run` runs as well
record Program(Path file, String text) {
  static Program of(Path file) throws IOException {
    return new Program(file, Files.readString(file));
  }

  String title() {
    return text.lines()
        .filter(line -> line.startsWith("// "))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(file + " needs its title: a line with // at its head"))
        .substring(3);
  }

  /// Whether every run gives the same picture.
  boolean isVirtual() {
    return text.contains("%%virtual");
  }

  /// Runs it in a session of its own.
  Trace trace() throws Exception {
    try (var session = Session.open(new SessionOptions(null, List.of(), false), _ -> {})) {
      run(session, text);
      Trace trace = session.loop().lastTrace();
      if (trace == null) throw new AssertionError(file + " leaves no trace: it needs a %%trace");
      return trace;
    }
  }

  private void run(Session session, String code) throws Exception {
    CellResult result = session.execute(CellRequest.of(code)).result().get(2, TimeUnit.MINUTES);
    if (result.outcome() instanceof Outcome.Failed(CellError error)) {
      throw new AssertionError(file + "\n" + String.join("\n", error.plainTraceback()));
    }
  }
}
