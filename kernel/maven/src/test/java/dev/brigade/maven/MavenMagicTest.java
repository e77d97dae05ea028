package dev.brigade.maven;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import dev.brigade.session.CellError;
import dev.brigade.session.CellRequest;
import dev.brigade.session.Emission;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenMagicTest {
  private final List<Emission> emissions = new CopyOnWriteArrayList<>();
  @TempDir Path directory;
  private LocalRepository repository;
  private Path settings;
  private Session session;

  @BeforeEach
  void open() throws IOException {
    directory = directory.toRealPath();
    repository = new LocalRepository(Files.createDirectory(directory.resolve("repository")));
    repository.put("food", "soup", "1.0", jar("Soup", "tomato"), List.of("food:salt:2.0"));
    repository.put("food", "salt", "2.0", jar("Salt", "sea"), List.of());
    settings = settings("");
    session = Session.open(new SessionOptions(null, List.of(), false), emissions::add);
  }

  @AfterEach
  void close() throws InterruptedException {
    session.close();
    Background.await();
  }

  private Path jar(String type, String text) throws IOException {
    return LocalRepository.jar(Files.createDirectories(directory.resolve("jars")), type, text);
  }

  /// Settings with a local repository of their own, in which nothing else is asked than ours.
  private Path settings(String more) throws IOException {
    return LocalRepository.settings(directory, repository.root().toUri().toString(), more);
  }

  private Outcome run(String code) {
    try {
      return session.execute(CellRequest.of(code)).result().get(60, TimeUnit.SECONDS).outcome();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String value(String code) {
    Outcome outcome = run(code);
    if (outcome instanceof Outcome.Failed(CellError error)) {
      throw new AssertionError(String.join("\n", error.plainTraceback()));
    }
    return ((Outcome.Value) outcome).bundle().plain();
  }

  private CellError error(String code) {
    assertThat(run(code)).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) run(code)).error();
  }

  private String maven(String arguments) {
    int before = emissions.size();
    Outcome outcome = run("%maven --settings " + settings + " " + arguments);
    if (outcome instanceof Outcome.Failed(CellError error)) {
      throw new AssertionError(String.join("\n", error.plainTraceback()));
    }
    return ((Emission.Display) emissions.subList(before, emissions.size()).getLast())
        .bundle()
        .plain();
  }

  @Test
  void jarsComeWithAllTheyNeedAndAreSeenByLaterLinesOfTheCell() {
    assertThat(
            value(
                "%maven --settings "
                    + settings
                    + " food:soup:1.0\nfood.Soup.name() + food.Salt.name()"))
        .isEqualTo("\"tomatosea\"");
    assertThat(directory.resolve("local/food/salt/2.0/salt-2.0.jar")).exists();
  }

  @Test
  void whatHasComeIsSaidInTheOneDisplayThatShowedProgress() {
    assertThat(maven("food:soup:1.0")).isEqualTo("added 2 jars: soup-1.0.jar, salt-2.0.jar");
    assertThat(
            emissions.stream()
                .filter(Emission.Display.class::isInstance)
                .map(each -> ((Emission.Display) each).displayId())
                .distinct())
        .hasSize(1);
    assertThat(emissions).noneMatch(Emission.Text.class::isInstance);
    assertThat(maven("food:soup:1.0")).contains("added 0 jars", "is there already (In [1])");
  }

  @Test
  void withoutTheNetworkOnlyWhatIsOnThisMachineIsUsed() {
    assertThat(error("%maven --offline --settings " + settings + " food:soup:1.0").message())
        .contains("the local repository", "food:soup", "Leave --offline away", "Nothing was added");
    maven("food:soup:1.0");
    try (Session other = Session.open(new SessionOptions(null, List.of(), false), _ -> {})) {
      session.close();
      session = other;
      assertThat(value("%maven -o --settings " + settings + " food:soup:1.0\nfood.Soup.name()"))
          .isEqualTo("\"tomato\"");
    }
  }

  @Test
  void offlineInTheSettingsCountsToo() throws IOException {
    settings = settings("<offline>true</offline>");
    assertThat(error("%maven --settings " + settings + " food:soup:1.0").name())
        .isEqualTo("NotInLocalRepository");
  }

  @Test
  void settingsThatAreNoneAreSaid() throws IOException {
    Files.writeString(settings, "<settings><mirrors>");
    CellError broken = error("%maven --settings " + settings + " food:soup:1.0");
    assertThat(broken.name()).isEqualTo("BrokenSettings");
    assertThat(broken.message()).contains("settings.xml", "Nothing was added");
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings =
          LocalRepository.settings(
              directory, "http://localhost:" + silent.getLocalPort() + "/", "");
      var running =
          session.execute(CellRequest.of("%maven --settings " + settings + " food:soup:1.0"));
      silent.accept();
      session.interrupt();
      Outcome outcome = running.result().get(60, TimeUnit.SECONDS).outcome();
      assertThat(((Outcome.Failed) outcome).error().name()).isEqualTo("Interrupted");
      assertThat(value("1 + 1")).isEqualTo("2");
    }
  }

  @Test
  void whatIsNotThereIsNamedWithTheRepositories() {
    CellError missing = error("%maven --settings " + settings + " food:cake:1.0");
    assertThat(missing.name()).isEqualTo("ArtifactNotFound");
    assertThat(missing.message())
        .contains("food:cake:jar:1.0", "ours (file:", "--repo ADDRESS", "Nothing was added");
  }

  @Test
  void foreseenMistakesGetTheRightLine() {
    assertThat(error("%maven").message()).contains("right: %maven org.apache");
    assertThat(error("%maven food:soup").message()).contains("right: %maven food:soup:1.0");
    assertThat(error("%maven soup").message()).contains("got `soup`");
    assertThat(error("%maven --fast a:b:1").message()).contains("got `--fast`");
    assertThat(error("%maven --repo nowhere a:b:1").message()).contains("`nowhere` is neither");
  }

  @Test
  void anotherRepositoryIsNamedOnTheLine() throws IOException {
    var other = new LocalRepository(Files.createDirectory(directory.resolve("other")));
    other.put("food", "cake", "1.0", jar("Cake", "lemon"), List.of());
    // Else those of the public repositories would be asked for it.
    other.attach("cake", "sources", "food/Cake.java", "package food;");
    settings =
        Files.writeString(
            directory.resolve("plain.xml"),
            "<settings><localRepository>%s</localRepository></settings>"
                .formatted(directory.resolve("local")));
    maven("--repo " + other.root() + " food:cake:1.0");
    assertThat(value("food.Cake.name()")).isEqualTo("\"lemon\"");
  }

  @Test
  void aRepositoryWithALoginIsUsedWithThatOfTheSettings() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server
        .createContext(
            "/",
            exchange -> {
              Path file =
                  repository.root().resolve(exchange.getRequestURI().getPath().substring(1));
              byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
              exchange.sendResponseHeaders(
                  bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
              exchange.getResponseBody().write(bytes);
              exchange.close();
            })
        .setAuthenticator(
            new BasicAuthenticator("kitchen") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals("chef") && password.equals("salt&pepper");
              }
            });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort() + "/";
      settings = LocalRepository.settings(directory, address, "");
      CellError refused = error("%maven --settings " + settings + " food:soup:1.0");
      assertThat(refused.name()).isEqualTo("NotAllowed");
      assertThat(refused.message()).contains("<id>ours</id>", "settings.xml");
      settings =
          LocalRepository.settings(
              directory,
              address,
              "<servers><server><id>ours</id><username>chef</username>"
                  + "<password>salt&amp;pepper</password></server></servers>");
      assertThat(maven("food:soup:1.0")).startsWith("added 2 jars");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRepositoryThatDoesNotAnswerIsNamed() throws IOException {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    settings = LocalRepository.settings(directory, "http://localhost:" + port + "/", "");
    CellError unreachable = error("%maven --settings " + settings + " food:soup:1.0");
    assertThat(unreachable.name()).isEqualTo("RepositoryUnreachable");
    assertThat(unreachable.message()).contains("ours (http://localhost:" + port, "--offline");
  }

  @Test
  void userCodeGetsItsOwnJacksonAndNoneOfOurs() throws Exception {
    assertThat(
            Class.forName("tools.jackson.core.json.PackageVersion")
                .getField("VERSION")
                .get(null)
                .toString())
        .isEqualTo(System.getProperty("own.jackson"))
        .isNotEqualTo("3.1.0");
    assertThat(error("tools.jackson.core.json.PackageVersion.VERSION").name())
        .isEqualTo("CompileError");
    repository.put(
        "tools.jackson.core",
        "jackson-core",
        "3.1.0",
        Path.of("target/other-jackson.jar"),
        List.of());
    maven("tools.jackson.core:jackson-core:3.1.0");
    assertThat(value("tools.jackson.core.json.PackageVersion.VERSION.toString()"))
        .isEqualTo("\"3.1.0\"");
    assertThat(
            value(
                """
                var parser = new tools.jackson.core.json.JsonFactory()
                    .createParser(tools.jackson.core.ObjectReadContext.empty(), "[42]");
                parser.nextToken();
                parser.nextToken();
                parser.getIntValue()
                """))
        .isEqualTo("42");
    for (String ours :
        List.of(
            "org.eclipse.aether.RepositorySystem",
            "eu.maveniverse.maven.mima.context.Context",
            "dev.brigade.maven.MavenRepositories",
            "org.slf4j.Logger")) {
      assertThat(error(ours + " x = null;").name()).as(ours).isEqualTo("CompileError");
      assertThat(error("Class.forName(\"" + ours + "\")").name())
          .as(ours)
          .isEqualTo("ClassNotFoundException");
    }
  }
}
