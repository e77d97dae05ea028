package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documentation from the pages in a `-javadoc.jar`, made by this JDK's own tool.
class JavadocJarTest {
  private static final String SOURCE =
      """
      package garden;
      /**
       * Grows in <em>beds</em>, see {@link java.util.List}.
       * @param <T> its kind
       * @since 1.2
       */
      public class Tulip<T> {
        /** The colour <b>now</b>. */
        public int colour = 1;
        /** Plants one.
         * @param name its name */
        public Tulip(String name) {}
        /**
         * Opens {@code petals} of them &#8211; slowly.
         * <pre>{@code
         * if (a < b) {
         *   tulip.open(a);
         * }
         * }</pre>
         * @param petals which
         * @param more others &amp; such
         * @return how far
         * @throws IllegalStateException in winter
         * @see #colour
         */
        public <X> int open(java.util.Map.Entry<X, T[]> petals, X[] all, int... more) { return 0; }
        /** Opens all. */
        public int open() { return 0; }
        /** Nothing now.
         * @deprecated use shears */
        @Deprecated public void cut() {}
        public void bare() {}
        /** Sleeps below. */
        public static class Bulb {
          /** How thick. */
          public int size(Bulb[] others) { return 0; }
        }
        /** When it blooms. */
        public enum Season {
          /** After winter. */
          SPRING
        }
        /** Where it is.
         * @param row counted from the path */
        public record Place(int row) {
          /** Next to the path. */
          public static final Place FIRST = new Place(0);
        }
      }
      """;

  @TempDir private static Path directory;
  private static SessionDriver driver;

  @BeforeAll
  static void open() throws IOException {
    driver = new SessionDriver();
    Path jar = Jars.jar(directory.resolve("garden-1.0.jar"), SOURCE);
    pack(pages("garden", Map.of("garden/Tulip.java", SOURCE)), javadoc(jar));
    driver.ok("%classpath add " + jar + "\nvar tulip = new garden.Tulip<String>(\"red\");");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static Path javadoc(Path jar) {
    return jar.resolveSibling(jar.getFileName().toString().replace(".jar", "-javadoc.jar"));
  }

  private static Path pages(String name, Map<String, String> sources) throws IOException {
    Path root = directory.resolve(name + "-sources");
    for (var each : sources.entrySet()) {
      Path file = root.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
    Path pages = directory.resolve(name + "-pages");
    DocumentationTool tool = ToolProvider.getSystemDocumentationTool();
    try (var files = tool.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<Path> paths = sources.keySet().stream().map(root::resolve).toList();
      List<String> options =
          List.of("-quiet", "-Xdoclint:none", "--no-platform-links", "-d", pages.toString());
      assertThat(
              tool.getTask(
                      null, files, _ -> {}, null, options, files.getJavaFileObjectsFromPaths(paths))
                  .call())
          .isTrue();
    }
    return pages;
  }

  private static void pack(Path pages, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(pages)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(pages.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
  }

  private static MimeBundle at(String code, int level) {
    return driver.session().inspect(code, code.length(), level).orElseThrow();
  }

  private static String plain(String code) {
    return at(code, 0).plain();
  }

  private static String form(MimeBundle bundle, String type) {
    return String.valueOf(bundle.data().get(type));
  }

  @Test
  void aMethodsPageIsReadInAllForms() {
    MimeBundle found = at("tulip.open", 1);
    assertThat(found.plain())
        .contains("int garden.Tulip<", "Opens petals of them \u2013 slowly.", "Opens all.")
        .contains("if (a < b) {\n    tulip.open(a);\n  }")
        .contains("- more - others & such", "- how far", "IllegalStateException - in winter")
        .contains("- colour")
        .doesNotContain("&#", "&lt;", "</");
    assertThat(form(found, "text/markdown"))
        .contains("Opens `petals` of them", "```\nif (a < b) {\n", "**Returns:**\n\n- how far")
        .doesNotContain("<p>", "<li>");
    assertThat(form(found, "text/html"))
        .contains("<code>petals</code>", "<b>Returns:</b>", "<li>how far</li>")
        .doesNotContain("<a", "<span", "<div", "href", "<section");
  }

  @Test
  void overloadsHaveTheirOwnText() {
    String both = at("tulip.open", 1).plain();
    String first = plain("tulip.open");
    boolean longOne = both.indexOf("Opens petals") < both.indexOf("Opens all.");
    assertThat(first)
        .contains(longOne ? "Opens petals" : "Opens all.")
        .doesNotContain(longOne ? "Opens all." : "Opens petals");
  }

  @Test
  void typesConstructorsAndFieldsHaveTheirs() {
    assertThat(plain("garden.Tulip"))
        .contains("Grows in beds, see List.", "- T - its kind", "- 1.2")
        .doesNotContain("java.lang.Object");
    assertThat(plain("new garden.Tulip("))
        .startsWith("garden.Tulip<T>(String")
        .contains("Plants one.", "- name - its name");
    assertThat(plain("tulip.colour")).contains("The colour now.");
    assertThat(form(at("tulip.colour", 0), "text/html")).contains("The colour <b>now</b>.");
    assertThat(plain("tulip.cut")).contains("Deprecated. use shears", "Nothing now.");
  }

  @Test
  void nestedTypesHaveTheirOwnPages() {
    assertThat(plain("garden.Tulip.Bulb")).contains("Sleeps below.");
    assertThat(plain("new garden.Tulip.Bulb().size")).contains("How thick.");
    assertThat(plain("garden.Tulip.Season.SPRING")).contains("After winter.");
    assertThat(plain("garden.Tulip.Place")).contains("Where it is.", "- row - counted");
    assertThat(plain("new garden.Tulip.Place(1).row")).contains("record component");
    assertThat(plain("new garden.Tulip.Place(")).contains("Creates an instance");
    assertThat(plain("garden.Tulip.Place.FIRST")).contains("Next to the path.");
  }

  @Test
  void whatHasNoCommentShowsItsSignatureAlone() {
    assertThat(plain("tulip.bare")).matches("void .*bare\\(\\)");
  }

  @Test
  void pagesOfModulesAreBelowTheirName() throws IOException {
    String rose = "package park;\n/** Has thorns. */\npublic class Rose {}\n";
    Path jar = Jars.jar(directory.resolve("park-1.0.jar"), rose);
    Path pages =
        pages(
            "park",
            Map.of(
                "module-info.java", "module city.park { exports park; }", "park/Rose.java", rose));
    assertThat(pages.resolve("city.park/park/Rose.html")).exists();
    pack(pages, javadoc(jar));
    driver.ok("%classpath add " + jar);
    assertThat(plain("park.Rose")).contains("Has thorns.");
  }

  @Test
  void documentationThatComesLaterIsSeen() throws IOException {
    String oak = "package wood;\n/** Drops acorns. */\npublic class Oak {}\n";
    Path jar = Jars.jar(directory.resolve("wood-1.0.jar"), oak);
    driver.ok("%classpath add " + jar);
    assertThat(plain("wood.Oak")).isEqualTo("wood.Oak");
    pack(pages("wood", Map.of("wood/Oak.java", oak)), javadoc(jar));
    assertThat(plain("wood.Oak")).contains("Drops acorns.");
  }
}
