package dev.brigade.repl.terminal;

import dev.brigade.session.Emission;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.MimeBundle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/// What the terminal shows, written by one thread: plainly while a cell runs, above the line being
/// typed while the prompt is open.
final class Screen implements EmissionListener, AutoCloseable {
  /// How long half a line may wait for its end while someone types below it.
  private static final int PARTIAL_MILLIS = 50;

  private sealed interface Job {
    record Text(String text) implements Job {}

    record Line(String line) implements Job {}

    record Show(Emission.Display display) implements Job {}

    record Mark(CompletableFuture<?> reached) implements Job {}
  }

  private final LinkedBlockingQueue<Job> jobs;
  private final Terminal terminal;
  private final Thread writer;

  /// Guards what follows: the writer writes under it, and the prompt opens under it.
  private final Object lock = new Object();

  /// The reader whose prompt is open, or null while a cell runs.
  private @Nullable LineReader open;

  private boolean atLineStart = true;

  /// How many rows the live pictures at the bottom take.
  private int liveRows;

  /// The texts of the live pictures by display, while a cell runs.
  private final LinkedHashMap<String, String> livePictures = new LinkedHashMap<>();

  /// Half a line, not yet written because a prompt is open.
  private final StringBuilder partial = new StringBuilder();

  private final Map<String, String> shownById = new HashMap<>();

  private Screen(Terminal terminal, LinkedBlockingQueue<Job> jobs) {
    this.terminal = terminal;
    this.jobs = jobs;
    writer = Thread.ofPlatform().name("brigade-screen").daemon().start(this::write);
  }

  Screen(Terminal terminal) {
    this(terminal, new LinkedBlockingQueue<>());
  }

  /// What is shown before there is a terminal: a session opens faster than one.
  static final class Early implements EmissionListener {
    private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    @Override
    public void emit(Emission emission) {
      add(jobs, emission);
    }

    /// The screen that shows it, and what comes after.
    Screen on(Terminal terminal) {
      return new Screen(terminal, jobs);
    }
  }

  @Override
  public void emit(Emission emission) {
    add(jobs, emission);
  }

  private static void add(LinkedBlockingQueue<Job> jobs, Emission emission) {
    switch (emission) {
      case Emission.Text text -> jobs.add(new Job.Text(text.text()));
      case Emission.Display display -> jobs.add(new Job.Show(display));
      case Emission.Comm _ -> {} // there is no page
      case Emission.Clear _ -> {
        // What a terminal has shown stays in its scroll-back.
      }
    }
  }

  /// A line of our own, after all that was handed in before; it starts at the left edge.
  void line(String line) {
    jobs.add(new Job.Line(line));
  }

  /// Waits until all that was handed in is on the screen.
  void drain() {
    var reached = new CompletableFuture<@Nullable Void>();
    jobs.add(new Job.Mark(reached));
    reached.join();
  }

  /// From now on output goes above this reader's line.
  void openPrompt(LineReader reader) {
    synchronized (lock) {
      startLine();
      livePictures.clear();
      terminal.flush();
      open = reader;
    }
  }

  void closePrompt() {
    synchronized (lock) {
      open = null;
      if (!partial.isEmpty()) {
        put(partial.toString());
        partial.setLength(0);
      }
    }
  }

  /// Leaves the terminal to someone else for a while; output waits.
  void hold(Runnable other) {
    synchronized (lock) {
      startLine();
      terminal.flush();
      other.run();
    }
  }

  @Override
  public void close() {
    drain();
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      startLine();
      terminal.flush();
    }
  }

  private void write() {
    try {
      while (true) {
        Job job = jobs.poll();
        if (job == null) {
          flush();
          job = waitForJob();
        }
        if (job != null) run(job);
      }
    } catch (InterruptedException closed) {
      // Everything was drained before; the terminal may be closed already.
    }
  }

  private @Nullable Job waitForJob() throws InterruptedException {
    boolean half;
    synchronized (lock) {
      half = !partial.isEmpty();
    }
    if (!half) return jobs.take();
    Job job = jobs.poll(PARTIAL_MILLIS, TimeUnit.MILLISECONDS);
    if (job == null) {
      synchronized (lock) {
        if (open != null && !partial.isEmpty()) {
          open.printAbove(partial.toString());
          partial.setLength(0);
        }
      }
    }
    return job;
  }

  private void run(Job job) {
    synchronized (lock) {
      switch (job) {
        case Job.Text(String text) -> text(text);
        case Job.Line(String line) -> whole(line);
        case Job.Show(Emission.Display display) -> show(display);
        case Job.Mark(CompletableFuture<?> reached) -> {
          terminal.flush();
          reached.complete(null);
        }
      }
    }
  }

  private void text(String text) {
    if (open == null) {
      put(text);
      return;
    }
    partial.append(text);
    int end = partial.lastIndexOf("\n") + 1;
    if (end == 0) return;
    open.printAbove(partial.substring(0, end));
    partial.delete(0, end);
  }

  private void whole(String text) {
    String line = text.endsWith("\n") ? text : text + "\n";
    if (open == null) {
      startLine();
      put(line);
    } else {
      if (!partial.isEmpty()) open.printAbove(partial.toString());
      partial.setLength(0);
      open.printAbove(line);
    }
  }

  private void show(Emission.Display display) {
    String text = display.bundle().plain();
    String id = display.displayId();
    if (display.bundle().metadata().containsKey(MimeBundle.LIVE)) {
      livePictures.put(String.valueOf(id), text.stripTrailing());
      drawLive();
      return;
    }
    eraseLive();
    if (id != null) livePictures.remove(id);
    if (display.bundle().metadata().get(MimeBundle.VALUE) instanceof Integer number) {
      text = "Out[" + number + "]: " + (text.indexOf('\n') < 0 ? "" : "\n") + text;
    }
    // A display refreshed with the same text would only fill the scroll-back.
    if (id != null && text.equals(shownById.put(id, text)) && display.update()) return;
    whole(text);
    if (!livePictures.isEmpty()) drawLive();
  }

  /// Draws the pictures in the place of those before. Where that cannot be (somebody types, the
  /// terminal is too small or cannot move up), the last ones have to do.
  private void drawLive() {
    String text = String.join("\n", livePictures.sequencedValues());
    int rows = 0;
    int width = Math.max(1, terminal.getColumns());
    for (String line : text.lines().toList()) {
      int length = AttributedString.stripAnsi(line).length();
      rows += 1 + Math.max(0, length - 1) / width;
    }
    boolean fits = rows < terminal.getRows() - 1;
    if (open != null || !fits || terminal.getType().startsWith("dumb")) return;
    startLine();
    put(text.endsWith("\n") ? text : text + "\n");
    liveRows = rows;
  }

  /// What is printed beside a live picture goes where the picture was; it is drawn anew below.
  private void eraseLive() {
    if (liveRows == 0) return;
    terminal.writer().write("\r\u001b[" + liveRows + "A\u001b[J");
    liveRows = 0;
    atLineStart = true;
  }

  private void put(String text) {
    if (text.isEmpty()) return;
    eraseLive();
    terminal.writer().write(text);
    atLineStart = text.endsWith("\n");
  }

  private void startLine() {
    eraseLive();
    if (!atLineStart) put("\n");
  }

  private void flush() {
    synchronized (lock) {
      terminal.flush();
    }
  }
}
