package dev.brigade.async.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A worker as its parent sees it. Any thread; nothing here waits for the worker.
public final class WorkerProcess {
  /// Hears what a worker does, in a thread of the worker's own.
  public interface Listener {
    /// It can run jobs.
    void ready(WorkerProcess worker);

    /// A job has ended.
    ///
    /// @param lost the names of the variables that it changed in its own process only
    void result(WorkerProcess worker, long job, @Nullable Object value, List<String> lost);

    /// A job has thrown.
    void failure(WorkerProcess worker, long job, Throwable error);

    /// It has written text.
    void output(WorkerProcess worker, boolean error, byte[] text);

    /// It has ended, for whatever reason. Called once.
    ///
    /// @param how for example `exit status 3`
    void died(WorkerProcess worker, String how);
  }

  // A pipe takes this much although nobody reads.
  private static final int SMALL = 16 << 10;
  private static final int TAIL = 1000;

  private final String name;
  private final Process process;
  private final Frames frames;
  private final LocalRealms realms;
  private final Listener listener;
  private final AtomicBoolean dead = new AtomicBoolean();
  private final CountDownLatch heardAll = new CountDownLatch(1);
  // Written by the thread that reads the pipe: whether it is telling what the worker said.
  private volatile boolean telling;
  // What came on the process's own standard error, its end; guarded by itself.
  private final StringBuilder tail = new StringBuilder();

  private WorkerProcess(String name, Process process, LocalRealms realms, Listener listener) {
    this.name = name;
    this.process = process;
    this.frames = new Frames(process.getInputStream(), process.getOutputStream());
    this.realms = realms;
    this.listener = listener;
  }

  /// Starts a worker.
  ///
  /// @param flags more flags for its JVM
  public static WorkerProcess start(
      String name, List<String> flags, LocalRealms realms, Listener listener) throws IOException {
    Process process = new ProcessBuilder(JvmCommand.of(name, flags)).start();
    var worker = new WorkerProcess(name, process, realms, listener);
    Thread.ofPlatform().name(name + "-pipe").daemon().start(worker::listen);
    Thread.ofPlatform().name(name + "-errors").daemon().start(worker::pump);
    Thread.ofPlatform().name(name + "-end").daemon().start(worker::awaitEnd);
    return worker;
  }

  /// Packs code, for any worker of the same loaders.
  ///
  /// @throws CannotTravel something in it cannot be sent
  public static byte[] pack(Object code, LocalRealms realms) {
    return Parcel.packCode(code, realms);
  }

  /// Gives it a job. The outcome comes to the listener.
  public void run(long job, byte[] parcel) {
    send(Frames.Kind.RUN, job, parcel);
  }

  /// Gives it code to run before any job; its outcome comes as that of job 0.
  public void initialize(byte[] parcel) {
    send(Frames.Kind.INITIALIZE, 0, parcel);
  }

  /// Asks the code of a job to stop: an interrupt, and whatever [JobStop] does.
  public void stop(long job) {
    send(Frames.Kind.STOP, job);
  }

  /// Ends it after the jobs it was given.
  public void quit() {
    send(Frames.Kind.QUIT, 0);
  }

