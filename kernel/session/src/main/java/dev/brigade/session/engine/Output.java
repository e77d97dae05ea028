package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.Task;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.session.Cell;
import dev.brigade.session.Emission;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.comm.CommMessage;
import dev.brigade.session.display.Display;
import dev.brigade.session.view.Renderers;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives what running code shows to the front end, under the cell that started the work.
final class Output implements Display.Target {
  /// A cell and whether it is a guess.
  record Owner(Cell cell, boolean guessed) {}

  private final Cells cells;
  private final SourceMap sourceMap;
  private final EmissionListener listener;
  private final Renderers renderers;
  private final EventLoop loop;
  private final Settling settling;
  private final RefreshedDisplays refreshed;
  private volatile BiFunction<Cell, String, String> lines = (_, text) -> text;

  Output(
      Cells cells,
      SourceMap sourceMap,
      EmissionListener listener,
      Renderers renderers,
      Errors errors,
      EventLoop loop) {
    this.cells = cells;
    this.sourceMap = sourceMap;
    this.listener = listener;
    this.renderers = renderers;
    this.loop = loop;
    settling = new Settling(loop, this, renderers, errors);
    refreshed = new RefreshedDisplays(this);
  }

  Settling settling() {
    return settling;
  }

  /// Shows what a cell that ends has left to be drawn.
  void endOf(Cell cell) {
    refreshed.endOf(cell);
  }

  /// `System.out` or `System.err`; text of threads that no cell started and that no cell can have
  /// caused goes to `before`.
  PrintStream stream(Emission.Stream stream, PrintStream before) {
    return new CellPrintStream(
        text -> {
          Owner owner = owner();
          if (owner == null) before.print(text);
          else print(owner, stream, text);
        });
  }

  private void print(Owner owner, Emission.Stream stream, String text) {
    EventLoop here = Objects.requireNonNullElse(EventLoop.current(), loop);
    if (here.log().isOn()) {
      long task = currentTask(here);
      String thread = task == 0 ? CellThreads.name(Thread.currentThread()) : here.name();
      here.log()
          .add(
              here.clock().nanos(),
              thread,
              owner.cell().label(),
              stamp -> new TraceEvent.Printed(stamp, task, text));
    }
    String shown = lines.apply(owner.cell(), text);
    listener.emit(new Emission.Text(owner.cell(), stream, shown, owner.guessed()));
  }

  /// What is put before the lines that a cell prints.
  void lines(BiFunction<Cell, String, String> stamps) {
    lines = stamps;
  }

  private static long currentTask(EventLoop here) {
    Task<?> holder = here.holder();
    return holder != null && holder.isCurrent() ? holder.id() : 0;
  }

  void print(Cell cell, Emission.Stream stream, String text) {
    print(new Owner(cell, false), stream, text);
  }

  /// Sends a message of a comm, for the cell whose work the calling thread does.
  void send(CommMessage message) {
    Owner owner = owner();
    Cell cell = owner == null ? cells.looking(null) : owner.cell();
    listener.emit(new Emission.Comm(cell, message));
  }

  /// Text that answers a question about the program; none of what the program does.
  void answer(Cell cell, String text) {
    listener.emit(new Emission.Text(cell, Emission.Stream.STDOUT, text, false));
  }

  /// Says under the newest cell what is wrong with something it uses.
  void complain(String text) {
    Cell newest = cells.newest();
    if (newest != null) show(newest, Notices.notice(text));
  }

  void show(Cell cell, MimeBundle bundle) {
    listener.emit(new Emission.Display(cell, bundle, null, false));
  }

  /// Shows what can be replaced.
  void show(Cell cell, MimeBundle bundle, String id, boolean update) {
    listener.emit(new Emission.Display(cell, bundle, id, update));
  }

  /// Whose work the calling thread does; null before the first cell.
  @Nullable Owner owner() {
    Origin origin = Origin.current();
    Cell own = cells.of(origin);
    // The JDK's shared pool keeps its threads, so what they inherited is who used it first; only
    // while such a thread runs a job that was handed over is its origin the job's.
    boolean shared = Thread.currentThread() instanceof ForkJoinWorkerThread;
    if (own != null && origin != null && (!shared || origin.isWorkedOnHere())) {
      return new Owner(own, false);
    }
    Cell nearest = nearestFrame();
    if (nearest != null) return new Owner(nearest, own == null || own.id() != nearest.id());
    if (own != null) return new Owner(own, true);
    Cell newest = cells.newest();
    return newest == null ? null : new Owner(newest, true);
  }

  private @Nullable Cell nearestFrame() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> SourceMap.isSnippetClass(frame.getClassName()))
                    .map(frame -> sourceMap.find(frame.toStackTraceElement()))
                    .filter(java.util.Objects::nonNull)
                    .findFirst())
        .map(position -> cells.labelled(position.source().label()))
        .orElse(null);
  }

  @Override
  public void show(Map<String, Object> data, @Nullable String id, boolean update) {
    Owner owner = owner();
    if (owner == null) return;
    var ordered = new java.util.LinkedHashMap<>(data);
    listener.emit(
        new Emission.Display(owner.cell(), new MimeBundle(ordered, Map.of()), id, update));
  }

  @Override
  public Map<String, Object> render(@Nullable Object value) {
    // One that has an outcome by now is replaced as well, in a moment.
    if (value != null && Settling.settles(value)) return Settling.pending(value).data();
    return renderers.bundle(value).data();
  }

  @Override
  public <T> void renderer(Class<T> type, Function<? super T, Map<String, Object>> renderer) {
    renderers.displayAs(type, renderer);
  }

  @Override
  public Map<String, Object> table(Object rows, List<String> columns) {
    return renderers.table(rows, columns).data();
  }

  @Override
  public Display.Refresh refresh(Supplier<Map<String, Object>> forms) {
    Owner owner = owner();
    return refreshed.under(owner == null ? cells.looking(null) : owner.cell(), forms);
  }

  @Override
  public void follow(@Nullable Object value, String id) {
    Owner owner = owner();
    if (owner == null || value == null || !Settling.settles(value)) return;
    settling.follow(value, owner.cell(), id, Map.of());
  }

  @Override
  public void clear(boolean waiting) {
    Owner owner = owner();
    if (owner != null) listener.emit(new Emission.Clear(owner.cell(), waiting));
  }
}
