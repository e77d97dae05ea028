package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Gil;
import dev.brigade.async.Origin;
import dev.brigade.async.Surroundings;
import dev.brigade.async.trace.Trace;
import dev.brigade.session.EmissionListener;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.comm.Comm;
import dev.brigade.session.comm.Comms;
import dev.brigade.session.display.Comparison;
import dev.brigade.session.display.Display;
import dev.brigade.session.observe.Observer;
import dev.brigade.session.spi.Magic;
import dev.brigade.session.spi.NotebookMagics;
import dev.brigade.session.view.ComparisonChart;
import dev.brigade.session.view.Renderers;
import dev.brigade.session.view.TraceView;
import dev.brigade.session.weave.Hooks;
import dev.brigade.session.weave.StopPoint;
import dev.brigade.session.widget.Widgets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Puts the parts of a session together, by hand.
final class Assembly {
  static Workshop assemble(
      EventLoop loop,
      Shell shell,
      Cells cells,
      CellThreads threads,
      Interrupts interrupts,
      FileHistory history,
      SessionOptions options,
      EmissionListener listener) {
    Comms.Turn turn = (cell, name, handler) -> submit(loop, cell, name, handler);
    var renderers = new Renderers();
    var errors = new Errors(shell.sourceMap(), options.color(), loop::failures);
    renderers.displayAs(Trace.class, trace -> TraceView.bundle(trace, options.text().get()).data());
    renderers.displayAs(Comparison.class, each -> ComparisonChart.bundle(each).data());
    renderers.displayAs(
        Throwable.class, error -> Map.of(MimeBundle.PLAIN, String.join("\n", errors.plain(error))));
    var names = new DeclaredNames(shell);
    var compileErrors =
        new CompileErrors(
            shell.jshell(),
            new Hints(names::methodPlace, names::all, names::packagesOf),
            options.color());
    var compileTime = new CompileTime(loop);
    shell.control().compileTime(compileTime);
    var log = new SessionLog(listener);
    var output = new Output(cells, shell.sourceMap(), log, renderers, errors, loop);
    var comms = new Comms(output::send, turn);
    var forms = new JarForms(shell.loader(), renderers, output::complain);
    renderers.sources(forms::lookAtOwn, forms::look);
    var tracing = new Tracing(loop, output, options.text());
    var preload = new Preload(shell);
    var values = new ValueTable();
    var text = new AnalysisText(shell, preload, values);
    var stdin = new Stdin();
    Observer observer = observer(loop, shell, cells, threads);
    interrupts.observer(observer);
    var look = new LookMagics(loop, observer, interrupts::root);
    MagicTable magics =
        magics(
            loop,
            shell,
            stdin,
            tracing,
            threads,
            preload,
            look,
            values,
            history,
            log,
            cells.surroundings(),
            options.classPath());
    return new Workshop(
        loop,
        shell,
        cells,
        stdin,
        output,
        comms,
        new Widgets(comms, turn),
        renderers,
        new Notices(cells, output, errors, loop, threads, shell.sourceMap(), observer),
        errors,
        compileErrors,
        compileTime,
        new Evaluator(shell, compileErrors, compileTime),
        new Splitter(shell, compileErrors),
        preload,
        values,
        names,
        new Completion(
            shell,
            magics,
            preload,
            cells.surroundings(),
            new JavaCandidates(shell, preload, values, names, text)),
        new Inspection(shell, magics, preload, text),
        new InputCheck(shell, magics),
        history,
        log,
        tracing,
        threads,
        magics,
        new Lookout(magics, cells, output));
  }

  private static void submit(EventLoop loop, @Nullable Origin cell, String name, Runnable handler) {
    var _ =
        loop.submitRoot(
            cell == null ? Origin.of(name) : cell,
            name,
            () -> {
              handler.run();
              return null;
            });
  }

  private static Observer observer(EventLoop loop, Shell shell, Cells cells, CellThreads threads) {
    SourceMap lines = shell.sourceMap();
    return new Observer(
        loop,
        new KnownThreads(loop, cells, threads, lines)::now,
        frame -> {
          SourceMap.Position position = lines.find(frame);
          return position == null ? null : position.toString();
        });
  }

  private static MagicTable magics(
      EventLoop loop,
      Shell shell,
      Stdin stdin,
      Tracing tracing,
      CellThreads threads,
      Preload preload,
      LookMagics look,
      ValueTable values,
      FileHistory history,
      SessionLog log,
      Surroundings surroundings,
      List<Path> classPath) {
    var table = new AtomicReference<MagicTable>();
    var own = new ArrayList<Magic>(new TaskMagics(loop, tracing, threads, table::get).all());
    own.addAll(new TraceMagics(loop, stdin).all());
    own.addAll(look.all());
    own.addAll(new SnippetMagics(shell, preload).all());
    own.addAll(VirtualMagics.all());
    own.addAll(TimingMagics.all());
    var jars = new ClassPath(shell, surroundings, classPath);
    var users = new UserMagics(shell.loader(), table::get);
    own.add(new ClassPathMagic(jars, surroundings, users));
    own.add(new MavenMagic(jars, surroundings, users));
    own.addAll(new ProgramMagics(surroundings).all());
    own.addAll(new PlaceMagics(surroundings).all());
    own.addAll(new FileMagics(surroundings).all());
    own.add(new SaveMagic(surroundings, history).magic());
    own.add(new HistoryMagic(history).magic());
    own.add(new ResetMagic(shell, preload, values).magic());
    own.add(new ConfigMagic(loop, tracing, surroundings).magic());
    own.addAll(new LogMagics(log, surroundings).all());
    own.add(MemoryMagic.magic());
    own.add(SnippetMagic.magic());
    table.set(new MagicTable(List.copyOf(own)));
    NotebookMagics.target(users);
    return table.get();
  }

  /// Makes the session the one that user code reaches through static calls and that hears of
  /// exceptions nobody caught.
  static void connect(Workshop workshop, PrintStream before) {
    Display.target(workshop.output());
    Comm.registry(workshop.comms());
    Widgets.current(workshop.widgets());
    Hooks.receiver(
        new Hooks.Receiver() {
          @Override
          public void starts(Thread thread) {
            workshop.threads().starts(thread);
          }

          @Override
          public @Nullable String readLine(String prompt) throws IOException {
            return workshop.stdin().readLine(prompt);
          }
        });
    Gil.ticker(StopPoint.ticker());
    Thread.setDefaultUncaughtExceptionHandler(new Uncaught(workshop, before));
  }

  static void disconnect() {
    Display.target(null);
    NotebookMagics.target(null);
    Comm.registry(null);
    Widgets.current(null);
    Hooks.receiver(null);
    Gil.off();
    Gil.ticker(null);
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  private Assembly() {}
}
