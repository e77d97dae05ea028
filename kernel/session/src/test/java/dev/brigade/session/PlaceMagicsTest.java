package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceMagicsTest {
  @TempDir Path directory;
  private SessionDriver driver;

  @BeforeEach
  void open() throws IOException {
    directory = directory.toRealPath();
    driver = new SessionDriver();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private String printed(String code) {
    return driver.printed(driver.ok(code));
  }

  @Test
  void programsMagicsAndAsyncFilesBeginWhereCdSays() throws IOException {
    Path own = Path.of("").toAbsolutePath();
    assertThat(printed("%pwd")).isEqualTo(own + "\n");
    Files.createDirectory(directory.resolve("a b"));
    Path soup = Jars.jar(directory.resolve("soup.jar"), "package food; public class Soup {}");
    assertThat(printed("%cd " + directory))
        .startsWith(directory + "\n")
        .contains("still begin in " + own);
    assertThat(printed("%cd 'a b'")).isEqualTo(directory + "/a b\n");
    assertThat(printed("%cd ..")).isEqualTo(directory + "\n");
    assertThat(printed("%%bash\npwd")).isEqualTo(directory + "\n");
    assertThat(driver.value("await(await(subprocess(\"pwd\")).communicate()).text().strip()"))
        .isEqualTo("\"" + directory + "\"");
    driver.ok("await(AsyncFiles.writeString(Path.of(\"x.txt\"), \"kept\"));");
    assertThat(directory.resolve("x.txt")).hasContent("kept");
    assertThat(driver.value("await(AsyncFiles.readString(Path.of(\"x.txt\")))"))
        .isEqualTo("\"kept\"");
    assertThat(printed("%classpath add soup.jar")).isEqualTo("added " + soup + "\n");
    assertThat(printed("%cd -")).isEqualTo(directory + "/a b\n");
  }

  @Test
  void aTaskThatACellStartedFollowsToo() {
    driver.ok("%cd " + directory);
    assertThat(
            driver.value(
                "await(createTask(async(() ->"
                    + " await(await(subprocess(\"pwd\")).communicate()).text().strip())))"))
        .isEqualTo("\"" + directory + "\"");
    assertThat(
            driver.value(
                "await(toThread(() -> new String(new ProcessBuilder(\"pwd\").start()"
                    + ".getInputStream().readAllBytes()).strip()))"))
        .isEqualTo("\"" + directory + "\"");
  }

  @Test
  void cdRefusesWhatIsNoDirectory() throws IOException {
    Path own = Path.of("").toAbsolutePath();
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(driver.error("%cd " + file).message()).contains("is a file", "still in " + own);
    assertThat(driver.error("%cd /no/such").message()).contains("/no/such is not");
    assertThat(driver.error("%cd a b").message()).contains("right: %cd \"a b\"");
    assertThat(driver.error("%cd -").message()).contains("there was none yet");
  }

  @Test
  void environmentVariablesAreShownSetAndTakenAway() {
    assertThat(printed("%env PATH")).isEqualTo(System.getenv("PATH") + "\n");
    assertThat(printed("%env DISH=\"hot soup\""))
        .startsWith("DISH=hot soup\n")
        .contains("A JVM cannot change its own environment");
    assertThat(printed("%env")).contains("DISH=hot soup\n", "PATH=");
    assertThat(printed("%%bash\necho $DISH")).isEqualTo("hot soup\n");
    assertThat(driver.value("System.getenv(\"DISH\")")).isEqualTo("\"hot soup\"");
    assertThat(printed("%env -u DISH")).isEqualTo("DISH is gone\n");
    assertThat(printed("%%bash\necho ${DISH:-none}")).isEqualTo("none\n");
    assertThat(driver.error("%env DISH").message()).contains("%env DISH=VALUE sets one");
  }

  @Test
  void aBuildersOwnDirectoryAndVariablesWin() {
    driver.ok("%cd " + directory + "\n%env DISH=soup");
    assertThat(
            driver.value(
                """
                var builder = new ProcessBuilder("/bin/sh", "-c", "echo $PWD-$DISH");
                builder.directory(new File("/"));
                builder.environment().put("DISH", "cake");
                await(await(subprocess(builder)).communicate()).text().strip()
                """))
        .isEqualTo("\"/-cake\"");
  }
}
