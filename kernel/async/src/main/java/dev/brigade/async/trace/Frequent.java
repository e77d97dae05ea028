package dev.brigade.async.trace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The events that a program makes by the thousand. A log keeps them flat, as two numbers and up to
/// three texts, and makes the record when somebody reads it: a record for each, kept, would be
/// copied by the garbage collector again and again, which costs more than all the rest of the log.
///
/// The parts are those of the record of the same name, in its order.
public enum Frequent {
  TASK_CREATED(3),
  STEP_BEGAN(0),
  STEP_ENDED(0),
  AWAITS(2),
  WOKEN(0),
  /// Of a task that gave a result: other ends are rare.
  TASK_FINISHED(0),
  TIMER_SET(0),
  TIMER_FIRED(0),
  /// A thread that fights for a lock waits as often as it takes it.
  THREAD_WAITS(3),
  THREAD_WAITED(0);

  private final int texts;

  Frequent(int texts) {
    this.texts = texts;
  }

  /// How many texts one has.
  int texts() {
    return texts;
  }

  TraceEvent build(
      Stamp at, long a, long b, @Nullable String x, @Nullable String y, @Nullable String z) {
    return switch (this) {
      case TASK_CREATED -> new TraceEvent.TaskCreated(at, a, b, present(x), present(y), z);
      case STEP_BEGAN -> new TraceEvent.StepBegan(at, a);
      case STEP_ENDED -> new TraceEvent.StepEnded(at, a);
      case AWAITS -> new TraceEvent.Awaits(at, a, present(x), b, y);
      case WOKEN -> new TraceEvent.Woken(at, a, b);
      case TASK_FINISHED -> new TraceEvent.TaskEnded(at, a, TraceEvent.End.FINISHED, null);
      case TIMER_SET -> new TraceEvent.TimerSet(at, a, b);
      case TIMER_FIRED -> new TraceEvent.TimerFired(at, a, b);
      case THREAD_WAITS -> new TraceEvent.ThreadWaits(at, a, b, present(x), y, z);
      case THREAD_WAITED -> new TraceEvent.ThreadWaited(at, a, b);
    };
  }

  private static String present(@Nullable String text) {
    return Objects.requireNonNull(text);
  }
}
