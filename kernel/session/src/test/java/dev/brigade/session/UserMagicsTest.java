package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserMagicsTest {
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
  void aCellDefinesAMagic() {
    driver.ok("magic(\"greet\", call -> IO.println(\"hello, \" + call.arguments()));");
    assertThat(printed("%greet world")).isEqualTo("hello, world\n");
    driver.ok(
        "magic(\"greet\", \"says good day\", call -> IO.println(\"good day, \" +"
            + " call.arguments()));");
    assertThat(printed("%greet world")).isEqualTo("good day, world\n");
    assertThat(printed("%lsmagic")).contains("greet      %greet: says good day");
    String typed = "%gree";
    assertThat(driver.session().complete(typed, typed.length()).candidates())
        .extracting(Completions.Candidate::text)
        .containsExactly("%greet");
  }

  @Test
  void itMayAwaitSeeVariablesAndRunTheCellBelow() {
    driver.ok(
        """
        int times = 0;
        magic("twice", call -> {
          await(sleep(0.01));
          for (int i = 0; i < 2; i++) {
            times++;
            call.runCode(call.body());
          }
          call.print("ran " + times + " times\\n");
        });
        """);
    CellResult result = driver.ok("%%twice\nint z = times;\nIO.println(z);\nz * 10");
    assertThat(driver.printed(result)).isEqualTo("1\n2\nran 2 times\n");
    assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo("20");
    driver.ok("magic(\"next\", call -> call.nextInput(\"1 + 1\"));");
    assertThat(driver.ok("%next").nextInput()).isEqualTo("1 + 1");
  }

  @Test
  void whatItThrowsIsTheCellsErrorWithItsLine() {
    driver.ok("magic(\"fail\", call -> {\n  throw new IllegalStateException(\"burnt\");\n});");
    CellError error = driver.error("%fail");
    assertThat(error.name()).isEqualTo("IllegalStateException");
    assertThat(String.join("\n", error.plainTraceback())).contains("In [1] line 2");
  }

  @Test
  void anInterruptStopsABusyOne() {
    driver.ok("magic(\"spin\", call -> { IO.println(\"up\"); while (true) {} });");
    Execution running = driver.start("%spin");
    driver.awaitThat(() -> driver.printed(running.cell()).equals("up\n"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(running)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("1 + 1")).isEqualTo("2");
  }

  @Test
  void brigadesOwnNamesStay() {
    assertThat(driver.error("magic(\"time\", call -> {});").message())
        .contains("%time is one of Brigade's own");
    assertThat(driver.error("magic(\"%x\", call -> {});").message()).contains("right: magic(");
  }

  @Test
  void aJarBringsMagics() throws IOException {
    Path jar = jar();
    assertThat(driver.printed(driver.ok("%classpath add " + jar)))
        .contains("added " + jar, "%shout is a magic now", "%time stays Brigade's own");
    assertThat(printed("%shout soup")).isEqualTo("SOUP!\n");
    assertThat(printed("%lsmagic")).contains("%shout: what stands behind it, louder");
    String typed = "%shout s";
    assertThat(driver.session().complete(typed, typed.length()).candidates())
        .extracting(Completions.Candidate::text)
        .containsExactly("soup");
    assertThat(driver.error("%shout").name()).isEqualTo("TooQuiet");
    assertThat(driver.printed(driver.ok("%classpath add " + jar))).doesNotContain("magic now");
  }

  private Path jar() throws IOException {
    Path source = directory.resolve("Shout.java");
    Files.writeString(
        source,
        """
        package loud;
        import dev.brigade.session.*;
        import dev.brigade.session.spi.*;
        import java.util.*;
        public class Shout implements Magics {
          public Collection<Magic> magics() {
            return List.of(magic("shout"), magic("time"));
          }
          private static Magic magic(String name) {
            return new Magic() {
              public String name() { return name; }
              public String summary() { return "what stands behind it, louder"; }
              public Optional<Completions> complete(String arguments) {
                var soup = new Completions.Candidate("soup", "word", "");
                return Optional.of(new Completions(0, arguments.length(), List.of(soup)));
              }
              public void run(Call call) {
                if (call.arguments().isEmpty()) {
                  throw call.failure(new CellError("TooQuiet", "say what", List.of("say what")));
                }
                call.show(MimeBundle.text("shown"));
                call.print(call.arguments().toUpperCase() + "!\\n");
              }
            };
          }
        }
        """);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.resolve("classes").toString(),
                source.toString());
    assertThat(exit).isZero();
    Path jar = directory.resolve("loud.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("loud/Shout.class", "loud/Shout$1.class")) {
        out.putNextEntry(new JarEntry(name));
        out.write(Files.readAllBytes(directory.resolve("classes").resolve(name)));
      }
      out.putNextEntry(new JarEntry("META-INF/services/dev.brigade.session.spi.Magics"));
      out.write("loud.Shout\n".getBytes());
    }
    return jar;
  }

  @Test
  void cellsSeeWhatMagicsNameAndNoMoreOfTheSession() {
    assertThat(driver.value("dev.brigade.session.MimeBundle.text(\"x\").plain()"))
        .isEqualTo("\"x\"");
    for (String hidden : List.of("Session", "Outcome", "CellRequest", "engine.JShellSession")) {
      String name = "dev.brigade.session." + hidden;
      assertThat(driver.error(name + " x = null;").name()).as(name).isEqualTo("CompileError");
      assertThat(driver.error("Class.forName(\"" + name + "\")").name())
          .as(name)
          .isEqualTo("ClassNotFoundException");
    }
  }
}
