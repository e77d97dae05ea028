package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathMagicTest {
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

  private static String dish(String name, String text) {
    return "package food; public class %s { public static String name() { return \"%s\"; } }"
        .formatted(name, text);
  }

  private Path jar(String file, String dish, String text) throws IOException {
    return Jars.jar(directory.resolve(file), dish(dish, text));
  }

  private String add(String arguments) {
    return driver.printed(driver.ok("%classpath add " + arguments));
  }

  @Test
  void anAddedJarIsSeenByLaterCellsAndByLaterLinesOfTheSameCell() throws IOException {
    Path soup = jar("soup.jar", "Soup", "tomato");
    Path cake = jar("cake.jar", "Cake", "lemon");
    assertThat(driver.error("food.Soup.name()").message()).contains("food");
    assertThat(add(soup.toString())).isEqualTo("added " + soup + "\n");
    assertThat(driver.value("food.Soup.name()")).isEqualTo("\"tomato\"");
    assertThat(driver.value("%classpath add " + cake + "\nimport food.Cake;\nCake.name()"))
        .isEqualTo("\"lemon\"");
    assertThat(driver.value("Class.forName(\"food.Cake\").getSimpleName()")).isEqualTo("\"Cake\"");
  }

  @Test
  void whatWasLookedForInVainIsFoundOnceItIsAdded() throws IOException {
    Path soup = jar("soup.jar", "Soup", "tomato");
    driver.ok(
        "String meal() throws Exception { return Class.forName(\"food.Soup\").getSimpleName(); }");
    assertThat(driver.error("meal()").name()).isEqualTo("ClassNotFoundException");
    assertThat(driver.error("import food.Soup;").name()).isEqualTo("CompileError");
    driver.ok("Object kept = new Object(); int hash = kept.hashCode();");
    add(soup.toString());
    assertThat(driver.value("meal()")).isEqualTo("\"Soup\"");
    assertThat(driver.value("import food.Soup;\nSoup.name()")).isEqualTo("\"tomato\"");
    assertThat(driver.value("kept.hashCode() == hash")).isEqualTo("true");
  }

  @Test
  void anAddedJarIsCompleted() throws IOException {
    add(jar("soup.jar", "Soup", "tomato").toString());
    driver.awaitThat(() -> candidates("food.So").contains("Soup"));
    assertThat(candidates("food.Soup.na")).contains("name()");
    assertThat(candidates("%classp")).containsExactly("%classpath");
    assertThat(driver.session().inspect("%classpath", 4, 0).orElseThrow().plain())
        .contains("%classpath add PATH");
    assertThat(driver.printed(driver.ok("%lsmagic"))).contains("classpath");
  }

  @Test
  void pathsAreCompletedAsTheyAreWritten() throws IOException {
    jar("my libs/soup.jar", "Soup", "tomato");
    jar("my libs/soap.jar", "Soap", "green");
    Files.writeString(directory.resolve("my libs/soup.txt"), "");
    Path libs = directory.resolve("my libs");
    assertThat(candidates("int a = 1;\n%classpath a")).containsExactly("add ");
    assertThat(candidates("%classpath add x.jar " + directory + "/my"))
        .containsExactly(directory + "/my\\ libs/");
    assertThat(candidates("%classpath add " + directory + "/my\\ libs/so"))
        .contains(directory + "/my\\ libs/soap.jar", directory + "/my\\ libs/soup.jar")
        .noneMatch(text -> text.endsWith(".txt"));
    assertThat(candidates("%classpath add \"" + libs + "/soup.j"))
        .contains("\"" + libs + "/soup.jar\"", "\"" + libs + "/soup.jar-classes/");
    String line = "%classpath add x.jar " + directory + "/my";
    assertThat(driver.session().complete(line, line.length()).start()).isEqualTo(21);
    assertThat(candidates("%classpath add ~/")).allMatch(text -> text.startsWith("~/"));
    assertThat(candidates("%classpath add /no/such/")).isEmpty();
  }

  private List<String> candidates(String code) {
    return driver.session().complete(code, code.length()).candidates().stream()
        .map(Completions.Candidate::text)
        .toList();
  }

  @Test
  void theClassPathIsListedWithWhoAddedWhat() throws IOException {
    assertThat(driver.printed(driver.ok("%classpath"))).startsWith("nothing yet: ");
    Path soup = jar("soup.jar", "Soup", "tomato");
    Path gone = directory.resolve("gone.jar");
    try (var own = new SessionDriver(new SessionOptions(null, List.of(soup, gone), false))) {
      Path cake = jar("cake.jar", "Cake", "lemon");
      own.ok("%classpath add " + cake);
      assertThat(own.printed(own.ok("%classpath")))
          .isEqualTo(
              soup
                  + "  (from the start)\n"
                  + gone
                  + "  (from the start, missing)\n"
                  + cake
                  + "  (In [1])\n");
      jar("gone.jar", "Late", "late");
      assertThat(own.printed(own.ok("%classpath add " + gone)))
          .contains("is there already", "missing then", "restart");
    }
  }

  @Test
  void patternsQuotesAndDirectoriesAreUnderstood() throws IOException {
    Path libs = Files.createDirectories(directory.resolve("my libs"));
    Path soup = jar("my libs/soup.jar", "Soup", "tomato");
    Path cake = jar("my libs/cake.jar", "Cake", "lemon");
    Path deep = jar("my libs/a/b/deep.jar", "Deep", "deep");
    Files.writeString(libs.resolve("readme.txt"), "no jar");
    Path classes = Jars.compile(directory.resolve("out"), dish("Tea", "green"));
    assertThat(add("\"" + libs + "/*.jar\" '" + classes + "'"))
        .isEqualTo("added %s%nadded %s%nadded %s%n".formatted(cake, soup, classes));
    assertThat(driver.value("food.Tea.name() + food.Soup.name() + food.Cake.name()"))
        .isEqualTo("\"greentomatolemon\"");
    assertThat(add(libs.toString().replace(" ", "\\ ") + "/**/*.jar"))
        .startsWith("added " + deep + "\n" + cake + " is there already (In [1])\n");
    assertThat(driver.error("%classpath add " + directory + "/no*.jar").message())
        .contains("no*.jar` fits none");
  }

  @Test
  void pathsAreRelativeToTheWorkingDirectoryAndHome() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path soup = jar("soup.jar", "Soup", "tomato");
    assertThat(add(here.relativize(soup).toString())).isEqualTo("added " + soup + "\n");
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(add("~")).contains("added " + home + "\n");
    assertThat(driver.error("%classpath add ~/no/such.jar").message())
        .contains(home.resolve("no/such.jar") + " is not");
  }

  @Test
  void nothingIsAddedIfOneIsRefused() throws IOException {
    Path soup = jar("soup.jar", "Soup", "tomato");
    Path text = Files.writeString(directory.resolve("notes.jar"), "not a jar");
    Path missing = directory.resolve("missing.jar");
    CellError gone = driver.error("%classpath add " + soup + " " + missing);
    assertThat(gone.name()).isEqualTo("NoSuchFile");
    assertThat(gone.message())
        .contains("jars and directories that are there", missing + " is not", "Nothing was added")
        .contains("working directory, " + Path.of("").toAbsolutePath());
    CellError broken = driver.error("%classpath add " + soup + " " + text);
    assertThat(broken.name()).isEqualTo("NotAJar");
    assertThat(broken.message()).contains(text + " is neither", "Nothing was added", "came whole");
    Path source = Files.writeString(directory.resolve("A.java"), "class A {}");
    assertThat(driver.error("%classpath add " + source).message()).contains("Source goes into");
    assertThat(driver.printed(driver.ok("%classpath"))).startsWith("nothing yet");
    assertThat(driver.error("food.Soup.name()").name()).isEqualTo("CompileError");
  }

  @Test
  void foreseenMistakesGetTheRightLine() throws IOException {
    assertThat(driver.error("%classpath libs/tools.jar").message())
        .contains("right: %classpath add libs/tools.jar");
    assertThat(driver.error("%classpath add").message()).contains("needs a jar or a directory");
    assertThat(driver.error("%classpath add \"x.jar").message()).contains("still open");
    assertThat(driver.error("%%classpath add x.jar\nint a = 1;").message()).contains("with one %");
    Path spaced = jar("two words.jar", "Soup", "tomato");
    assertThat(driver.error("%classpath add " + spaced).message())
        .contains("right: \"" + spaced + "\"");
    assertThat(driver.error("%classpath add a.jar:b.jar").message()).contains("right: a.jar b.jar");
    assertThat(driver.error("%classpath add a[.jar").message()).contains("neither a file nor");
  }

  @Test
  void aJarThatIsThereAlreadyIsSaid() throws IOException {
    Path soup = jar("soup.jar", "Soup", "tomato");
    Path link = Files.createSymbolicLink(directory.resolve("link.jar"), soup);
    assertThat(add("%s %s %s".formatted(soup, soup, link)))
        .isEqualTo(
            "added %1$s%n%1$s is there already (In [1])%n%1$s is there already (In [1])%n"
                .formatted(soup));
    assertThat(add(link.toString())).isEqualTo(soup + " is there already (In [1])\n");
    Files.setLastModifiedTime(soup, FileTime.fromMillis(0));
    assertThat(add(soup.toString())).contains("has changed since", "restart");
    assertThat(driver.printed(driver.ok("%classpath"))).hasLineCount(1);
  }

  @Test
  void theFirstOfTwoEqualClassesWinsAndIsNamed() throws IOException {
    Path first = jar("first.jar", "Soup", "first");
    Path second = Jars.jar(directory.resolve("second.jar"), dish("Soup", "2"), dish("Cake", "2"));
    add(first.toString());
    assertThat(add(second.toString()))
        .contains("1 class of second.jar is in first.jar too", "wins: food.Soup\n");
    assertThat(driver.value("food.Soup.name() + food.Cake.name()")).isEqualTo("\"first2\"");
  }

  @Test
  void classesWithoutAPackageAreNamed() throws IOException {
    Path jar = Jars.jar(directory.resolve("plain.jar"), "public class Plain {}");
    assertThat(add(jar.toString()))
        .contains("1 class of plain.jar is out of reach", "package: Plain");
  }

  @Test
  void addedJarsSeeTheJdkTheRuntimeAndTheDisplayApiAndNothingElseOfOurs() throws IOException {
    Path jar =
        Jars.jar(
            directory.resolve("view.jar"),
            """
            package view;
            public class Eyes {
              public static String look(String name) {
                try {
                  return Class.forName(name).getSimpleName();
                } catch (ClassNotFoundException e) {
                  return "unseen";
                }
              }
              public static String ask(String name) throws Exception {
                try {
                  return Thread.currentThread().getContextClassLoader().loadClass(name).getSimpleName();
                } catch (ClassNotFoundException e) {
                  return "unseen";
                }
              }
            }
            """);
    add(jar.toString());
    for (String each :
        List.of(
            "view.Eyes.look(\"%s\")",
            "view.Eyes.ask(\"%s\")",
            "await(createTask(async(() -> view.Eyes.ask(\"%s\"))))",
            "await(toThread(() -> view.Eyes.ask(\"%s\")))",
            "threadPool.submit(() -> view.Eyes.ask(\"%s\")).get()",
            "new VirtualThreadPool().submit(() -> view.Eyes.ask(\"%s\")).get()")) {
      assertThat(driver.value(each.formatted("view.Eyes"))).as(each).isEqualTo("\"Eyes\"");
      assertThat(driver.value(each.formatted("java.sql.Driver"))).isEqualTo("\"Driver\"");
      assertThat(driver.value(each.formatted("dev.brigade.async.Task"))).isEqualTo("\"Task\"");
      assertThat(driver.value(each.formatted("dev.brigade.session.display.Display")))
          .isEqualTo("\"Display\"");
      assertThat(driver.value(each.formatted("dev.brigade.session.Session")))
          .as(each)
          .isEqualTo("\"unseen\"");
      assertThat(driver.value(each.formatted("org.junit.jupiter.api.Test")))
          .isEqualTo("\"unseen\"");
    }
    assertThat(driver.error("org.junit.jupiter.api.Test t = null;").name())
        .isEqualTo("CompileError");
    assertThat(driver.error("dev.brigade.session.Session s = null;").name())
        .isEqualTo("CompileError");
  }
}
