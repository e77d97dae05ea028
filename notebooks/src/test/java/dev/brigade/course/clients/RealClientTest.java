package dev.brigade.course.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.spi.Subcommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts that drive the kernel as notebooks do. The kernel runs from this test's own class path,
/// through a kernelspec in a temporary directory.
///
/// Without the Jupyter clients they are skipped, with the reason; `-Dclients=required` makes that a
/// failure. `build/clients.sh` installs them.
@Tag("slow")
@Timeout(value = RealClientTest.MINUTES + 1, unit = TimeUnit.MINUTES)
class RealClientTest {
  /// A script takes half a minute, and several times that on a machine that does other things.
  static final int MINUTES = 10;

  private static final String ABSENT =
      "No Python here has the Jupyter clients; run build/clients.sh to install them.";

  @TempDir static Path directory;
  private static Optional<Python> python = Optional.empty();

  @BeforeAll
  static void findClients() throws Exception {
    python = Python.withClients();
    if (python.isPresent()) writeKernelSpec();
  }

  private static void writeKernelSpec() throws Exception {
    Path launcher = directory.resolve("brigade");
    Files.writeString(launcher, launcherScript());
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Subcommand kernelSpec =
        ServiceLoader.load(Subcommand.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(command -> command.name().equals("kernelspec"))
            .findFirst()
            .orElseThrow();
    Path spec = directory.resolve("jupyter/kernels/brigade");
    assertThat(kernelSpec.run(List.of(spec.toString(), launcher.toString()))).isZero();
  }

  private static Path root() {
    return Path.of(System.getProperty("brigade.root"));
  }

  private static String launcherScript() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root().resolve("repl/src/main/dist/jvm.flags"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.brigade.repl.Main");
    var script = new StringBuilder("#!/bin/sh\nexec");
    for (String word : command) {
      script.append(" '").append(word.replace("'", "'\\''")).append('\'');
    }
    return script.append(" \"$@\"\n").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test_conformance.py",
        "test_connection.py",
        "test_protocol.py",
        "test_output.py",
        "test_interrupt.py",
        "test_interrupt_kinds.py",
        "test_life.py",
        "test_robust.py",
        "test_notebooks.py",
        "test_notebook_page.py",
        "test_widget_page.py",
        "test_console.py",
        "test_expectations.py",
        "test_class_day.py"
      })
  void theScriptPasses(String script) throws Exception {
    if (python.isEmpty()) {
      assertThat(System.getProperty("clients")).as(ABSENT).isNotEqualTo("required");
      System.out.println(script + " is skipped. " + ABSENT);
      Assumptions.abort(ABSENT);
    }
    Python.Ended ended =
        python
            .orElseThrow()
            .run(
                root().resolve("notebooks/src/test/python").resolve(script),
                List.of("-v"),
                environment(),
                MINUTES);

    ended.output().lines().filter(RealClientTest::isWorthShowing).forEach(System.out::println);
    assertThat(ended.code()).as("%s said:%n%s", script, ended.output()).isZero();
  }

  /// Skips with their reasons, and what was measured.
  private static boolean isWorthShowing(String line) {
    return line.contains("skipped") || line.contains(" ms");
  }

  private static Map<String, String> environment() throws IOException {
    return Map.of(
        "JUPYTER_PATH", directory.resolve("jupyter").toString(),
        "JUPYTER_RUNTIME_DIR", made("runtime"),
        "JUPYTER_CONFIG_DIR", made("config"),
        "JUPYTER_DATA_DIR", made("data"),
        "IPYTHONDIR", made("ipython"),
        "BRIGADE_DATA", made("user-data"),
        "BRIGADE_CLIENTS", System.getProperty("clients"),
        "BRIGADE_SCREENSHOTS", root().resolve("notebooks/target/screenshots").toString());
  }

  private static String made(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name)).toString();
  }
}
