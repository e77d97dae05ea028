package dev.brigade.session.engine;

import dev.brigade.session.SessionOptions;
import dev.brigade.session.weave.RedirectTable;
import dev.brigade.session.weave.Weaver;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Internals internals;
  private final SourceMap sourceMap;

  Shell(SessionOptions options) {
    loader = new SnippetLoader(Shell.class.getClassLoader(), options.classPath());
    var weaver = new Weaver(RedirectTable.standard(), loader);
    control = new CellControl(loader, weaver, userCode, entry);
    var temporaries = new AtomicLong();
    jshell =
        JShell.builder()
            .executionEngine(new Provider(control), Map.of())
            .fileManager(standard -> new UserFileManager(standard, options.classPath()))
            // Messages name local variables then.
            .compilerOptions("-g")
            .tempVariableNameGenerator(() -> CellControl.TEMPORARY + temporaries.incrementAndGet())
            .in(new ByteArrayInputStream(new byte[0]))
            .out(nowhere())
            .err(nowhere())
            .build();
    internals = Internals.of(jshell);
    sourceMap = new SourceMap(internals);
    control.sourceMap(sourceMap);
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
          return null;
        });
  }
}