  /// Ends it at once, or lets it clean up first.
  public void kill(boolean forcibly) {
    if (forcibly) process.destroyForcibly();
    else process.destroy();
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  private void send(Frames.Kind kind, long number, byte... body) {
    if (body.length <= SMALL) {
      write(kind, number, body);
    } else {
      Thread.ofPlatform().name(name + "-send").daemon().start(() -> write(kind, number, body));
    }
  }

  private void write(Frames.Kind kind, long number, byte[] body) {
    try {
      frames.write(kind, number, body);
    } catch (IOException _) {
      process.destroyForcibly(); // it hears nothing any more
    }
  }

  private void listen() {
    try {
      Frames.Frame frame;
      while ((frame = frames.read()) != null) {
        telling = true;
        heard(frame);
        telling = false;
      }
    } catch (IOException | RuntimeException _) {
      process.destroyForcibly();
    } finally {
      telling = false;
    }
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    died();
    heardAll.countDown();
  }

  /// The end of the pipe is the end, after all that came through it. But the pipe may be held open
  /// by a process that the worker has left behind. Not by `Process.onExit()`, which tells through
  /// the common pool: user code may keep that busy.
  private void awaitEnd() {
    try {
      var _ = process.waitFor();
      do {
        if (heardAll.await(500, TimeUnit.MILLISECONDS)) return;
      } while (telling);
      died();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void heard(Frames.Frame frame) throws IOException {
    switch (frame.kind()) {
      case READY -> listener.ready(this);
      case RESULT -> result(frame);
      case FAILURE -> failure(frame);
      case OUT -> listener.output(this, false, frame.body());
      case ERR -> listener.output(this, true, frame.body());
      case CLASS -> frames.write(Frames.Kind.ANSWER, frame.number(), classAnswer(frame.body()));
      case RESOURCES ->
          frames.write(Frames.Kind.ANSWER, frame.number(), resourceAnswer(frame.body()));
      case RUN, INITIALIZE, STOP, QUIT, ANSWER ->
          throw new IOException("a worker sent a frame of kind " + frame.kind());
    }
  }

  private void result(Frames.Frame frame) {
    var lost = new ArrayList<String>();
    Object value;
    try (var in = new DataInputStream(new ByteArrayInputStream(frame.body()))) {
      for (int n = in.readInt(); n > 0; n--) lost.add(in.readUTF());
      value = Parcel.unpack(in.readAllBytes(), realms);
    } catch (Throwable e) { // what reading an object may throw: any code of its class runs
      listener.failure(
          this,
          frame.number(),
          new CannotTravel("the job ended, and its result could not be read here: " + e, e));
      return;
    }
    listener.result(this, frame.number(), value, lost);
  }

  private void failure(Frames.Frame frame) {
    Throwable error;
    try {
      error = (Throwable) Parcel.unpack(frame.body(), realms);
      if (error == null) throw new IOException("nothing was sent");
    } catch (Throwable e) { // as above
      listener.failure(
          this,
          frame.number(),
          new CannotTravel("the job threw something that could not be read here: " + e, e));
      return;
    }
    var trace = new RemoteTrace(this.toString(), error.getStackTrace());
    try {
      if (error.getCause() == null) error.initCause(trace);
      else error.addSuppressed(trace);
    } catch (IllegalStateException _) {
      error.addSuppressed(trace);
    }
    listener.failure(this, frame.number(), error);
  }

  private byte[] classAnswer(byte[] question) throws IOException {
    var body = new ByteArrayOutputStream();
    try (var in = new DataInputStream(new ByteArrayInputStream(question));
        var out = new DataOutputStream(body)) {
      ClassLoader loader = realms.loader(in.readInt());
      Class<?> type = Class.forName(in.readUTF(), false, loader);
      ClassLoader own = type.getClassLoader();
      int number = own == null ? 0 : realms.number(own);
      byte[] bytes = number == 0 ? new byte[0] : Reach.bytes(type);
      out.writeInt(bytes == null ? -1 : number);
      if (bytes != null) out.write(bytes);
    } catch (ClassNotFoundException | LinkageError _) {
      body.reset();
      new DataOutputStream(body).writeInt(-1);
    }
    return body.toByteArray();
  }

  private byte[] resourceAnswer(byte[] question) throws IOException {
    var body = new ByteArrayOutputStream();
    try (var in = new DataInputStream(new ByteArrayInputStream(question));
        var out = new DataOutputStream(body)) {
      ClassLoader loader = realms.loader(in.readInt());
      List<URL> urls = Collections.list(loader.getResources(in.readUTF()));
      out.writeInt(urls.size());
      for (URL url : urls) out.writeUTF(url.toString());
    }
    return body.toByteArray();
  }

  /// What the process writes below its JVM's streams: messages of the JVM, of native code.
  private void pump() {
    try (InputStream in = process.getErrorStream()) {
      byte[] buffer = new byte[8192];
      int length;
      while ((length = in.read(buffer)) > 0) {
        byte[] text = java.util.Arrays.copyOf(buffer, length);
        synchronized (tail) {
          tail.append(new String(text, StandardCharsets.UTF_8));
          if (tail.length() > TAIL) tail.delete(0, tail.length() - TAIL);
        }
        listener.output(this, true, text);
      }
    } catch (IOException _) {
      // The process has ended.
    }
  }

  private void died() {
    if (!dead.compareAndSet(false, true)) return;
    process.destroyForcibly();
    String text;
    synchronized (tail) {
      text = tail.isEmpty() ? "" : "; it wrote: " + tail.toString().strip();
    }
    listener.died(this, ending() + text);
  }

  private String ending() {
    if (process.isAlive()) return "its pipe was closed";
    int status = process.exitValue();
    return switch (status) {
      case 137 -> "killed (signal 9: kill -9, or the system ran out of memory)";
      case 143 -> "terminated (signal 15)";
      default -> status > 128 ? "killed by signal " + (status - 128) : "exit status " + status;
    };
  }

  @Override
  public String toString() {
    return name + " (process " + process.pid() + ")";
  }
}
