package dev.brigade.maven;

import dev.brigade.session.spi.JarFinder;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.maven.settings.io.DefaultSettingsReader;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.ArtifactIdUtils;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/// Looks for jars as Maven itself does: in the user's local repository, then in those of the user's
/// settings with their mirrors, logins and proxies, and in Maven Central. What documents the jars
/// that were named comes later, in the background.
public final class MavenRepositories implements JarFinder {
  // Somebody waits in front of a cell: Maven's own half an hour is too long.
  private static final int SILENCE_MILLIS = 60_000;
  private static final String FORM = "group:artifact[:extension[:classifier]]:version";

  @Override
  public List<Path> find(Wish wish, Consumer<String> progress) throws NotFound {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Libraries of the resolver look for their parts here; the user's jars are none.
    thread.setContextClassLoader(MavenRepositories.class.getClassLoader());
    try {
      return resolve(wish, progress);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<Path> resolve(Wish wish, Consumer<String> progress) throws NotFound {
    List<Dependency> roots = new ArrayList<>();
    for (String each : wish.coordinates()) {
      roots.add(new Dependency(artifact(each), JavaScopes.COMPILE));
    }
    progress.accept("maven: reading settings");
    Context context = context(overrides(wish, progress));
    boolean used = false;
    try {
      RepositorySystemSession session = session(context, wish);
      List<RemoteRepository> repositories = repositories(context, wish);
      List<Artifact> jars = jars(context, session, repositories, roots);
      List<Artifact> undocumented =
          session.isOffline()
              ? List.of()
              : jars.stream()
                  .filter(jar -> isNamed(jar, roots) && DocumentationJars.isMissing(jar))
                  .toList();
      if (!undocumented.isEmpty()) {
        new DocumentationJars(context, session, repositories, undocumented).start();
        used = true;
      }
      return jars.stream().map(jar -> jar.getFile().toPath()).toList();
    } finally {
      if (!used) context.close();
    }
  }

  private static List<Artifact> jars(
      Context context,
      RepositorySystemSession session,
      List<RemoteRepository> repositories,
      List<Dependency> roots)
      throws NotFound {
    var collect = new CollectRequest();
    collect.setDependencies(roots);
    collect.setRepositories(repositories);
    var request =
        new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
    try {
      return context
          .repositorySystem()
          .resolveDependencies(session, request)
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .filter(artifact -> artifact.getExtension().equals("jar"))
          .toList();
    } catch (DependencyResolutionException e) {
      throw Failures.of(e, repositories, session.isOffline());
    }
  }

  /// Whether the user has asked for an artifact itself; its version may have been a range.
  private static boolean isNamed(Artifact artifact, List<Dependency> roots) {
    return roots.stream()
        .map(Dependency::getArtifact)
        .anyMatch(root -> ArtifactIdUtils.equalsVersionlessId(root, artifact));
  }

  private static Context context(ContextOverrides overrides) throws NotFound {
    try {
      return new StandaloneStaticRuntime().create(overrides);
    } catch (RuntimeException e) {
      throw new NotFound(
          "BrokenSettings",
          "Maven's settings could not be used: %s. They are in ~/.m2/settings.xml, or what --settings"
                  .formatted(Failures.root(e))
              + " names");
    }
  }

  /// The one thing of the settings that the context does not take from them.
  private static RepositorySystemSession session(Context context, Wish wish) throws NotFound {
    RepositorySystemSession session = context.repositorySystemSession();
    Path given = wish.settings();
    Path file = given == null ? context.mavenUserHome().settingsXml() : given;
    if (session.isOffline() || !Files.isRegularFile(file)) return session;
    try {
      boolean offline = new DefaultSettingsReader().read(file.toFile(), Map.of()).isOffline();
      return offline ? new DefaultRepositorySystemSession(session).setOffline(true) : session;
    } catch (IOException e) {
      throw new NotFound("BrokenSettings", file + " cannot be read: " + e.getMessage());
    }
  }

  private static ContextOverrides overrides(Wish wish, Consumer<String> progress) {
    var overrides =
        ContextOverrides.create()
            .withUserSettings(true)
            .configProperties(Map.of("aether.connector.requestTimeout", SILENCE_MILLIS))
            .transferListener(new TransferProgress(progress));
    if (wish.offline()) overrides.offline(true);
    Path settings = wish.settings();
    if (settings != null) overrides.withUserSettingsXmlOverride(settings);
    return overrides.build();
  }

  /// The user's own ones first: what they name on the line is what they mean.
  private static List<RemoteRepository> repositories(Context context, Wish wish) {
    RepositorySystem system = context.repositorySystem();
    RepositorySystemSession session = context.repositorySystemSession();
    var own = new ArrayList<RemoteRepository>();
    for (String each : wish.repositories()) {
      int equals = each.indexOf('=');
      boolean named = equals > 0 && each.substring(0, equals).matches("[\\w.-]+");
      String id = named ? each.substring(0, equals) : "repo-" + (own.size() + 1);
      String address = named ? each.substring(equals + 1) : each;
      own.add(new RemoteRepository.Builder(id, "default", address).build());
    }
    var all = new ArrayList<>(system.newResolutionRepositories(session, own));
    all.addAll(context.remoteRepositories());
    return all;
  }

  private static Artifact artifact(String coordinates) throws NotFound {
    if (coordinates.matches("[^:\\s]+:[^:\\s]+")) {
      throw new NotFound(
          "WrongArgument",
          "coordinates are %1$s, and `%2$s` has no version%n  wrong: %%maven %2$s%n"
                  .formatted(FORM, coordinates)
              + "  right: %%maven %1$s:1.0, or %%maven %1$s:RELEASE for the newest"
                  .formatted(coordinates));
    }
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new NotFound(
          "WrongArgument",
          "coordinates are %s, and got `%s`%n  right: %%maven org.apache.commons:commons-lang3:3.17.0"
              .formatted(FORM, coordinates));
    }
  }
}
