package dev.brigade.maven;

import dev.brigade.session.spi.JarFinder.NotFound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.jspecify.annotations.Nullable;

/// Says why a resolution failed, and what to do next.
final class Failures {
  static NotFound of(
      DependencyResolutionException failure, List<RemoteRepository> repositories, boolean offline) {
    String where =
        repositories.stream()
            .map(each -> each.getId() + " (" + each.getUrl() + ")")
            .collect(Collectors.joining(", "));
    if (offline) {
      return new NotFound(
          "NotInLocalRepository",
          "without the network only the local repository is looked into, and it lacks "
              + missing(failure)
              + ". Leave --offline away, or <offline> in settings.xml, once, so that it is"
              + " fetched");
    }
    ArtifactTransferException transfer = transfer(failure);
    if (transfer != null && !(transfer instanceof ArtifactNotFoundException)) {
      return refused(transfer);
    }
    return new NotFound(
        "ArtifactNotFound",
        "there is no "
            + missing(failure)
            + " in "
            + where
            + ". Look at the spelling and the version (RELEASE is the newest one); another"
            + " repository is named by --repo ADDRESS");
  }

  private static NotFound refused(ArtifactTransferException transfer) {
    RemoteRepository repository = transfer.getRepository();
    String id = repository == null ? "a repository" : repository.getId();
    String address = repository == null ? "" : " (" + repository.getUrl() + ")";
    String reason = root(transfer);
    if (reason.contains("401") || reason.contains("403") || reason.contains("407")) {
      return new NotFound(
          "NotAllowed",
          "%s%s wants another login: %s. A <server> with <id>%s</id>, <username> and <password>"
                  .formatted(id, address, reason, id)
              + " in ~/.m2/settings.xml gives one; --repo "
              + id
              + "=ADDRESS names a repository that uses it");
    }
    return new NotFound(
        "RepositoryUnreachable",
        "%s%s could not be read: %s. Look at the network and at <proxies> in ~/.m2/settings.xml;"
                .formatted(id, address, reason)
            + " --offline uses what is on this machine already");
  }

  private static @Nullable ArtifactTransferException transfer(Throwable failure) {
    for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ArtifactTransferException transfer) return transfer;
    }
    return null;
  }

  /// What a failure comes from, in words.
  static String root(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) last = last.getCause();
    String message = last.getMessage();
    String name = last.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : message;
  }

  /// The artifacts that were not there, each once.
  private static String missing(DependencyResolutionException failure) {
    Map<String, String> names = new LinkedHashMap<>();
    if (failure.getResult() != null) {
      failure.getResult().getArtifactResults().stream()
          .filter(result -> !result.isResolved())
          .forEach(
              result -> {
                String name = result.getRequest().getArtifact().toString();
                names.put(name, name);
              });
      for (Exception each : failure.getResult().getCollectExceptions()) {
        if (each instanceof ArtifactDescriptorException descriptor) {
          String name = descriptor.getResult().getArtifact().toString();
          names.put(name, name);
        } else if (each instanceof VersionRangeResolutionException range) {
          String name = range.getResult().getRequest().getArtifact().toString();
          names.put(name, name);
        }
      }
    }
    return names.isEmpty()
        ? String.valueOf(failure.getMessage())
        : String.join(", ", names.values());
  }

  private Failures() {}
}
