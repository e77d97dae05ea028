package dev.brigade.async;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What code can leave behind on a thread: thread-locals, and another context class loader.
///
/// The fields of [Thread] that hold the thread-locals are not public; they are read where
/// [SchedulerCarrier] has the key already.
///
/// @param loader the context class loader
/// @param inherited how many inheritable thread-locals the thread has, or -1 where unknown
record ThreadTraces(@Nullable ClassLoader loader, int inherited) {
  private static final @Nullable Fields FIELDS = Fields.open();

  /// What is on the calling thread now.
  static ThreadTraces here() {
    Thread thread = Thread.currentThread();
    return new ThreadTraces(
        thread.getContextClassLoader(), FIELDS == null ? -1 : FIELDS.inherited(thread));
  }

  /// Whether the calling thread is as it was then: no thread-local was set since.
  boolean areAll() {
    if (FIELDS == null) return false;
    Thread thread = Thread.currentThread();
    return FIELDS.locals.get(thread) == null
        && FIELDS.inherited(thread) == inherited
        && thread.getContextClassLoader() == loader;
  }

  private record Fields(VarHandle locals, VarHandle inheritables, VarHandle size) {
    /// Null where this JVM does not allow it.
    static @Nullable Fields open() {
      try {
        var thread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        Class<?> mapType = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
        var map = MethodHandles.privateLookupIn(mapType, MethodHandles.lookup());
        return new Fields(
            thread.findVarHandle(Thread.class, "threadLocals", mapType),
            thread.findVarHandle(Thread.class, "inheritableThreadLocals", mapType),
            map.findVarHandle(mapType, "size", int.class));
      } catch (ReflectiveOperationException | RuntimeException _) {
        return null;
      }
    }

    int inherited(Thread thread) {
      Object map = inheritables.get(thread);
      return map == null ? 0 : (int) size.get(map);
    }
  }
}
