package dev.brigade.repl;

import dev.brigade.session.spi.Subcommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/// The program `brigade`.
///
/// A kernel's first answer is waited for, so the way to a plugged-in subcommand loads neither
/// picocli nor JLine, and the bare prompt no picocli.
public final class Main {
  private static final Set<String> OWN = Set.of("run", "install");

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  static int run(List<String> arguments) {
    var actions = new LauncherActions(System.in, System.out, System.err);
    if (arguments.isEmpty()) return actions.prompt(List.of());
    String first = arguments.getFirst();
    boolean maybePlugged = !first.startsWith("-") && !OWN.contains(first);
    List<Subcommand> plugged = plugged();
    if (maybePlugged) {
      Optional<Subcommand> named =
          plugged.stream().filter(command -> command.name().equals(first)).findFirst();
      if (named.isPresent()) {
        return actions.plugged(named.get(), arguments.subList(1, arguments.size()));
      }
    }
    return new CommandLineOptions(plugged, actions, System.out, System.err).run(arguments);
  }

  private static List<Subcommand> plugged() {
    var commands = new ArrayList<Subcommand>();
    ServiceLoader.load(Subcommand.class).forEach(commands::add);
    commands.add(new Training(System.err));
    return commands;
  }
}
