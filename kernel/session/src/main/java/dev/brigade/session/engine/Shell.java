package dev.brigade.session.engine;

import dev.brigade.session.SessionOptions;
import dev.brigade.session.weave.RedirectTable;
import dev.brigade.session.weave.Weaver;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/// JShell and its one entry.
///
/// Two evaluations or analyses at once fail in JShell, so everything goes through [#entry()]: a
/// cell holds it while it compiles and gives it back while user code runs ([CellControl]), so
/// completion answers beside a running cell.
final class Shell implements AutoCloseable {
  private final ReentrantLock entry = new ReentrantLock();
  private final UserCode userCode = new UserCode();
  private final SnippetLoader loader;
  private final CellControl control;
  private final JShell jshell;
  private final UserFileManager files;
  private final Internals internals;
  private final SourceMap sourceMap;
  private final Sources sources;

  Shell(SessionOptions options) {
    loader = new SnippetLoader(Shell.class.getClassLoader(), options.classPath());
    sources = new Sources(options.classPath());
    var weaver = new Weaver(RedirectTable.standard(), loader);
    control = new CellControl(loader, weaver, userCode, entry);
    var temporaries = new AtomicLong();
    var manager = new AtomicReference<UserFileManager>();
    jshell =
        JShell.builder()
            .executionEngine(new Provider(control), Map.of())
            .fileManager(
                standard -> {
                  var own = new UserFileManager(standard, options.classPath());
                  manager.set(own);
                  return own;
                })
            // Messages name local variables then.
            .compilerOptions("-g")
            .tempVariableNameGenerator(() -> CellControl.TEMPORARY + temporaries.incrementAndGet())
            .in(new ByteArrayInputStream(new byte[0]))
            .out(nowhere())
            .err(nowhere())
            .build();
    files = Objects.requireNonNull(manager.get());
    internals = Internals.of(jshell, control);
    sourceMap = new SourceMap(internals);
    control.sourceMap(sourceMap);
    control.internals(internals);
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /// JShell asks for its execution control once, while it is built.
  private record Provider(CellControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "brigade";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /// Held by whoever uses [#jshell()] or [#analysis()].
  ReentrantLock entry() {
    return entry;
  }

  /// Runs something that uses JShell, alone.
  <T> T enter(Supplier<T> work) {
    entry.lock();
    try {
      return work.get();
    } finally {
      entry.unlock();
    }
  }

  /// Shows more jars and directories to the compiler, to completion and to code that runs. Held
  /// entry only.
  void addToClassPath(List<Path> paths) {
    files.add(paths);
    sources.add(paths);
    paths.forEach(loader::add);
    internals.forgetCompiled();
    // Compiler and completion remember what they have not found, until JShell hears of a change.
    // What has changed they were told above: JShell itself would show them this program's own
    // class path, and cuts paths at colons.
    jshell.addToClasspath("");
  }

  /// Makes this thread one of the user's: who asks it, or a thread that it starts, for a class
  /// loader finds the user's jars and nothing of ours.
  void ownThread() {
    Thread.currentThread().setContextClassLoader(loader);
  }

  JShell jshell() {
    return jshell;
  }

  SourceCodeAnalysis analysis() {
    return jshell.sourceCodeAnalysis();
  }

  CellControl control() {
    return control;
  }

  Internals internals() {
    return internals;
  }

  SourceMap sourceMap() {
    return sourceMap;
  }

  Sources sources() {
    return sources;
  }

  UserCode userCode() {
    return userCode;
  }

  SnippetLoader loader() {
    return loader;
  }

  @Override
  public void close() {
    enter(
        () -> {
          jshell.close();
          sources.close();
          return null;
        });
  }
}
