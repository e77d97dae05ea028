package dev.brigade.repl;

import dev.brigade.repl.run.HeadlessRun;
import dev.brigade.session.spi.Subcommand;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command line as picocli sees it, built without annotations: scanning for them costs start-up
/// time.
final class CommandLineOptions {
  private static final int WRONG_USE = 2;

  private final List<Subcommand> plugged;
  private final Actions actions;
  private final PrintStream out;
  private final PrintStream err;

  /// What the command line can ask for.
  interface Actions {
    int prompt(List<Path> classPath);

    int run(Path file, List<String> arguments, HeadlessRun.Choices choices);

    int install(@Nullable Path prefix);

    int plugged(Subcommand command, List<String> arguments);
  }

  CommandLineOptions(List<Subcommand> plugged, Actions actions, PrintStream out, PrintStream err) {
    this.plugged = plugged;
    this.actions = actions;
    this.out = out;
    this.err = err;
  }

  /// Does what the arguments ask for and returns the exit code.
  int run(List<String> arguments) {
    CommandLine line = commandLine();
    if (!arguments.isEmpty() && isUnknownCommand(line, arguments.getFirst())) {
      return refuse(unknownCommand(arguments.getFirst()));
    }
    try {
      return act(line.parseArgs(arguments.toArray(String[]::new)));
    } catch (ParameterException wrong) {
      String message =
          String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong arguments");
      String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
      return refuse("%s; see `%s --help`.".formatted(message, name));
    }
  }

  private CommandLine commandLine() {
    CommandSpec root =
        spec("brigade", "Java with an event loop already running.")
            .addOption(
                OptionSpec.builder("-V", "--version")
                    .versionHelp(true)
                    .description("Print the version and leave.")
                    .build())
            .addOption(classPath());
    root.usageMessage().footer("", "Without a command, brigade opens its prompt.");
    root.addSubcommand("run", runSpec());
    root.addSubcommand("install", installSpec());
    var line = new CommandLine(root);
    for (Subcommand command : plugged) {
      CommandSpec spec = CommandSpec.create().name(command.name());
      spec.usageMessage().description(command.summary()).hidden(command.summary().isEmpty());
      spec.parser().unmatchedOptionsArePositionalParams(true);
      spec.addPositional(
          PositionalParamSpec.builder().paramLabel("ARG").arity("0..*").type(List.class).build());
      line.addSubcommand(command.name(), spec);
    }
    return line;
  }

  private static CommandSpec runSpec() {
    CommandSpec spec =
        spec("run", "Run a notebook (.ipynb), a script (.jsh) or a program (.java).")
            .addOption(flag("--join", "Wait for what still runs after the last cell."))
            .addOption(flag("--trace", "End with the order of events and the time they took."))
            .addOption(classPath())
            .addPositional(
                PositionalParamSpec.builder()
                    .index("0")
                    .paramLabel("FILE")
                    .type(Path.class)
                    .required(true)
                    .build())
            .addPositional(
                PositionalParamSpec.builder()
                    .index("1..*")
                    .paramLabel("ARG")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("0..*")
                    .description("What a program's main gets.")
                    .build());
    spec.parser().stopAtPositional(false);
    return spec;
  }

  private static CommandSpec installSpec() {
    OptionSpec prefix =
        OptionSpec.builder("--prefix")
            .paramLabel("DIR")
            .type(Path.class)
            .description("Below DIR/share/jupyter.")
            .build();
    OptionSpec system = flag("--sys-prefix", "For all users: below /usr/local/share/jupyter.");
    return spec("install", "Put this installation's kernel where Jupyter finds it.")
        .addArgGroup(
            ArgGroupSpec.builder()
                .exclusive(true)
                .multiplicity("0..1")
                .addArg(prefix)
                .addArg(system)
                .build());
  }

  private static CommandSpec spec(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this help.").build());
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  private static OptionSpec classPath() {
    return OptionSpec.builder("-cp", "--class-path")
        .paramLabel("PATH")
        .type(String.class)
        .description(
            "Jars and directories your code sees, separated by " + File.pathSeparator + ".")
        .build();
  }

  private int act(ParseResult root) {
    if (root.isVersionHelpRequested()) {
      out.println("brigade " + Version.brigade() + ", Java " + Runtime.version());
      return 0;
    }
    ParseResult chosen = root.hasSubcommand() ? root.subcommand() : root;
    if (chosen.isUsageHelpRequested()) {
      chosen.commandSpec().commandLine().usage(out, Ansi.OFF);
      return 0;
    }
    String name = chosen.commandSpec().name();
    return switch (name) {
      case "brigade" -> actions.prompt(classPath(root));
      case "run" -> runFile(chosen);
      case "install" ->
          actions.install(
              chosen.hasMatchedOption("--sys-prefix")
                  ? Path.of("/usr/local")
                  : chosen.matchedOptionValue("--prefix", null));
      default -> actions.plugged(named(name), afterName(chosen.originalArgs(), name));
    };
  }

  private int runFile(ParseResult chosen) {
    List<String> arguments = new ArrayList<>();
    if (chosen.hasMatchedPositional(1)) arguments = chosen.matchedPositionalValue(1, arguments);
    var choices =
        new HeadlessRun.Choices(
            chosen.hasMatchedOption("--join"),
            chosen.hasMatchedOption("--trace"),
            false,
            classPath(chosen));
    return actions.run(chosen.matchedPositionalValue(0, Path.of("")), arguments, choices);
  }

  private static List<Path> classPath(ParseResult chosen) {
    String path = chosen.matchedOptionValue("--class-path", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  private static List<String> afterName(List<String> arguments, String name) {
    return List.copyOf(arguments.subList(arguments.indexOf(name) + 1, arguments.size()));
  }

  private Subcommand named(String name) {
    return plugged.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isUnknownCommand(CommandLine line, String name) {
    return !name.startsWith("-") && !line.getSubcommands().containsKey(name);
  }

  private static String unknownCommand(String name) {
    return Files.exists(Path.of(name))
        ? "`%s` is a file; to run it: brigade run %s".formatted(name, name)
        : "there is no command `%s`; `brigade --help` lists them.".formatted(name);
  }

  private int refuse(String sentence) {
    err.println("brigade: " + sentence);
    return WRONG_USE;
  }
}
