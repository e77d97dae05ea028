package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.Completions;
import dev.brigade.session.Completions.Candidate;
import dev.brigade.session.spi.Magic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `%cd`, `%pwd` and `%env`: directory and environment variables of the session, as far as a JVM
/// can have them.
final class PlaceMagics {
  private static final String CD_NOTE =
      "Magics, AsyncFiles and programs that cells start begin there. A JVM cannot change its own"
          + " directory: new File(\"x\") and Files.readString(Path.of(\"x\")) still begin in %s%n";
  private static final String ENV_NOTE =
      "System.getenv in cells and programs that cells start see it. A JVM cannot change its own"
          + " environment: jars, the JDK and worker processes of pools keep what it began with%n";

  private final Surroundings surroundings;
  // The cells' thread only.
  private @Nullable Path before;
  private boolean cdNoted;
  private boolean envNoted;

  PlaceMagics(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of(
                "cd",
                "%cd DIR: where relative paths of magics, AsyncFiles and started programs begin;"
                    + " %cd: home, %cd -: back. java.io and java.nio.file do not follow",
                this::cd)
            .completedBy(
                arguments ->
                    Optional.of(PathCandidates.of(arguments, surroundings.directory(), "/"))),
        OwnMagic.of(
            "pwd",
            "%pwd: the directory that %cd sets",
            call -> call.print(surroundings.directory() + "\n")),
        OwnMagic.of(
                "env",
                "%env [NAME[=VALUE]]: lists, shows or sets what System.getenv in cells and started"
                    + " programs see; %env -u NAME takes one away",
                this::env)
            .completedBy(this::names));
  }

  private void cd(MagicCall call) {
    List<String> words = PathWords.split(call.arguments());
    if (words.size() > 1) {
      throw CellFailure.of(
          "WrongArgument",
          "%%cd takes one directory, in quotes if there are spaces in it.%n  wrong: %%cd %1$s%n"
                  .formatted(call.arguments())
              + "  right: %%cd \"%1$s\"".formatted(call.arguments().strip()));
    }
    Path now = surroundings.directory();
    Path next =
        words.isEmpty()
            ? PathWords.path("~", now)
            : words.getFirst().equals("-") ? previous() : PathWords.path(words.getFirst(), now);
    if (!Files.isDirectory(next)) {
      throw CellFailure.of(
          "NoSuchFile",
          "%%cd goes to a directory that is there, and %s is %s. You are still in %s"
              .formatted(next.normalize(), Files.exists(next) ? "a file" : "not", now));
    }
    surroundings.directory(next);
    before = now;
    call.print(surroundings.directory() + "\n");
    if (!cdNoted) call.print(CD_NOTE.formatted(Path.of("").toAbsolutePath()));
    cdNoted = true;
  }

  private Path previous() {
    Path known = before;
    if (known != null) return known;
    throw CellFailure.of(
        "NoSuchFile", "%cd - goes back to where the last %cd was used, and there was none yet");
  }

  private void env(MagicCall call) {
    String given = call.arguments().strip();
    if (given.isEmpty()) {
      var text = new StringBuilder();
      surroundings
          .variables()
          .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
      call.print(text.toString());
      return;
    }
    if (given.startsWith("-u ")) {
      set(call, given.substring(3).strip(), null);
      return;
    }
    int equals = given.indexOf('=');
    if (equals < 0) {
      call.print(value(given) + "\n");
      return;
    }
    set(call, given.substring(0, equals).strip(), unquoted(given.substring(equals + 1).strip()));
  }

  private String value(String name) {
    String value = surroundings.variable(name);
    if (value != null) return value;
    throw CellFailure.of(
        "NoSuchVariable",
        "there is no environment variable `%1$s`; %%env lists them, %%env %2$s=VALUE sets one"
            .formatted(name, name.contains(" ") ? "NAME" : name));
  }

  private void set(MagicCall call, String name, @Nullable String value) {
    if (name.isEmpty() || name.contains(" ") || name.indexOf('\0') >= 0) {
      throw CellFailure.of(
          "WrongArgument",
          "a variable's name has no spaces, and got `" + name + "`\n  right: %env NAME=VALUE");
    }
    surroundings.variable(name, value);
    call.print(value == null ? name + " is gone\n" : name + "=" + value + "\n");
    if (!envNoted) call.print(ENV_NOTE.formatted());
    envNoted = true;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && "\"'".indexOf(text.charAt(0)) >= 0
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private Optional<Completions> names(String arguments) {
    Map<String, String> all = surroundings.variables();
    List<Candidate> found =
        all.keySet().stream()
            .filter(name -> name.startsWith(arguments))
            .map(name -> new Candidate(name, "variable", ""))
            .toList();
    return Optional.of(new Completions(0, arguments.length(), found));
  }
}
