package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static MimeBundle at(String code, int level) {
    return driver.session().inspect(code, code.length(), level).orElseThrow();
  }

  private static String form(MimeBundle bundle, String type) {
    return String.valueOf(bundle.data().get(type));
  }

  private static void assumeSourcesOfTheJdk() {
    Path home = Path.of(System.getProperty("java.home"));
    assumeThat(home.resolve("lib/src.zip")).exists();
  }

  @Test
  void theRuntimeIsDocumented() {
    MimeBundle found = at("sleep", 0);
    assertThat(found.plain())
        .startsWith("Coroutine<Void> Async.sleep(double seconds)")
        .contains("Python: asyncio.sleep");
    assertThat(form(found, "text/markdown")).contains("```java\n", "Python: `asyncio.sleep`");
    assertThat(form(found, "text/html"))
        .contains("<pre><code>Coroutine&lt;Void&gt;", "<code>asyncio.sleep</code>");
    assertThat(at("html", 0).plain()).contains("html(String");
  }

  @Test
  void theJdkIsDocumentedWhereItsSourcesAre() {
    assumeSourcesOfTheJdk();
    MimeBundle found = at("\"a\".substring", 0);
    assertThat(found.plain()).contains("Returns a string that is a substring of this string");
    assertThat(form(found, "text/html"))
        .contains("<b>param</b>")
        .doesNotContain("<a", "{@code", "href");
    assertThat(form(found, "text/markdown")).contains("**param**").doesNotContain("<p>");
  }

  @Test
  void twoQuestionMarksShowTheSource() {
    assertThat(at("createTask", 1).plain())
        .contains("public static <T> Task<T> createTask(Coroutine<T> coroutine) {");
    assertThat(at("createTask", 0).plain()).doesNotContain("public static");
    CellResult own = driver.ok("int triple(int n) {\n  return 3 * n;\n}");
    assertThat(at("triple", 1).plain()).contains("// " + own.cell().label(), "return 3 * n;");
    assumeSourcesOfTheJdk();
    assertThat(at("Objects.requireNonNull", 1).plain()).contains("throw new NullPointerException");
  }

  @Test
  void namesDeclaredAboveInTheCellAreKnown() {
    assertThat(at("record Leaf(int veins) {}\nvar l = new Leaf(3);\nl.veins", 0).plain())
        .startsWith("Leaf(int veins).veins:int");
    assertThat(at("%%trace\n\"a\".length", 0).plain()).contains("int String.length()");
  }

  @Test
  void anObjectThatWaitsToBeMentionedIsKnown() {
    assertThat(at("threadPool", 0).plain()).contains("ThreadPool threadPool", "for blocking work");
  }

  @Test
  void aJarIsDocumentedByTheSourcesBesideIt(@TempDir Path directory) throws IOException {
    String source =
        """
        package garden;
        /** Grows in <em>beds</em>. */
        public class Tulip {
          /** Opens {@code petals} of them. <script>no</script> */
          public int open(int petals) { return petals; }
        }
        """;
    Path jar = directory.resolve("garden-1.0.jar");
    Jars.jar(jar, source);
    try (var zip =
        new ZipOutputStream(Files.newOutputStream(directory.resolve("garden-1.0-sources.jar")))) {
      zip.putNextEntry(new ZipEntry("garden/Tulip.java"));
      zip.write(source.getBytes(StandardCharsets.UTF_8));
    }
    driver.ok("%classpath add " + jar);
    MimeBundle found = at("new garden.Tulip().open", 0);
    assertThat(found.plain()).contains("int garden.Tulip.open(int petals)", "Opens petals of them");
    assertThat(form(found, "text/html")).contains("<code>petals</code>").doesNotContain("<script");
    assertThat(at("new garden.Tulip().open", 1).plain()).contains("{ return petals; }");
  }
}
