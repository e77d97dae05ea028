package dev.brigade.repl.run;

import dev.brigade.session.Emission;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.MimeBundle;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// Writes what cells print to the process's own streams, in order, on a thread of its own: a full
/// pipe holds up this thread, not the event loop.
final class StandardStreams implements EmissionListener, AutoCloseable {
  private final LinkedBlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();
  private final PrintStream out;
  private final PrintStream err;
  private final Thread writer;

  StandardStreams(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    writer = Thread.ofPlatform().name("brigade-output").daemon().start(this::write);
  }

  @Override
  public void emit(Emission emission) {
    jobs.add(
        switch (emission) {
          case Emission.Text text ->
              text.stream() == Emission.Stream.STDOUT
                  ? () -> out.print(text.text())
                  : () -> print(err, text.text());
          case Emission.Display display -> () -> show(display);
          case Emission.Clear _, Emission.Comm _ -> () -> {};
        });
  }

  /// A line of our own on standard error, after all that was printed before.
  void say(String line) {
    jobs.add(() -> print(err, line + System.lineSeparator()));
  }

  /// Waits until all that was handed in is written.
  void drain() {
    var done = new CompletableFuture<Void>();
    jobs.add(() -> done.complete(null));
    done.join();
  }

  @Override
  public void close() {
    drain();
    writer.interrupt();
  }

  private void show(Emission.Display display) {
    if (display.bundle().metadata().containsKey(MimeBundle.LIVE)) return; // the last one will do
    if (display.bundle().metadata().containsKey(MimeBundle.VALUE)) return; // no value is printed
    String text = display.bundle().plain();
    String whole = text.endsWith("\n") ? text : text + "\n";
    if (display.bundle().metadata().containsKey(MimeBundle.NOTICE)) print(err, whole);
    else out.print(whole);
  }

  private void print(PrintStream stream, String text) {
    out.flush();
    stream.print(text);
    stream.flush();
  }

  private void write() {
    try {
      while (true) {
        Runnable job = jobs.poll();
        if (job == null) {
          out.flush();
          job = jobs.take();
        }
        job.run();
        if (jobs.isEmpty()) out.flush();
      }
    } catch (InterruptedException closed) {
      out.flush();
    }
  }
}
