package dev.brigade.session.engine;

import dev.brigade.session.display.Meter;
import dev.brigade.session.display.TimedLoop;
import dev.brigade.session.display.Timing;
import dev.brigade.session.spi.Magic;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;

/// `%time` and `%timeit`, which understand await.
///
/// `%time` counts the user's code only, never its compilation. `%timeit` compiles its code once,
/// into a loop of its own, so that a run costs the code and no evaluation.
final class TimingMagics {
  private static final Pattern OPTION = Pattern.compile("-([nr])\\s*(\\d{1,9})(?:\\s+|$)");
  private static final Pattern UNKNOWN_OPTION = Pattern.compile("-[a-zA-Z]\\b.*");
  private static final int ROUNDS = 7;
  // How long a round must be where the number of runs is free, in seconds.
  private static final double ENOUGH = 0.2;

  /// What stands after `%timeit`.
  ///
  /// @param runs in each round; 0 for as many as it needs
  /// @param rest the code, or for a whole cell what runs before each round
  private record Options(long runs, int rounds, String rest) {
    static Options of(String arguments) {
      long runs = 0;
      int rounds = ROUNDS;
      String rest = arguments.strip();
      Matcher option = OPTION.matcher(rest);
      while (option.lookingAt()) {
        int number = Integer.parseInt(option.group(2));
        if (number == 0) {
          throw CellFailure.of(
              "WrongArgument", "-" + option.group(1) + " takes a number from 1 on, and got 0");
        }
        if (option.group(1).equals("n")) runs = number;
        else rounds = number;
        rest = rest.substring(option.end());
        option = OPTION.matcher(rest);
      }
      if (UNKNOWN_OPTION.matcher(rest).matches()) {
        throw CellFailure.of(
            "WrongArgument",
            "%timeit knows -n RUNS and -r ROUNDS before the code, and got `" + rest + "`");
      }
      return new Options(runs, rounds, rest);
    }
  }

  static List<Magic> all() {
    return List.of(
        OwnMagic.of(
            "time",
            "%time EXPRESSION, or %%time over a cell: wall, loop and CPU time it takes",
            TimingMagics::time),
        OwnMagic.of(
            "timeit",
            "%timeit [-n RUNS] [-r ROUNDS] CODE, or %%timeit over a cell: many runs, median and"
                + " spread",
            TimingMagics::timeit));
  }

  private static void time(MagicCall call) throws Exception {
    String code = call.wholeCell() ? call.body() : call.arguments();
    if (code.isBlank()) {
      throw CellFailure.of("NothingToTime", "%time needs an expression: %time await(sleep(1))");
    }
    var meter = new Meter();
    try {
      call.workshop().compileTime().measured(meter, () -> call.runCode(code));
    } finally {
      call.print(meter.end() + "\n");
    }
  }

  private static void timeit(MagicCall call) throws Exception {
    Options options = Options.of(call.arguments());
    String code = (call.wholeCell() ? call.body() : options.rest()).stripTrailing();
    if (code.isBlank()) {
      throw CellFailure.of("NothingToTime", "%timeit needs code: %timeit await(sleep(0))");
    }
    TimedLoop loop = compile(call, call.wholeCell() ? options.rest() : "", code);
    Timing timing =
        call.inUserCode(
            () -> Timing.of(code.strip(), loop, options.runs(), options.rounds(), ENOUGH));
    call.print(timing + "\n");
    call.keep(timing, Timing.class);
  }

  /// An expression's value goes into the sink. Whether it has one only the compiler knows: where it
  /// does not, and where there are statements, the code stands as it is.
  private static TimedLoop compile(MagicCall call, String setup, String code) {
    call.prepare(setup + "\n" + code);
    String bare = code.replaceFirst("[;\\s]+$", "");
    if (!isExpression(call, code)) return compile(call, setup, "", code, end(code));
    try {
      return compile(call, setup, "var $value =", bare, "; $sink.keep($value);");
    } catch (CellFailure withValue) {
      if (!withValue.isRejected()) throw withValue;
      try {
        return compile(call, setup, "", bare, ";");
      } catch (CellFailure _) {
        throw withValue;
      }
    }
  }

  /// An empty statement behind an endless loop would be an error.
  private static String end(String code) {
    String masked = JavaText.mask(code).stripTrailing();
    return masked.endsWith(";") || masked.endsWith("}") ? "" : ";";
  }

  private static boolean isExpression(MagicCall call, String code) {
    Workshop workshop = call.workshop();
    List<Splitter.Piece> pieces = workshop.splitter().split(code, call.source(), call.line());
    if (pieces.size() != 1) return false;
    Shell shell = workshop.shell();
    List<Snippet> snippets =
        shell.enter(() -> shell.analysis().sourceToSnippets(pieces.getFirst().text()));
    return snippets.size() == 1
        && switch (snippets.getFirst().subKind()) {
          case TEMP_VAR_EXPRESSION_SUBKIND,
              OTHER_EXPRESSION_SUBKIND,
              ASSIGNMENT_SUBKIND,
              VAR_VALUE_SUBKIND ->
              true;
          default -> false;
        };
  }

  /// The code keeps its lines and columns: what stands around it is on lines of its own.
  private static TimedLoop compile(
      MagicCall call, String setup, String before, String code, String after) {
    int column =
        call.wholeCell() ? 0 : Math.max(0, call.source().line(call.line() + 1).indexOf(code));
    String text =
        "("
            + TimedLoop.class.getName()
            + ") ($sink, $times) -> { "
            + (setup.isBlank() ? "" : setup + "; ")
            + "for (long $run = 0; $run < $times; $run++) { "
            + before
            + "\n"
            + " ".repeat(column)
            + code
            + "\n"
            + after
            + " } }";
    var chunk = new SourceMap.Chunk(call.source(), call.line() - 1, 0);
    Object loop = call.eval(text, chunk).value();
    if (loop instanceof TimedLoop timed) return timed;
    throw new IllegalStateException("the code was compiled to " + loop);
  }

  private TimingMagics() {}
}
