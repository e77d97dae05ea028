package dev.brigade.async.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The program of a worker process: runs one job after the other in its main thread, and ends with
/// its parent.
public final class WorkerMain {
  /// The file descriptors that the parent's end of the pipes has here.
  static final int OUT = 3;

  static final int IN = 4;

  private final Frames frames;
  private final RemoteRealms realms;
  private final LinkedBlockingQueue<Frames.Frame> jobs = new LinkedBlockingQueue<>();
  private final Thread runner = Thread.currentThread();
  // Guarded by this.
  private long running = -1;
  private long early = -1;
  private List<JobStop> stops = List.of();

  private WorkerMain(Frames frames) {
    this.frames = frames;
    this.realms = new RemoteRealms(frames);
  }

  /// @param arguments the name of the worker's thread
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) Thread.currentThread().setName(arguments[0]);
    work(new Frames(new FileInputStream("/dev/fd/" + IN), new FileOutputStream("/dev/fd/" + OUT)));
  }

  /// Works until the parent says it is enough, then ends this process.
  static void work(Frames frames) throws IOException {
    var worker = new WorkerMain(frames);
    System.setIn(InputStream.nullInputStream());
    System.setOut(worker.stream(Frames.Kind.OUT));
    System.setErr(worker.stream(Frames.Kind.ERR));
    LogLines.inOne();
    Thread.ofPlatform().name("brigade-worker-pipe").daemon().start(worker::listen);
    frames.write(Frames.Kind.READY, ProcessHandle.current().pid());
    worker.run();
  }

  /// A print stream whose every write is one frame: what a job printed is there before its result.
  private PrintStream stream(Frames.Kind kind) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            frames.write(kind, 0, (byte) b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            frames.write(kind, 0, java.util.Arrays.copyOfRange(bytes, from, from + length));
          }
        },
        true,
        StandardCharsets.UTF_8);
  }

  /// In a thread of its own. The pipe's end is the parent's end: then this process has no purpose.
  private void listen() {
    try {
      Frames.Frame frame;
      while ((frame = frames.read()) != null) {
        switch (frame.kind()) {
          case ANSWER -> realms.answered(frame.number(), frame.body());
          case STOP -> stop(frame.number());
          default -> jobs.add(frame);
        }
      }
    } catch (IOException | RuntimeException _) {
      // As at the end.
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private synchronized void stop(long job) {
    if (running != job) {
      early = job; // it may not have begun
      return;
    }
    if (stops.isEmpty()) {
      stops =
          ServiceLoader.load(JobStop.class, ClassLoader.getSystemClassLoader()).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
    }
    stops.forEach(each -> each.stop(runner));
    runner.interrupt();
  }

  private synchronized void running(long job) {
    running = job;
    if (job >= 0) {
      if (early == job) stop(job);
      return;
    }
    stops.forEach(each -> each.spare(runner));
    Thread.interrupted();
  }

  private void run() throws IOException {
    while (true) {
      Frames.Frame frame;
      try {
        frame = jobs.take();
      } catch (InterruptedException _) {
        continue; // a late interrupt by the job before
      }
      if (frame.kind() == Frames.Kind.QUIT) System.exit(0);
      runJob(frame);
    }
  }

  private void runJob(Frames.Frame frame) throws IOException {
    Frames.Kind kind = Frames.Kind.RESULT;
    byte[] body;
    running(frame.number());
    try {
      body = outcome(frame.body());
    } catch (Throwable t) { // whatever the job throws is sent back
      kind = Frames.Kind.FAILURE;
      body = failure(t);
    } finally {
      running(-1);
    }
    System.out.flush();
    System.err.flush();
    frames.write(kind, frame.number(), body);
  }

  private byte[] outcome(byte[] parcel) throws Throwable {
    ClassLoader context;
    Object code;
    var changes = new Changes(parcel.length);
    try (var reader = new Parcel.Reader(parcel, realms)) {
      context = realms.loader(reader.readInt());
      runner.setContextClassLoader(context);
      code = reader.readObject();
      while (reader.readBoolean()) {
        Field field = field(reader);
        field.set(null, reader.readObject());
        changes.reads(field);
      }
      for (int n = reader.readInt(); n > 0; n--) changes.writes(field(reader));
      changes.begin(realms, context);
    }
    Object result;
    if (code instanceof Callable<?> call) {
      result = call.call();
    } else {
      ((Runnable) code).run();
      result = null;
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      List<String> lost = changes.end(realms, context);
      out.writeInt(lost.size());
      for (String each : lost) out.writeUTF(each);
      out.write(packResult(result, context));
    }
    return bytes.toByteArray();
  }

  private byte[] packResult(@Nullable Object result, ClassLoader context) {
    try {
      return Parcel.pack(result, realms, context);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CannotTravel(Luggage.unsendableResult(result, e), null);
    }
  }

  private static Field field(Parcel.Reader reader)
      throws IOException, ReflectiveOperationException {
    Class<?> owner = (Class<?>) reader.readObject();
    Field field = owner.getDeclaredField(reader.readUTF());
    field.setAccessible(true);
    return field;
  }

  private byte[] failure(Throwable thrown) {
    ClassLoader context = Objects.requireNonNull(runner.getContextClassLoader());
    try {
      return Parcel.pack(thrown, realms, context);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return substitute(thrown, e);
    }
  }

  /// For an exception that cannot travel: one that tells what it was, with its stack.
  private byte[] substitute(Throwable thrown, Throwable why) {
    String text;
    try {
      text = thrown.toString();
    } catch (RuntimeException _) {
      text = thrown.getClass().getName();
    }
    var stand =
        new CannotTravel(
            "the job threw " + text + ", and this exception itself cannot travel back: " + why,
            null);
    stand.setStackTrace(thrown.getStackTrace());
    try {
      return Parcel.pack(stand, realms, ClassLoader.getSystemClassLoader());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
