package dev.brigade.async.trace;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who did what when: the lanes of a [Trace], ready to be drawn or computed with. All times are
/// nanoseconds of the loop's clock.
///
/// Only what was recorded is in it. The segments of a lane follow each other without gap or overlap
/// from its beginning to its end, so they add up to the time it was there.
///
/// @param from where the picture begins
/// @param to where it ends
/// @param lanes the loop, then the tasks in order of their creation, then threads and processes
/// @param arrows who set whom going, in order of time
public record Timeline(long from, long to, List<Lane> lanes, List<Arrow> arrows) {
  public Timeline {
    lanes = List.copyOf(lanes);
    arrows = List.copyOf(arrows);
  }

  /// How long all took.
  public long nanos() {
    return to - from;
  }

  /// The lane of a task, if it did anything.
  public Optional<Lane> task(long number) {
    return lanes.stream().filter(l -> l.kind() == Kind.TASK && l.number() == number).findFirst();
  }

  /// The first lane of a name: of a task, a thread, or the loop.
  public Optional<Lane> lane(String name) {
    return lanes.stream().filter(lane -> lane.name().equals(name)).findFirst();
  }

  /// What a lane stands for.
  public enum Kind {
    LOOP,
    TASK,
    THREAD,
    PROCESS
  }

  /// What a lane does at one time.
  public enum State {
    /// Its code runs.
    RUNNING("running"),
    /// It could run, and another has the loop.
    READY("ready"),
    /// It waits for what the segment says.
    WAITING("waiting"),
    /// It waits in a call that holds the loop, which stands still meanwhile.
    BLOCKED("blocks the loop"),
    /// The compiler works for it.
    COMPILING("compiling"),
    /// Nothing was recorded: it has nothing to do.
    IDLE("idle");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /// The state for people.
    public String words() {
      return words;
    }
  }

  /// A task, a thread, a process or the loop.
  ///
  /// @param number of the task; 0 for others
  /// @param name what it is called in pictures
  /// @param origin the cell it belongs to, or null
  /// @param from when it came to be, or the beginning of the picture
  /// @param to when it ended, or the end of the picture
  /// @param moments when it ran and no time passed, as code does under virtual time
  public record Lane(
      Kind kind,
      long number,
      String name,
      @Nullable String origin,
      long from,
      long to,
      List<Segment> segments,
      List<Long> moments,
      List<Mark> marks) {
    public Lane {
      segments = List.copyOf(segments);
      moments = List.copyOf(moments);
      marks = List.copyOf(marks);
    }

    /// How long it was in a state altogether.
    public long nanos(State state) {
      long sum = 0;
      for (Segment segment : segments) if (segment.state() == state) sum += segment.nanos();
      return sum;
    }

    /// Its state at a time, if it was there.
    public Optional<Segment> at(long time) {
      return segments.stream().filter(s -> s.from() <= time && time < s.to()).findFirst();
    }
  }

  /// A time in one state.
  ///
  /// @param what what runs, or what it waits for: `sleep`, `lock-1 (held by Task-2)`; or null
  public record Segment(long from, long to, State state, @Nullable String what) {
    public long nanos() {
      return to - from;
    }
  }

  /// Something that happened at one time.
  public record Mark(long at, Sign sign, String text) {}

  /// The kinds of mark.
  public enum Sign {
    PRINT,
    CANCEL,
    ERROR,
    DEADLOCK,
    STALL
  }

  /// One lane set another going.
  ///
  /// @param fromLane the place of the one in [Timeline#lanes]
  /// @param toLane the place of the other
  public record Arrow(long at, int fromLane, int toLane, Reason reason) {}

  /// Why one lane set another going.
  public enum Reason {
    /// It made it.
    CREATED,
    /// It ended what the other waited for.
    WOKE,
    /// It handed over a job.
    SUBMITTED,
    /// Its job is done.
    DELIVERED
  }
}
