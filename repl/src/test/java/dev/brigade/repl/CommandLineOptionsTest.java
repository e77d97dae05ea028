package dev.brigade.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.repl.run.HeadlessRun;
import dev.brigade.session.spi.Subcommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CommandLineOptionsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> done = new ArrayList<>();

  @Test
  void opensThePromptWithoutACommand() {
    assertThat(run()).isZero();
    assertThat(run("--class-path", "a.jar:b")).isZero();
    assertThat(done).containsExactly("prompt []", "prompt [a.jar, b]");
  }

  @Test
  void runsAFileWithItsArgumentsAndChoices() {
    assertThat(run("run", "--join", "a.java", "x", "y")).isZero();
    assertThat(run("run", "a.java", "--trace")).isZero();
    assertThat(done).containsExactly("run a.java [x, y] join", "run a.java [] trace");
  }

  @Test
  void installsForTheUserAPrefixOrAllUsersButNotBoth() {
    assertThat(run("install")).isZero();
    assertThat(run("install", "--prefix", "/p")).isZero();
    assertThat(run("install", "--sys-prefix")).isZero();
    assertThat(run("install", "--sys-prefix", "--prefix", "/p")).isEqualTo(2);
    assertThat(done).containsExactly("install null", "install /p", "install /usr/local");
  }

  @Test
  void handsAPluggedCommandItsArgumentsAsTheyAre() {
    assertThat(run("kernel", "c.json", "--x")).isZero();
    assertThat(done).containsExactly("kernel [c.json, --x]");
  }

  @Test
  void listsPluggedCommandsInTheHelpExceptThoseWithoutASummary() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("kernel", "Start a kernel.", "run", "install")
        .doesNotContain("train");
  }

  @Test
  void refusesWrongUseInOneSentence() {
    assertThat(run("frobnicate")).isEqualTo(2);
    assertThat(run("run")).isEqualTo(2);
    assertThat(run("--nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "brigade: there is no command `frobnicate`; `brigade --help` lists them.",
            "brigade: Missing required parameter: 'FILE'; see `brigade run --help`.",
            "brigade: Unknown option: '--nonsense'; see `brigade --help`.");
  }

  @Test
  void pointsToRunWhenAFileIsGivenAsCommand() {
    assertThat(run("pom.xml")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("to run it: brigade run pom.xml");
  }

  private int run(String... arguments) {
    var actions =
        new CommandLineOptions.Actions() {
          @Override
          public int prompt(List<Path> classPath) {
            done.add("prompt " + classPath);
            return 0;
          }

          @Override
          public int run(Path file, List<String> arguments, HeadlessRun.Choices choices) {
            String more = (choices.join() ? " join" : "") + (choices.trace() ? " trace" : "");
            done.add("run " + file + " " + arguments + more);
            return 0;
          }

          @Override
          public int install(@Nullable Path prefix) {
            done.add("install " + prefix);
            return 0;
          }

          @Override
          public int plugged(Subcommand command, List<String> arguments) {
            done.add(command.name() + " " + arguments);
            return 0;
          }
        };
    return new CommandLineOptions(
            List.of(new Named("kernel", "Start a kernel."), new Named("train", "")),
            actions,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private record Named(String name, String summary) implements Subcommand {
    @Override
    public int run(List<String> arguments) {
      throw new AssertionError("the test's actions do not run it");
    }
  }
}
