package dev.brigade.maven;

import eu.maveniverse.maven.mima.context.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/// Puts the sources of artifacts beside them in the local repository, or their javadoc where there
/// are no sources: inspection looks there. Nobody waits for them, and nobody hears if there are
/// none.
///
/// @param context is closed when all is done
/// @param artifacts those that were found and have nothing beside them
record DocumentationJars(
    Context context,
    RepositorySystemSession session,
    List<RemoteRepository> repositories,
    List<Artifact> artifacts) {
  private static final List<String> KINDS = List.of("sources", "javadoc");

  /// Whether documentation of an artifact is worth looking for.
  static boolean isMissing(Artifact artifact) {
    return artifact.getExtension().equals("jar")
        && artifact.getClassifier().isEmpty()
        && KINDS.stream().noneMatch(kind -> Files.exists(beside(artifact, kind)));
  }

  private static Path beside(Artifact artifact, String kind) {
    Path jar = artifact.getFile().toPath();
    String name = jar.getFileName().toString();
    return jar.resolveSibling(name.replaceFirst("\\.jar$", "-" + kind + ".jar"));
  }

  /// Begins in a thread of its own, which no cell's interrupt reaches and no program waits for.
  void start() {
    Thread thread =
        Thread.ofPlatform()
            .name("brigade-documentation")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::fetchAll);
    thread.setContextClassLoader(DocumentationJars.class.getClassLoader());
    thread.start();
  }

  private void fetchAll() {
    // Whoever has shown progress shows none any more.
    var quiet = new DefaultRepositorySystemSession(session).setTransferListener(null);
    try (context) {
      for (Artifact artifact : artifacts) {
        for (String kind : KINDS) {
          if (fetch(quiet, artifact, kind)) break;
        }
      }
    } catch (RuntimeException _) {
      // there is no documentation then
    }
  }

  private boolean fetch(RepositorySystemSession quiet, Artifact artifact, String kind) {
    var wanted =
        new DefaultArtifact(
            artifact.getGroupId(), artifact.getArtifactId(), kind, "jar", artifact.getVersion());
    try {
      context
          .repositorySystem()
          .resolveArtifact(quiet, new ArtifactRequest(wanted, repositories, null));
      return true;
    } catch (ArtifactResolutionException _) {
      return false;
    }
  }
}
