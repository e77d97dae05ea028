package dev.brigade.session.weave;

import dev.brigade.async.WovenClock;
import dev.brigade.async.WovenJobs;
import dev.brigade.async.WovenWaits;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Links the calls that an [Around] line stands for: the call itself, as a method handle, between
/// what comes before and after. Linked once for each call in the code, when it is first reached;
/// its frames show in no stack.
public final class CallSites {
  private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

  /// Links a woven instruction.
  ///
  /// @param type the receiver, if there is one, and the parameters
  /// @param original the call as written
  /// @param what the call's name in the log
  /// @param kind the name of an [Around.Kind]
  /// @param receiver 1 for a call on an object, 0 for a static one
  public static CallSite bootstrap(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      MethodHandle original,
      String what,
      String kind,
      int receiver)
      throws ReflectiveOperationException {
    MethodHandle call = original.asFixedArity().asType(type);
    Around.Kind around = Around.Kind.valueOf(kind);
    if (around == Around.Kind.CLOCK) return new ConstantCallSite(reading(type));
    if (around.handsOver()) call = handingOver(call, what, receiver == 1);
    if (around.waits()) call = waiting(StoppableWaits.of(call, what), what);
    return new ConstantCallSite(MonitorNotes.isWait(what) ? noted(call) : call);
  }

  /// `waits(on); try { call } finally { left }`.
  private static MethodHandle noted(MethodHandle call) throws ReflectiveOperationException {
    MethodType type = call.type();
    MethodType note = MethodType.methodType(void.class, Object.class);
    MethodHandle waits = OWN.findStatic(MonitorNotes.class, "waits", note);
    MethodHandle left =
        OWN.findStatic(MonitorNotes.class, "left", MethodType.methodType(void.class));
    Class<?> result = type.returnType();
    MethodHandle end =
        result == void.class
            ? MethodHandles.dropArguments(left, 0, Throwable.class)
            : MethodHandles.foldArguments(
                MethodHandles.dropArguments(MethodHandles.identity(result), 0, Throwable.class),
                left);
    return MethodHandles.foldArguments(
        MethodHandles.tryFinally(call, end),
        waits.asType(note.changeParameterType(0, type.parameterType(0))));
  }

  /// `now()` as `now(clock)`.
  private static MethodHandle reading(MethodType type) throws ReflectiveOperationException {
    Class<?> read = type.returnType();
    MethodHandle now =
        MethodHandles.publicLookup()
            .findStatic(read, "now", MethodType.methodType(read, Clock.class));
    MethodHandle clock =
        OWN.findStatic(WovenClock.class, "clock", type.changeReturnType(Clock.class));
    return MethodHandles.collectArguments(now, 0, clock);
  }

  /// `begin(on); try { call } finally { end }`.
  private static MethodHandle waiting(MethodHandle call, String what)
      throws ReflectiveOperationException {
    MethodType type = call.type();
    MethodHandle begin =
        MethodHandles.insertArguments(
            OWN.findStatic(
                WovenWaits.class,
                isTimed(type) ? "begin" : "beginEndless",
                MethodType.methodType(Object.class, Object.class, String.class)),
            1,
            what);
    boolean hasObject = type.parameterCount() > 0 && !type.parameterType(0).isPrimitive();
    begin =
        hasObject
            ? begin.asType(MethodType.methodType(Object.class, type.parameterType(0)))
            : MethodHandles.insertArguments(begin, 0, (@Nullable Object) null);
    MethodHandle end =
        OWN.findStatic(WovenWaits.class, "end", MethodType.methodType(void.class, Object.class));
    MethodHandle body = MethodHandles.dropArguments(call, 0, Object.class);
    MethodHandle guarded = MethodHandles.tryFinally(body, cleanup(type.returnType(), end));
    return MethodHandles.foldArguments(guarded, begin);
  }

  private static boolean isTimed(MethodType type) {
    return type.parameterList().contains(TimeUnit.class)
        || type.parameterList().contains(Duration.class)
        || type.parameterList().contains(long.class);
  }

  /// `end` in the shape that `tryFinally` wants: after the error, and the result if there is one,
  /// which is given on.
  private static MethodHandle cleanup(Class<?> result, MethodHandle end) {
    if (result == void.class) return MethodHandles.dropArguments(end, 0, Throwable.class);
    MethodHandle same =
        MethodHandles.dropArguments(MethodHandles.identity(result), 0, Throwable.class);
    return MethodHandles.foldArguments(MethodHandles.dropArguments(same, 2, Object.class), 2, end);
  }

  /// Each argument that is work inherits the caller's origin.
  private static MethodHandle handingOver(MethodHandle call, String what, boolean receiver)
      throws ReflectiveOperationException {
    MethodType type = call.type();
    MethodHandle result = call;
    for (int i = 0; i < type.parameterCount(); i++) {
      if (i == 0 && receiver) continue;
      Class<?> work = WovenJobs.kindOf(type.parameterType(i));
      if (work == null) continue;
      MethodHandle inherit =
          OWN.findStatic(
              WovenJobs.class, "inherit", MethodType.methodType(work, Object.class, work));
      result = applied(result, i, executor(type, receiver), what, inherit);
    }
    return result;
  }

  /// Which parameter says who will run the work; -1 for none.
  private static int executor(MethodType type, boolean receiver) {
    if (receiver
        && (Executor.class.isAssignableFrom(type.parameterType(0))
            || CompletionService.class.isAssignableFrom(type.parameterType(0)))) {
      return 0;
    }
    int last = type.parameterCount() - 1;
    return last >= 0 && type.parameterType(last) == Executor.class ? last : -1;
  }

  private static MethodHandle applied(
      MethodHandle call, int at, int executor, String what, MethodHandle of) {
    MethodType type = call.type();
    Class<?> given = type.parameterType(at);
    if (executor < 0) {
      MethodHandle filter = MethodHandles.insertArguments(of, 0, what);
      return MethodHandles.filterArguments(
          call, at, filter.asType(MethodType.methodType(given, given)));
    }
    MethodHandle filter =
        of.asType(MethodType.methodType(given, type.parameterType(executor), given));
    int[] order =
        IntStream.concat(
                IntStream.concat(IntStream.range(0, at), IntStream.of(executor)),
                IntStream.range(at, type.parameterCount()))
            .toArray();
    return MethodHandles.permuteArguments(
        MethodHandles.collectArguments(call, at, filter), type, order);
  }

  private CallSites() {}
}
