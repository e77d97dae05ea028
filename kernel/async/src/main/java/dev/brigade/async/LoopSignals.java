package dev.brigade.async;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/// Signals of the operating system as callbacks of one loop. Any thread.
///
/// The JDK has them in `sun.misc.Signal` only, of the module jdk.unsupported; it is used by
/// reflection because javac warns of every mention without a way to answer.
final class LoopSignals {
  private final EventLoop loop;
  private final Map<String, Runnable> restore = new HashMap<>();

  LoopSignals(EventLoop loop) {
    this.loop = loop;
  }

  synchronized void on(String name, Runnable callback) {
    Runnable before = handle(name, () -> loop.callSoonThreadsafe(callback));
    restore.putIfAbsent(name, before);
  }

  /// @return what restores the handler before
  static Runnable handle(String name, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = type.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "handler of " + name;
                  });
      Method handle = type.getMethod("handle", type, handlerType);
      Object before = handle.invoke(null, signal, handler);
      return () -> invoke(handle, signal, before);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (!(cause instanceof IllegalArgumentException)) throw Throwing.asIs(cause);
      var error =
          new MisuseError(
              "signal "
                  + name
                  + " cannot be handled here: either this system does not know it, or the JVM uses"
                  + " it itself. Names come without SIG: INT, TERM, HUP, WINCH."
                  + "\n  wrong: loop.onSignal(\""
                  + name
                  + "\", callback)"
                  + "\n  right: loop.onSignal(\"TERM\", callback)");
      error.initCause(cause);
      throw error;
    } catch (ReflectiveOperationException e) {
      throw noSignals(e);
    }
  }

  private static void invoke(Method handle, Object signal, Object handler) {
    try {
      handle.invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw noSignals(e);
    }
  }

  private static UnsupportedOperationException noSignals(ReflectiveOperationException cause) {
    return new UnsupportedOperationException(
        "this Java has no signals: its module jdk.unsupported is missing", cause);
  }

  synchronized boolean remove(String name) {
    Runnable before = restore.remove(name);
    if (before == null) return false;
    before.run();
    return true;
  }

  synchronized void removeAll() {
    restore.values().forEach(Runnable::run);
    restore.clear();
  }
}
