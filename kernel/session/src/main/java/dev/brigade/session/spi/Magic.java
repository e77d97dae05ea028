package dev.brigade.session.spi;

import dev.brigade.session.CellError;
import dev.brigade.session.Completions;
import dev.brigade.session.MimeBundle;
import java.util.Optional;
import java.util.function.Supplier;

/// One command: `%name arguments` on a line of its own, `%%name arguments` over a whole cell, and
/// `/name` in the terminal.
public interface Magic {
  /// The name without percent signs.
  String name();

  /// One line for `%lsmagic` and completion.
  String summary();

  /// What may stand at the end of its arguments. Any thread, also while a cell runs.
  ///
  /// @param arguments what stands between the name with its space and the cursor
  /// @return candidates by their place in the arguments; empty if it has none of its own
  default Optional<Completions> complete(String arguments) {
    return Optional.empty();
  }

  /// Runs on the cell's coroutine.
  ///
  /// @param call what was written and what a magic may do
  void run(Call call) throws Exception;

  /// Whether it is answered at once, out of turn, while a cell runs.
  default boolean observesOnly() {
    return false;
  }

  /// One use of a magic.
  interface Call {
    /// The rest of the line after the name, stripped.
    String arguments();

    /// For `%%name` the cell below the line; empty for `%name`.
    String body();

    /// Whether it was written `%%name`.
    boolean wholeCell();

    /// Shows a bundle as the cell's display data.
    void show(MimeBundle bundle);

    /// Prints text to the cell's standard output.
    void print(String text);

    /// Shows text that is drawn anew in its place four times a second, for some seconds, by a
    /// thread of its own. Returns at once.
    void live(Supplier<String> frame, double seconds);

    /// Runs code as part of this cell, for cell magics.
    void runCode(String code) throws Exception;

    /// Puts text into the front end's next input.
    void nextInput(String text);

    /// The exception to throw for a wrong use, shown without a stack.
    RuntimeException failure(CellError error);
  }
}
