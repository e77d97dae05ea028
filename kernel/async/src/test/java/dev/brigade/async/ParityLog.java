package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The log of one program: who did what, and a line `@n` where the time changes.
final class ParityLog {
  static final long TICK_NANOS = 125_000_000;

  /// What a program throws by itself.
  static final class Err extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Err(String number) {
      super(number);
    }
  }

  private final List<String> lines = new ArrayList<>();
  private long last = -1;
  private boolean over;

  void add(String who, String what) {
    if (over) return;
    long now = Async.eventLoop().nanos();
    if (now != last) lines.add("@" + now / TICK_NANOS);
    last = now;
    lines.add(who + " " + what);
  }

  void end() {
    over = true;
  }

  List<String> lines() {
    return lines;
  }

  static String kind(Throwable e) {
    return switch (e) {
      case CancelledError _ -> "C";
      case TimeoutError _ -> "T";
      case Err err -> "E" + err.getMessage();
      case QueueEmpty _ -> "Qe";
      case QueueFull _ -> "Qf";
      case InvalidStateError _ -> "I";
      case BrokenBarrierError _ -> "B";
      case ExceptionGroup group ->
          group.exceptions().stream()
              .map(ParityLog::kind)
              .collect(Collectors.joining(",", "G[", "]"));
      case MisuseError _ -> "M";
      case Throwable other -> other.toString();
    };
  }

  /// With the message of a cancellation: where it arrives.
  static String told(Throwable e) {
    String message = e.getMessage();
    boolean ours = e instanceof CancelledError && message != null && message.startsWith("m");
    return ours ? "C" + message : kind(e);
  }

  static String show(Object value) {
    return switch (value) {
      case null -> "-";
      case Held _ -> "-";
      case List<?> list ->
          list.stream().map(ParityLog::show).collect(Collectors.joining(",", "[", "]"));
      case Settled.Succeeded<?>(var result) -> show(result);
      case Settled.Failed<?>(var error) -> kind(error);
      case Settled.Cancelled<?>(var error) -> kind(error);
      case Object other -> other.toString();
    };
  }

  static String state(Promise<?> promise) {
    if (!promise.isDone()) return "pending";
    if (promise.isCancelled()) return "cancelled";
    Throwable error = promise.error();
    return error == null ? show(promise.result()) : "!" + kind(error);
  }
}
