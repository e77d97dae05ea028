package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.Completions;
import dev.brigade.session.spi.JarFinder;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `%maven`: jars from Maven repositories, with all they need, go onto the user's class path.
///
/// What finds them comes from jars of their own, loaded on first use: a session that needs none
/// starts without them, and no cell sees them.
final class MavenMagic implements Magic {
  private static final String RIGHT = "\n  right: %maven org.apache.commons:commons-lang3:3.17.0";
  private static final List<String> OPTIONS = List.of("--repo ", "--offline ", "--settings ");
  private static final int SHOWN = 20;

  private final ClassPath classPath;
  private final Surroundings surroundings;
  private final UserMagics magics;
  // Written in the thread that looks for jars.
  private volatile @Nullable JarFinder finder;

  MavenMagic(ClassPath classPath, Surroundings surroundings, UserMagics magics) {
    this.magics = magics;
    this.classPath = classPath;
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "maven";
  }

  @Override
  public String summary() {
    return "%maven GROUP:ARTIFACT:VERSION...: jars from Maven repositories with all they need;"
        + " --repo ADDRESS, --offline, --settings FILE";
  }

  @Override
  public Optional<Completions> complete(String arguments) {
    int start = arguments.lastIndexOf(' ') + 1;
    String word = arguments.substring(start);
    if (arguments.substring(0, start).endsWith("--settings ")) {
      return Optional.of(PathCandidates.of(word, surroundings.directory(), ".xml").shifted(start));
    }
    List<Completions.Candidate> found =
        OPTIONS.stream()
            .filter(option -> word.startsWith("-") && option.startsWith(word))
            .map(option -> new Completions.Candidate(option, "option", ""))
            .toList();
    return Optional.of(new Completions(start, arguments.length(), found));
  }

  @Override
  public void run(Call used) throws Exception {
    var call = (MagicCall) used;
    JarFinder.Wish wish = wish(call);
    var progress = new AtomicReference<>("maven: loading the resolver");
    var live = new LiveView(call.workshop().output(), call.cell(), progress::get);
    String last = "maven: stopped";
    try {
      ClassPath.Added added =
          call.outsideCompileTime(
              () -> classPath.add(() -> find(wish, progress), call.cell().label()));
      last = text(added, call.inUserCode(magics::look));
    } catch (CellFailure e) {
      last = "maven: " + e.error().name();
      throw e;
    } finally {
      live.end(Notices.notice(last));
    }
  }

  private static String text(ClassPath.Added added, List<String> magics) {
    var text = new StringBuilder();
    List<Path> paths = added.paths();
    text.append("added ").append(paths.size()).append(paths.size() == 1 ? " jar" : " jars");
    String separator = ": ";
    for (Path path : paths.subList(0, Math.min(SHOWN, paths.size()))) {
      text.append(separator).append(path.getFileName());
      separator = ", ";
    }
    if (paths.size() > SHOWN) text.append(" and ").append(paths.size() - SHOWN).append(" more");
    for (String remark : added.remarks()) text.append('\n').append(remark);
    for (String remark : magics) text.append('\n').append(remark);
    return text.toString();
  }

  private JarFinder.Wish wish(MagicCall call) {
    if (call.wholeCell() && !call.body().isBlank()) {
      throw CellFailure.of(
          "WrongArgument",
          "%maven is a line of its own, and what is below %%maven would be lost. Write it with one"
              + " %");
    }
    var coordinates = new ArrayList<String>();
    var repositories = new ArrayList<String>();
    boolean offline = false;
    Path settings = null;
    List<String> words = PathWords.split(call.arguments());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "--offline", "-o" -> offline = true;
        case "--repo" -> repositories.add(repository(value(words, ++i, word)));
        case "--settings" -> settings = FileMagics.file(surroundings, value(words, ++i, word));
        default -> {
          if (word.startsWith("-")) {
            throw CellFailure.of(
                "WrongArgument",
                "%maven knows --repo, --offline and --settings, and got `" + word + "`");
          }
          coordinates.add(word);
        }
      }
    }
    if (coordinates.isEmpty()) {
      throw CellFailure.of("WrongArgument", "%maven needs coordinates" + RIGHT);
    }
    if (settings != null && !Files.isRegularFile(settings)) {
      throw CellFailure.of("NoSuchFile", "there are no settings " + settings);
    }
    return new JarFinder.Wish(coordinates, repositories, offline, settings);
  }

  private static String value(List<String> words, int at, String option) {
    if (at < words.size()) return words.get(at);
    throw CellFailure.of("WrongArgument", option + " needs a value behind it");
  }

  /// A directory is a repository too.
  private String repository(String word) {
    if (word.contains("://") || word.startsWith("file:")) return word;
    int equals = word.indexOf('=') + 1;
    Path directory = FileMagics.file(surroundings, word.substring(equals));
    if (Files.isDirectory(directory)) return word.substring(0, equals) + directory.toUri();
    throw CellFailure.of(
        "WrongArgument",
        "--repo takes the address of a repository or a directory, and `" + word + "` is neither");
  }

  private List<Path> find(JarFinder.Wish wish, AtomicReference<String> progress) {
    try {
      return finder().find(wish, progress::set);
    } catch (JarFinder.NotFound e) {
      throw CellFailure.of(e.name(), e.text() + ". Nothing was added");
    }
  }

  private JarFinder finder() {
    JarFinder known = finder;
    if (known != null) return known;
    JarFinder found =
        ServiceLoader.load(JarFinder.class, loader())
            .findFirst()
            .orElseThrow(
                () ->
                    CellFailure.of(
                        "NoMaven",
                        "%maven needs the jars that install.sh puts into lib/brigade/maven, and"
                            + " they are not there. Run ./install.sh again, or use %classpath"
                            + " add"));
    finder = found;
    return found;
  }

  private static ClassLoader loader() {
    ClassLoader own = JarFinder.class.getClassLoader();
    try {
      URI here = JarFinder.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path directory = Path.of(here).resolveSibling("maven");
      if (!Files.isDirectory(directory)) return own;
      var jars = new ArrayList<URL>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.jar")) {
        for (Path jar : all) jars.add(url(jar));
      }
      return new URLClassLoader("maven", jars.toArray(URL[]::new), own);
    } catch (URISyntaxException | IOException e) {
      return own;
    }
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
