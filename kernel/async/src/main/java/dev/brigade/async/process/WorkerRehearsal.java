package dev.brigade.async.process;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// Does what a worker does at first, without a parent: the JVM that runs it can record a start-up
/// cache for workers.
public final class WorkerRehearsal {
  /// Code that may travel.
  private interface Errand extends Callable<Object>, Serializable {}

  private record Plate(String dish, List<Integer> prices) implements Serializable {}

  /// @param arguments none
  public static void main(String[] arguments) throws Exception {
    var toWorker = new PipedOutputStream();
    var fromWorker = new PipedInputStream(1 << 16);
    var parent = new Frames(fromWorker, toWorker);
    var worker =
        new Frames(new PipedInputStream(toWorker, 1 << 16), new PipedOutputStream(fromWorker));
    var ended = new CountDownLatch(3);
    Thread.ofPlatform().daemon().start(() -> parent(parent, ended));
    WorkerMain.work(worker);
  }

  private static void parent(Frames frames, CountDownLatch ended) {
    var realms = new LocalRealms();
    var plate = new Plate("soup", List.of(3, 4));
    List<Errand> jobs =
        List.of(
            () -> 1,
            () -> {
              System.out.println(plate);
              return new Plate(plate.dish() + "!", List.copyOf(plate.prices()));
            },
            () -> {
              throw new IOException("rehearsed");
            });
    try {
      for (int i = 0; i < jobs.size(); i++) {
        frames.write(Frames.Kind.RUN, i, Parcel.packCode(jobs.get(i), realms));
      }
      Frames.Frame frame;
      while (ended.getCount() > 0 && (frame = frames.read()) != null) {
        switch (frame.kind()) {
          case RESULT, FAILURE -> ended.countDown();
          default -> {}
        }
      }
      frames.write(Frames.Kind.QUIT, 0);
    } catch (IOException e) {
      throw new IllegalStateException("the rehearsal's own pipe broke", e);
    }
  }

  private WorkerRehearsal() {}
}
