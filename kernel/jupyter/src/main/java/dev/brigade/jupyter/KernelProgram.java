package dev.brigade.jupyter;

import dev.brigade.jupyter.dispatch.Dispatcher;
import dev.brigade.jupyter.output.FloodFiles;
import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.Codec;
import dev.brigade.jupyter.protocol.ConnectionFile;
import dev.brigade.jupyter.protocol.RegistrationMessage;
import dev.brigade.jupyter.wire.Handshake;
import dev.brigade.jupyter.wire.KernelSockets;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The kernel: makes the parts, joins them, and takes them down again.
final class KernelProgram {
  private static final long CLOSE_MILLIS = 1500;
  private static final int REGISTRATION_MILLIS = 10_000;

  /// How long after its start a kernel removes what others left: the first cell needs the machine.
  private static final long TIDY_MILLIS = 3000;

  private final ConnectionFile connection;
  private final SessionOptions options;
  private final Consumer<String> log;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// @param log gets one line for each thing a person should know
  KernelProgram(ConnectionFile connection, SessionOptions options, Consumer<String> log) {
    this.connection = connection;
    this.options = options;
    this.log = log;
  }

  /// Ends the kernel from any thread.
  void stop() {
    stopped.countDown();
  }

  /// Serves until it is told to stop.
  ///
  /// @throws IOException a port is taken
  void serve() throws IOException, InterruptedException {
    var codec = new Codec();
    var sockets = new AtomicReference<@Nullable KernelSockets>();
    var publisher =
        new Publisher(
            codec,
            (channel, message) -> {
              KernelSockets open = sockets.get();
              if (open != null) open.send(channel, message);
            },
            log);
    // JShell warms while the sockets open: kernel_info needs no session.
    CompletableFuture<Session> session = openSession(publisher);
    var dispatcher =
        new Dispatcher(codec, Version.info(), session, publisher, log, _ -> stopped.countDown());
    try (KernelSockets open = KernelSockets.open(connection, dispatcher, log)) {
      sockets.set(open);
      register(open.bound());
      dispatcher.announceStart();
      Thread.ofPlatform().name("brigade-tidy").daemon().start(this::tidy);
      stopped.await();
      close(session, dispatcher, publisher);
    }
  }

  private void tidy() {
    try {
      boolean ends = stopped.await(TIDY_MILLIS, TimeUnit.MILLISECONDS);
      if (!ends) FloodFiles.system().removeAbandoned();
    } catch (InterruptedException _) {
      // Nobody needs it now.
    }
  }

  /// Tells the client the ports, where it did not choose them, and writes them to a connection file
  /// for other clients.
  private void register(ConnectionFile bound) throws IOException {
    ConnectionFile.Registration registration = bound.registration();
    if (registration == null) return;
    Handshake.perform(bound, registration, REGISTRATION_MILLIS);
    Path file = runtimeDirectory().resolve("kernel-" + registration.kernelId() + ".json");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, RegistrationMessage.file(bound));
      file.toFile().deleteOnExit();
    } catch (IOException | UnsupportedOperationException e) {
      log.accept("Other clients cannot find the kernel: " + file + " cannot be written: " + e);
    }
  }

  /// As Jupyter's own clients look for it.
  private static Path runtimeDirectory() {
    String own = System.getenv("JUPYTER_RUNTIME_DIR");
    if (own != null && !own.isEmpty()) return Path.of(own);
    return Path.of(System.getProperty("user.home"), ".local", "share", "jupyter", "runtime");
  }

  private CompletableFuture<Session> openSession(Publisher publisher) {
    var opening = new CompletableFuture<Session>();
    Thread.ofPlatform()
        .name("brigade-open")
        .daemon()
        .start(
            () -> {
              try {
                opening.complete(Session.open(options, publisher));
              } catch (Throwable t) {
                opening.completeExceptionally(t);
              }
            });
    return opening;
  }

  /// The running cell is interrupted first, as by a press of the key: then it ends, and its reply
  /// and idle still leave.
  private void close(
      CompletableFuture<Session> session, Dispatcher dispatcher, Publisher publisher) {
    session.thenAcceptAsync(Session::interrupt, Thread::startVirtualThread);
    dispatcher.close();
    CompletableFuture<Void> closed =
        session.thenAcceptAsync(Session::close, Thread::startVirtualThread);
    try {
      closed.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      log.accept("The session did not close in time; the process ends anyway.");
    } catch (ExecutionException e) {
      log.accept("The session failed to close: " + e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }
}
