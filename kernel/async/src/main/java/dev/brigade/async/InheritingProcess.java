package dev.brigade.async;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program that inherits the output of the work that starts it, which is not the JVM's own: a
/// thread hands on what it writes. Who waits for its end waits for its output too.
final class InheritingProcess extends Process {
  private final Process process;
  private final List<Thread> pumps = new ArrayList<>();
  private final boolean ownOutput;
  private final boolean ownError;

  private InheritingProcess(Process process, boolean ownOutput, boolean ownError) {
    this.process = process;
    this.ownOutput = ownOutput;
    this.ownError = ownError;
  }

  /// Starts a program as its builder says, which is as it was afterwards.
  static Process start(ProcessBuilder builder) throws IOException {
    boolean output = builder.redirectOutput().type() == Redirect.Type.INHERIT;
    boolean error =
        builder.redirectError().type() == Redirect.Type.INHERIT && !builder.redirectErrorStream();
    if (Origin.current() == null || !output && !error) return builder.start();
    Process started;
    try {
      if (output) builder.redirectOutput(Redirect.PIPE);
      if (error) builder.redirectError(Redirect.PIPE);
      started = builder.start();
    } finally {
      if (output) builder.redirectOutput(Redirect.INHERIT);
      if (error) builder.redirectError(Redirect.INHERIT);
    }
    var process = new InheritingProcess(started, !output, !error);
    if (output) process.handOn(started.getInputStream(), System.out);
    if (error) process.handOn(started.getErrorStream(), System.err);
    return process;
  }

  /// The thread inherits whose work this is.
  private void handOn(InputStream from, PrintStream to) {
    var name = "output of process " + process.pid();
    Runnable pump =
        () -> {
          var buffer = new char[8192];
          try (Reader reader = new InputStreamReader(from, charset())) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
              to.print(new String(buffer, 0, n));
            }
          } catch (IOException _) {
            // It was destroyed: nothing more comes.
          }
        };
    pumps.add(Thread.ofPlatform().daemon().name(name).start(pump));
  }

  private static Charset charset() {
    return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return ownOutput ? process.getInputStream() : InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return ownError ? process.getErrorStream() : InputStream.nullInputStream();
  }

  @Override
  public int waitFor() throws InterruptedException {
    int code = process.waitFor();
    // Children of its own may keep the pipe open for long.
    for (Thread pump : pumps) pump.join(1000);
    return code;
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    boolean ended = process.waitFor(timeout, unit);
    if (ended) waitFor();
    return ended;
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return process.onExit().thenApply(_ -> this);
  }

  @Override
  public ProcessHandle toHandle() {
    return process.toHandle();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public ProcessHandle.Info info() {
    return process.info();
  }

  @Override
  public Stream<ProcessHandle> children() {
    return process.children();
  }

  @Override
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  @Override
  public boolean supportsNormalTermination() {
    return process.supportsNormalTermination();
  }

  @Override
  public void destroy() {
    process.destroy();
  }

  @Override
  public Process destroyForcibly() {
    process.destroyForcibly();
    return this;
  }

  @Override
  public String toString() {
    return process.toString();
  }
}
