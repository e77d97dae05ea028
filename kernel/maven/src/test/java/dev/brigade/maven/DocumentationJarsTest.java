package dev.brigade.maven;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.brigade.session.CellRequest;
import dev.brigade.session.Outcome;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.spi.JarFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationJarsTest {
  @TempDir Path directory;
  private LocalRepository repository;

  @BeforeEach
  void fill() throws IOException {
    directory = directory.toRealPath();
    repository = new LocalRepository(Files.createDirectory(directory.resolve("repository")));
    Path jars = Files.createDirectories(directory.resolve("jars"));
    Path soup = LocalRepository.jar(jars, "Soup", "tomato");
    repository.put("food", "soup", "1.0", soup, List.of("food:salt:1.0"));
    Path salt = LocalRepository.jar(jars, "Salt", "sea");
    repository.put("food", "salt", "1.0", salt, List.of());
  }

  @AfterEach
  void settle() throws InterruptedException {
    Background.await();
  }

  private Path settings() throws IOException {
    return LocalRepository.settings(directory, repository.root().toUri().toString(), "");
  }

  private static List<String> find(Path settings) throws JarFinder.NotFound {
    var wish = new JarFinder.Wish(List.of("food:soup:1.0"), List.of(), false, settings);
    return new MavenRepositories()
        .find(wish, _ -> {}).stream().map(jar -> jar.getFileName().toString()).toList();
  }

  private Path local(String artifact, String classifier) {
    String name = artifact + "-1.0-" + classifier + ".jar";
    return directory.resolve("local/food").resolve(artifact).resolve("1.0").resolve(name);
  }

  @Test
  void sourcesOfWhatWasNamedComeAndNothingElse() throws Exception {
    for (String artifact : List.of("soup", "salt")) {
      repository.attach(artifact, "sources", "food/Some.java", "package food;");
      repository.attach(artifact, "javadoc", "food/Some.html", "");
    }
    assertThat(find(settings())).containsExactly("soup-1.0.jar", "salt-1.0.jar");
    Background.await();
    assertThat(local("soup", "sources")).exists();
    assertThat(local("soup", "javadoc")).doesNotExist();
    assertThat(local("salt", "sources")).doesNotExist();
    find(settings());
    assertThat(Background.threads()).isEmpty();
  }

  @Test
  void pagesComeWhereThereAreNoSources() throws Exception {
    repository.attach("soup", "javadoc", "food/Soup.html", "");
    find(settings());
    Background.await();
    assertThat(local("soup", "javadoc")).exists();
    assertThat(local("soup", "sources")).doesNotExist();
  }

  @Test
  void jarsWithoutDocumentationAreFoundAllTheSame() throws Exception {
    assertThat(find(settings())).hasSize(2);
    Background.await();
    assertThat(local("soup", "sources")).doesNotExist();
    assertThat(find(settings())).hasSize(2);
  }

  @Test
  void nothingIsAskedForWithoutTheNetwork() throws Exception {
    find(settings());
    Background.await();
    repository.attach("soup", "sources", "food/Soup.java", "");
    String address = repository.root().toUri().toString();
    assertThat(find(LocalRepository.settings(directory, address, "<offline>true</offline>")))
        .hasSize(2);
    assertThat(Background.threads()).isEmpty();
    assertThat(local("soup", "sources")).doesNotExist();
  }

  @Test
  void aRepositoryThatIsGoneByThenHarmsNothing() throws Exception {
    find(settings());
    Background.await();
    assertThat(find(LocalRepository.settings(directory, "http://localhost:1/", ""))).hasSize(2);
  }

  @Test
  void nobodyWaitsForSources() throws Exception {
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    repository.attach("soup", "sources", "food/Soup.java", "");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String wanted = exchange.getRequestURI().getPath().substring(1);
          if (wanted.endsWith("-sources.jar")) {
            asked.countDown();
            hold(go);
          }
          Path file = repository.root().resolve(wanted);
          boolean there = Files.isRegularFile(file);
          exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(file) : -1);
          if (there) Files.copy(file, exchange.getResponseBody());
          exchange.close();
        });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort() + "/";
      assertThat(find(LocalRepository.settings(directory, address, ""))).hasSize(2);
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(local("soup", "sources")).doesNotExist();
      go.countDown();
      Background.await();
      assertThat(local("soup", "sources")).exists();
    } finally {
      go.countDown();
      server.stop(0);
    }
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Test
  void inspectionShowsWhatHasCome() throws Exception {
    repository.attach(
        "soup",
        "sources",
        "food/Soup.java",
        "package food; public class Soup {"
            + " /** What it is made of. */ public static String name() { return \"\"; } }");
    Path settings = settings();
    try (Session session = Session.open(new SessionOptions(null, List.of(), false), _ -> {})) {
      String cell = "%maven --settings " + settings + " food:soup:1.0";
      Outcome outcome =
          session.execute(CellRequest.of(cell)).result().get(60, TimeUnit.SECONDS).outcome();
      assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
      Background.await();
      String code = "food.Soup.name";
      assertThat(session.inspect(code, code.length(), 0).orElseThrow().plain())
          .contains("String food.Soup.name()", "What it is made of.");
    }
  }
}
