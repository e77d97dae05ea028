package dev.brigade.async;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process of the operating system. Made by [Async#subprocess]. Python:
/// `asyncio.subprocess.Process`.
///
/// ```java
/// var ls = await(subprocess("ls", "-l"));
/// System.out.println(await(ls.communicate()).text());
/// ```
///
/// Its output is kept until it is read; a process whose output nobody reads has to wait. For the
/// loop's thread of control. Under virtual time the clock stands still while it runs.
public final class AsyncProcess implements AutoCloseable {
  /// What [#communicate] gives: all that a process wrote.
  ///
  /// @param exitCode 0 for success
  public record Output(int exitCode, byte[] stdout, byte[] stderr) {
    /// The standard output as UTF-8 text.
    public String text() {
      return new String(stdout, StandardCharsets.UTF_8);
    }

    /// The standard error as UTF-8 text.
    public String errorText() {
      return new String(stderr, StandardCharsets.UTF_8);
    }
  }

  private final Process process;
  private final String command;
  private final StreamWriter stdin;
  private final StreamReader stdout;
  private final StreamReader stderr;
  private final Promise<Integer> exited;

  private AsyncProcess(EventLoop loop, Process process, String command) {
    this.process = process;
    this.command = command;
    String name = "process-" + process.pid();
    var protocol = new StreamProtocol(loop, new StreamReader(1), () -> {});
    Transport pipe =
        PipeTransport.start(loop, process.getOutputStream(), protocol, name + "-stdin");
    this.stdin = new StreamWriter(pipe, protocol, null);
    this.stdout = PipeSource.start(loop, process.getInputStream(), name + "-stdout");
    this.stderr = PipeSource.start(loop, process.getErrorStream(), name + "-stderr");
    this.exited = new ComposedPromise<>(loop, name);
  }

  static AsyncProcess start(ProcessBuilder builder) throws IOException {
    EventLoop loop = Running.requireLoop("subprocess(...)");
    String command = String.join(" ", builder.command());
    Surroundings own = Surroundings.current();
    if (own != null) own.prepare(builder);
    Process process = builder.start();
    var mine = new AsyncProcess(loop, process, command);
    loop.io().whenEnded(mine);
    loop.engine().jobStarted();
    // Not by Process.onExit(), which tells through the common pool: user code may keep that busy.
    Thread.ofPlatform().name("process-" + process.pid()).daemon().start(mine::awaitExit);
    return mine;
  }

  private void awaitExit() {
    EventLoop loop = exited.loop();
    try {
      int code = process.waitFor();
      loop.callSoonThreadsafe(
          () -> {
            loop.engine().jobDelivered();
            loop.io().ended(this);
            exited.setResult(code);
          });
    } catch (InterruptedException _) {
      // Nobody else knows of this thread.
    }
  }

  /// Its standard input; closing it tells the process that no more comes.
  public StreamWriter stdin() {
    return stdin;
  }

  /// What it prints. Empty at once if it was started with another target for its output.
  public StreamReader stdout() {
    return stdout;
  }

  /// What it prints as errors.
  public StreamReader stderr() {
    return stderr;
  }

  public long pid() {
    return process.pid();
  }

  /// Its exit code, or null while it runs. A process ended by signal n has 128 + n, where Python
  /// gives -n.
  public @Nullable Integer exitCode() {
    return exited.isDone() ? exited.result() : null;
  }

  /// Waits until it has ended and gives its exit code. Cancelling the wait leaves the process
  /// alone. Python: `Process.wait`.
  ///
  /// Read its output too if it prints much: it cannot end while its output waits to be read.
  public Coroutine<Integer> await() {
    return Coroutines.of(
        "AsyncProcess.await", () -> Awaiting.promise(Shield.of(exited.loop(), exited)));
  }

  /// Ends its input, reads all of its output, and waits until it has ended. Python:
  /// `Process.communicate`.
  public Coroutine<Output> communicate() {
    return communicate(new byte[0]);
  }

  /// As [#communicate()] after sending text, in UTF-8.
  public Coroutine<Output> communicate(String input) {
    return communicate(input.getBytes(StandardCharsets.UTF_8));
  }

  /// As [#communicate()] after sending bytes. A process that ends without reading them is no error.
  public Coroutine<Output> communicate(byte[] input) {
    return Coroutines.of("AsyncProcess.communicate", () -> exchange(input));
  }

  private Output exchange(byte[] input) {
    EventLoop loop = exited.loop();
    List<Coroutine<byte[]>> ends =
        List.of(
            Coroutines.of(
                "stdin",
                () -> {
                  send(input);
                  return input;
                }),
            stdout.readAll(),
            stderr.readAll());
    List<byte[]> read =
        Awaiting.promise(
            GatherPromise.<byte[], byte[]>of(loop, ends, false, Promise::result, null));
    int code = Awaiting.awaitable(await());
    return new Output(code, read.get(1), read.get(2));
  }

  private void send(byte[] input) {
    stdin.write(input);
    try {
      Awaiting.awaitable(stdin.drain());
    } catch (Exception e) {
      // Only an I/O error: it did not read all of it, which is its own business.
      if (!(e instanceof IOException)) throw Throwing.asIs(e);
    }
    stdin.close();
  }

  /// Asks it to end; nothing if it has. Python: `Process.terminate`.
  public void terminate() {
    process.destroy();
  }

  /// Ends it at once; nothing if it has ended. Python: `Process.kill`.
  public void kill() {
    process.destroyForcibly();
  }

  /// Ends it at once if it still runs. Also done when its loop is closed.
  @Override
  public void close() {
    if (process.isAlive()) kill();
    stdin.close();
  }

  @Override
  public String toString() {
    return "<AsyncProcess "
        + pid()
        + " `"
        + command
        + "` "
        + (exited.isDone() ? "exit code " + exited.result() : "running")
        + ">";
  }
}
