package dev.brigade.session.engine;

import dev.brigade.async.Origin;
import dev.brigade.session.weave.Weaver;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/// Runs snippets in this process, in the calling thread: weaves their classes as they are loaded
/// and gives the JShell entry back while user code runs.
final class CellControl extends DirectExecutionControl {
  /// How the names of temporary variables begin.
  static final String TEMPORARY = "$_";

  /// What a snippet's code did. Written by the thread that evaluates it.
  static final class Result {
    @Nullable Object value;
    @Nullable Throwable error;
    boolean ran;
    @Nullable Class<?> type;
  }

  /// Defines snippet classes in the session's loader.
  static final class Classes implements LoaderDelegate {
    private final SnippetLoader loader;
    // Guarded by the JShell entry.
    private final Map<String, Class<?>> loaded = new HashMap<>();

    Classes(SnippetLoader loader) {
      this.loader = loader;
    }

    @Override
    public void load(ExecutionControl.ClassBytecodes[] classes)
        throws ExecutionControl.ClassInstallException {
      boolean[] installed = new boolean[classes.length];
      try {
        for (int i = 0; i < classes.length; i++) {
          String name = classes[i].name();
          loaded.put(name, loader.loadClass(name));
          installed[i] = true;
        }
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ExecutionControl.ClassInstallException("load: " + e, installed);
      }
    }

    @Override
    public void classesRedefined(ExecutionControl.ClassBytecodes[] classes) {
      throw new UnsupportedOperationException("classes of cells are replaced, never redefined");
    }

    @Override
    public void addToClasspath(String path) {
      // The loader was told already: see Shell.addToClassPath.
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = loaded.get(name);
      if (found == null) throw new ClassNotFoundException(name + " was not loaded");
      return found;
    }
  }

  private final SnippetLoader loader;
  private final Weaver weaver;
  private final UserCode userCode;
  private final ReentrantLock entry;
  private @Nullable SourceMap sourceMap;
  private @Nullable CompileTime compileTime;
  private @Nullable Internals internals;
  // The classes of variables; guarded by the JShell entry.
  private final Map<String, Class<?>> owners = new HashMap<>();
  // Guarded by the JShell entry.
  private Result result = new Result();

  CellControl(SnippetLoader loader, Weaver weaver, UserCode userCode, ReentrantLock entry) {
    super(new Classes(loader));
    this.loader = loader;
    this.weaver = weaver;
    this.userCode = userCode;
    this.entry = entry;
  }

  /// Given once, before the first snippet: it needs the JShell that this control is part of.
  void sourceMap(SourceMap map) {
    sourceMap = map;
  }

  /// Given once: what shows everything again when the compiler gives way to user code.
  void internals(Internals inside) {
    internals = inside;
  }

  /// Given once: what is told when the compiler gives way to user code.
  void compileTime(CompileTime time) {
    compileTime = time;
  }

  /// A cell is left behind: what its thread does from now on is none of the session's work.
  void leaveBehind(Origin cell) {
    CompileTime time = compileTime;
    if (time != null) time.forget(cell);
  }

  /// Where the next snippet's result goes.
  void expect(Result next) {
    result = next;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    for (ClassBytecodes each : classes) loader.declare(each.name(), each.bytecodes());
    SourceMap map = sourceMap;
    if (map != null) {
      for (ClassBytecodes each : classes) {
        loader.declare(each.name(), weaver.weave(each.bytecodes(), map.place(each.name())));
      }
    }
    super.load(classes);
    for (ClassBytecodes each : classes) remember(each.name());
  }

  private void remember(String className) {
    try {
      Class<?> type = findClass(className);
      for (Field field : type.getDeclaredFields()) {
        if (isVariable(field)) owners.put(field.getName(), type);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      owners.values().removeIf(type -> type.getName().equals(className));
    }
  }

  @Override
  public String invoke(String className, String methodName)
      throws RunException, InternalException, EngineTerminationException {
    Method method = doIt(className, methodName);
    Result expected = result;
    expected.ran = true;
    expected.type = method.getDeclaringClass();
    CompileTime time = compileTime;
    if (time != null) time.pause();
    Internals inside = internals;
    if (inside != null) inside.widen();
    entry.unlock();
    userCode.enter();
    try {
      expected.value = method.invoke(null);
    } catch (InvocationTargetException e) {
      expected.error = e.getCause();
    } catch (IllegalAccessException e) {
      throw new InternalException(e.toString());
    } finally {
      userCode.leave();
      if (time != null) time.resume();
      entry.lock();
    }
    if (expected.error instanceof SPIResolutionException unresolved) {
      throw new ResolutionException(unresolved.id(), unresolved.getStackTrace());
    }
    // JShell gets neither value nor exception: it would turn both into text.
    return "";
  }

  private static boolean isVariable(Field field) {
    return Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith(TEMPORARY);
  }

  private Method doIt(String className, String methodName) throws InternalException {
    try {
      Method method = findClass(className).getDeclaredMethod(methodName);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new InternalException(e.toString());
    }
  }

  /// The newest loaded class that holds a variable. Held entry only.
  @Nullable Class<?> owner(String variable) {
    return owners.get(variable);
  }

  /// The static field of a loaded snippet class.
  ///
  /// @return null if there is none of that name
  static @Nullable Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      return null;
    }
  }
}
