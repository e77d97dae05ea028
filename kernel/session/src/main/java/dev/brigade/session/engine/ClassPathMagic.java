package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.Completions;
import dev.brigade.session.spi.Magic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The magic that lists and extends the user's class path.
final class ClassPathMagic implements Magic {
  private static final int SHOWN = 20;

  private final ClassPath classPath;
  private final Surroundings surroundings;
  private final UserMagics magics;

  ClassPathMagic(ClassPath classPath, Surroundings surroundings, UserMagics magics) {
    this.magics = magics;
    this.classPath = classPath;
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "classpath";
  }

  @Override
  public String summary() {
    return "%classpath: your jars and directories of classes; %classpath add PATH...: more of them,"
        + " for example libs/*.jar";
  }

  @Override
  public Optional<Completions> complete(String arguments) {
    String add = "add ";
    if (!arguments.startsWith(add)) {
      var candidate = new Completions.Candidate(add, "magic", "add PATH...");
      boolean fits = add.startsWith(arguments);
      return Optional.of(
          new Completions(0, arguments.length(), fits ? List.of(candidate) : List.of()));
    }
    Completions found =
        PathCandidates.of(arguments.substring(add.length()), surroundings.directory(), ".jar");
    return Optional.of(found.shifted(add.length()));
  }

  @Override
  public void run(Call used) throws Exception {
    var call = (MagicCall) used;
    if (call.wholeCell() && !call.body().isBlank()) {
      throw CellFailure.of(
          "WrongArgument",
          "%classpath is a line of its own, and what is below %%classpath would be lost."
              + " Write it with one %");
    }
    List<String> words = PathWords.split(call.arguments());
    if (words.isEmpty()) {
      list(call);
      return;
    }
    if (!words.getFirst().equals("add")) {
      throw CellFailure.of(
          "WrongArgument",
          "%classpath takes nothing or `add`, and got `"
              + call.arguments()
              + "`\n  wrong: %classpath libs/tools.jar\n  right: %classpath add libs/tools.jar");
    }
    if (words.size() == 1) {
      throw CellFailure.of(
          "WrongArgument", "%classpath add needs a jar or a directory: %classpath add libs/*.jar");
    }
    add(call, words.subList(1, words.size()));
  }

  private void list(MagicCall call) {
    var text = new StringBuilder();
    for (ClassPath.Entry entry : classPath.entries()) {
      text.append(
          "%s  (%s%s)%n"
              .formatted(entry.path(), entry.origin(), entry.isThere() ? "" : ", missing"));
    }
    call.print(
        text.isEmpty()
            ? "nothing yet: %classpath add PATH... adds jars and directories\n"
            : text.toString());
  }

  private void add(MagicCall call, List<String> words) throws Exception {
    ClassPath.Added added =
        call.outsideCompileTime(
            () ->
                classPath.add(
                    () -> PathWords.files(words, surroundings.directory()), call.cell().label()));
    var text = new StringBuilder();
    List<Path> paths = added.paths();
    for (Path path : paths.subList(0, Math.min(SHOWN, paths.size()))) {
      text.append("added ").append(path).append('\n');
    }
    if (paths.size() > SHOWN) text.append("and ").append(paths.size() - SHOWN).append(" more\n");
    for (String remark : added.remarks()) text.append(remark).append('\n');
    for (String remark : call.inUserCode(magics::look)) text.append(remark).append('\n');
    call.print(text.toString());
  }
}
