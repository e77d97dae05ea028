package dev.brigade.maven;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.transfer.TransferResource;

/// Says in one line what is on its way. Called by the resolver's threads, several at a time.
final class TransferProgress extends AbstractTransferListener {
  private final Consumer<String> line;
  // What is under way, with its bytes so far.
  private final Map<String, Long> running = new ConcurrentHashMap<>();
  private final AtomicInteger done = new AtomicInteger();

  TransferProgress(Consumer<String> line) {
    this.line = line;
  }

  @Override
  public void transferInitiated(TransferEvent event) {
    running.put(event.getResource().getResourceName(), 0L);
    tell(event.getResource());
  }

  @Override
  public void transferProgressed(TransferEvent event) {
    running.put(event.getResource().getResourceName(), event.getTransferredBytes());
    tell(event.getResource());
  }

  @Override
  public void transferSucceeded(TransferEvent event) {
    running.remove(event.getResource().getResourceName());
    done.incrementAndGet();
    tell(event.getResource());
  }

  @Override
  public void transferFailed(TransferEvent event) {
    running.remove(event.getResource().getResourceName());
    tell(event.getResource());
  }

  private void tell(TransferResource resource) {
    String name = resource.getResourceName();
    String file = name.substring(name.lastIndexOf('/') + 1);
    Long bytes = running.get(name);
    String size =
        bytes == null || bytes == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %,d of %,d KB",
                bytes / 1000,
                Math.max(bytes, resource.getContentLength()) / 1000);
    line.accept(
        "maven: %s from %s%s; %d files done"
            .formatted(file, resource.getRepositoryId(), size, done.get()));
  }
}
