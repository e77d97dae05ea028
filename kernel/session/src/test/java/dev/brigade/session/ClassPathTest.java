package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir static Path directory;

  /// A jar with `lib.Greeting.hello()`.
  static Path jar(Path directory) throws IOException {
    return Jars.jar(
        directory.resolve("greeting.jar"),
        """
        package lib;
        public class Greeting {
          public static String hello() { return "hello"; }
          public static String fail(String text) { return text.substring(99); }
        }
        """);
  }

  @Test
  void userCodeSeesItsOwnJars() throws IOException {
    try (var driver = new SessionDriver(new SessionOptions(null, List.of(jar(directory)), false))) {
      assertThat(driver.value("lib.Greeting.hello()")).isEqualTo("\"hello\"");
      assertThat(String.join("\n", driver.error("lib.Greeting.fail(\"x\")").plainTraceback()))
          .contains("lib.Greeting.fail", "In [2] line 1");
    }
  }

  @Test
  void userCodeSeesTheJdkAndTheRuntimeAndNothingElseOfOurs() {
    try (var driver = new SessionDriver()) {
      driver.ok("import com.sun.net.httpserver.HttpServer;\nHttpServer server = null;");
      driver.ok("javax.tools.ToolProvider.getSystemJavaCompiler()");
      driver.ok("dev.brigade.async.trace.EventLog log = loop.log();");
      assertThat(driver.error("dev.brigade.session.Session s = null;").name())
          .isEqualTo("CompileError");
      assertThat(driver.error("dev.brigade.session.weave.Hooks.exit(1)").name())
          .isEqualTo("CompileError");
      assertThat(driver.error("org.junit.jupiter.api.Test t = null;").name())
          .isEqualTo("CompileError");
      assertThat(driver.error("Class.forName(\"org.junit.jupiter.api.Test\")").name())
          .isEqualTo("ClassNotFoundException");
      assertThat(driver.error("Class.forName(\"dev.brigade.session.Session\")").name())
          .isEqualTo("ClassNotFoundException");
    }
  }
}
