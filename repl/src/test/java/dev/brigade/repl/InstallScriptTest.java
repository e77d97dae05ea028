package dev.brigade.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallScriptTest {
  private static final List<String> INSTALLED =
      List.of(
          "bin/brigade",
          "lib/brigade/LICENSE",
          "lib/brigade/brigade-async-1.jar",
          "lib/brigade/brigade-jupyter-1.jar",
          "lib/brigade/brigade-notebooks-1.jar",
          "lib/brigade/brigade-repl-1.jar",
          "lib/brigade/brigade-session-1.jar",
          "lib/brigade/brigade.aot",
          "lib/brigade/class-path",
          "lib/brigade/examples/section6.jsh",
          "lib/brigade/find-jdk.sh",
          "lib/brigade/java-home",
          "lib/brigade/jvm.flags",
          "lib/brigade/kernelspec-directory",
          "lib/brigade/library-1.jar",
          "lib/brigade/maven/brigade-maven-1.jar",
          "lib/brigade/maven/resolver-1.jar",
          "share/jupyter/kernels/brigade/kernel.json");

  @TempDir Path directory;
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FakeMachine(directory);
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJdk() throws Exception {
    machine.jdk("old", "21.0.5");
    machine.maven();

    var result = machine.install();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output())
        .contains("no JDK 25 or newer was found", "sdk install java 25-tem", "set JAVA_HOME");
    assertThat(FakeMachine.files(machine.home())).isEmpty();
  }

  @Test
  void saysWhatToInstallWhereThereIsNoMaven() throws Exception {
    machine.jdk("new", "25.0.1");

    var result = machine.install();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output()).contains("Maven is missing", "apt-get install maven");
  }

  @Test
  void getsMavenWithAptGetWhereItMay() throws Exception {
    machine.jdk("new", "25.0.1");
    machine.maven();
    Path bin = directory.resolve("bin");
    Files.move(bin.resolve("mvn"), bin.resolve("mvn.package"));
    machine.tool("id", "echo 0\n");
    machine.tool(
        "apt-get", "[ \"$1\" = update ] || mv %s/mvn.package %s/mvn\n".formatted(bin, bin));

    var result = machine.install();

    assertThat(result.output()).contains("Installing Maven with apt-get", "Installed.");
    assertThat(result.code()).isZero();
  }

  @Test
  void showsTheErrorAndTheLogWhenTheBuildFails() throws Exception {
    machine.jdk("new", "25.0.1");
    machine.tool("mvn", "echo more; echo '[ERROR] no network'; [ \"$1\" = --version ]\n");

    var result = machine.install();

    assertThat(result.code()).isEqualTo(1);
    Path log = machine.source().toRealPath().resolve("target/install.log");
    assertThat(result.output()).contains("[ERROR] no network", "the whole log is " + log);
    assertThat(log).content().contains("more");
    assertThat(FakeMachine.files(machine.home())).isEmpty();
  }

  @Test
  void putsEverythingBelowThePrefix() throws Exception {
    Path jdk = machine.jdk("new", "25.0.1");
    machine.maven();
    Path prefix = directory.resolve("a place");

    var result = machine.install("--prefix", prefix.toString());

    assertThat(result.output()).contains("Fetched 0", "Installed.");
    assertThat(result.code()).isZero();
    assertThat(FakeMachine.files(prefix)).isEqualTo(INSTALLED);
    assertThat(FakeMachine.files(machine.home())).isEmpty();
    assertThat(prefix.resolve("lib/brigade/java-home"))
        .content()
        .isEqualTo(jdk.toRealPath() + "\n");
  }

  @Test
  void putsEverythingBelowTheHomeByDefault() throws Exception {
    machine.jdk("new", "25.0.1");
    machine.maven();

    assertThat(machine.install().code()).isZero();

    assertThat(FakeMachine.files(machine.home().resolve(".local"))).isEqualTo(INSTALLED);
  }

  @Test
  void upgradesInPlace() throws Exception {
    machine.jdk("new", "25.0.1");
    machine.maven();
    Path prefix = directory.resolve("prefix");
    assertThat(machine.install("--prefix", prefix.toString()).code()).isZero();
    Files.writeString(prefix.resolve("lib/brigade/outdated-1.jar"), "jar");

    assertThat(machine.install("--prefix=" + prefix).code()).isZero();

    assertThat(FakeMachine.files(prefix)).isEqualTo(INSTALLED);
  }

  @Test
  void uninstallRemovesWhatWasInstalledAndNothingElse() throws Exception {
    machine.jdk("new", "25.0.1");
    machine.maven();
    assertThat(machine.install().code()).isZero();
    Path local = machine.home().resolve(".local");
    Files.writeString(local.resolve("bin/other"), "");
    Path history = Files.createDirectories(local.resolve("share/brigade")).resolve("history.tsv");
    Files.writeString(history, "");

    assertThat(machine.install("--uninstall").output()).contains("History and progress stay");
    assertThat(FakeMachine.files(local)).containsExactly("bin/other", "share/brigade/history.tsv");
    assertThat(local.resolve("lib")).doesNotExist();

    var again = machine.install("--purge");
    assertThat(again.code()).isZero();
    assertThat(again.output()).contains("Nothing of Brigade is installed");
    assertThat(FakeMachine.files(local)).containsExactly("bin/other");
  }

  @Test
  void purgesOnlyWhatBrigadeWrites() throws Exception {
    Files.writeString(machine.home().resolve("thesis"), "");
    Files.writeString(machine.home().resolve("history.tsv"), "");
    List<String> purge =
        List.of("bash", machine.source().resolve("install.sh").toString(), "--purge");

    var result = machine.run(purge, Map.of("BRIGADE_DATA", machine.home() + "/"));

    assertThat(result.code()).isZero();
    assertThat(machine.home().resolve("thesis")).exists();
    assertThat(machine.home().resolve("history.tsv")).doesNotExist();
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    var result = machine.install("--prefixx");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output()).contains("there is no option --prefixx");
  }

  @Test
  void theLauncherUsesTheCacheAndTheFlagsAndTheJarsInOrder() throws Exception {
    machine.jdk("new", "25.0.1");
    machine.maven();
    Path prefix = directory.resolve("prefix");
    assertThat(machine.install("--prefix", prefix.toString()).code()).isZero();
    Path link = Files.createSymbolicLink(directory.resolve("link"), prefix.resolve("bin/brigade"));

    assertThat(machine.run(List.of(link.toString(), "run", "a b.jsh")).code()).isZero();

    Path lib = prefix.toRealPath().resolve("lib/brigade");
    assertThat(machine.javaLog().lines().toList().getLast())
        .startsWith("-XX:AOTCache=" + lib + "/brigade.aot @" + lib + "/jvm.flags")
        .contains("-cp " + lib + "/brigade-async-1.jar:" + lib + "/brigade-jupyter-1.jar:")
        .endsWith("dev.brigade.repl.Main run a b.jsh");
  }

  @Test
  void theLauncherLooksForAnotherJdkWhenItsOwnIsGone() throws Exception {
    Path jdk = machine.jdk("a", "25.0.1");
    machine.maven();
    Path prefix = directory.resolve("prefix");
    assertThat(machine.install("--prefix", prefix.toString()).code()).isZero();
    Files.delete(jdk.resolve("bin/java"));
    List<String> brigade = List.of(prefix.resolve("bin/brigade").toString(), "run", "a.jsh");

    var without = machine.run(brigade);
    machine.jdk("b", "26");
    var with = machine.run(brigade);

    assertThat(without.code()).isEqualTo(1);
    assertThat(without.output()).contains("is gone, and no other JDK 25 or newer was found");
    assertThat(with.code()).isZero();
    assertThat(with.output()).contains("is gone; using", "Fetched 0");
    assertThat(machine.javaLog().lines().toList().getLast()).doesNotContain("AOTCache");
  }
}
