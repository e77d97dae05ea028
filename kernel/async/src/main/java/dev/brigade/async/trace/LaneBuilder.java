package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Mark;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.Sign;
import dev.brigade.async.trace.Timeline.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A lane in the making: one state at a time, each from where the one before ended.
final class LaneBuilder {
  private final Kind kind;
  private final long number;
  private final int place;
  private final long from;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Long> moments = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private String name;
  private @Nullable String origin;
  private long since;
  private State state;
  private @Nullable String what;
  private boolean ended;
  // What it does inside of what, the innermost last.
  private final ArrayDeque<Doing> doing = new ArrayDeque<>();
  private State rest = State.IDLE;

  private record Doing(String key, State state, @Nullable String what) {}

  LaneBuilder(Kind kind, long number, int place, String name, long from, State state) {
    this.kind = kind;
    this.number = number;
    this.place = place;
    this.name = name;
    this.from = from;
    this.since = from;
    this.state = state;
  }

  Kind kind() {
    return kind;
  }

  long number() {
    return number;
  }

  int place() {
    return place;
  }

  String name() {
    return name;
  }

  void called(String other) {
    name = other;
  }

  void of(@Nullable String cell) {
    if (origin == null) origin = cell;
  }

  /// Since when it is in its state.
  long since() {
    return since;
  }

  State state() {
    return state;
  }

  @Nullable String what() {
    return what;
  }

  boolean hasEnded() {
    return ended;
  }

  /// From a time on it is in another state. A time before the last one counts as that one: threads
  /// read the clock a moment before they write.
  void become(long at, State next, @Nullable String nextWhat) {
    if (ended) return;
    if (next == state && Objects.equals(what, nextWhat)) return;
    close(at);
    state = next;
    what = nextWhat;
  }

  /// What it does when it does nothing that has a beginning and an end.
  void rests(State state) {
    rest = state;
  }

  /// Does something from now on, inside of what it does already.
  void begin(long at, String key, State next, @Nullable String nextWhat) {
    doing.addLast(new Doing(key, next, nextWhat));
    become(at, next, nextWhat);
  }

  /// Ends what it has begun, and goes back to what it did before.
  void finish(long at, String key) {
    doing.removeIf(each -> each.key.equals(key));
    Doing before = doing.peekLast();
    become(at, before == null ? rest : before.state, before == null ? null : before.what);
  }

  /// Whether it has begun something and not ended it.
  boolean does(String key) {
    return doing.stream().anyMatch(each -> each.key.equals(key));
  }

  /// What it waits for is known better now.
  void waitsFor(String better) {
    what = better;
  }

  /// The time before, since a moment, was another state than it seemed.
  void recast(long begin, long at, State other, @Nullable String otherWhat) {
    State now = state;
    @Nullable String nowWhat = what;
    become(Math.max(begin, since), other, otherWhat);
    become(at, now, nowWhat);
  }

  void mark(long at, Sign sign, String text) {
    marks.add(new Mark(at, sign, text));
  }

  void end(long at) {
    close(at);
    ended = true;
  }

  private void close(long at) {
    long to = Math.max(at, since);
    if (to > since) segments.add(new Segment(since, to, state, what));
    else if (state == State.RUNNING && !ranAt(to)) moments.add(to);
    since = to;
  }

  private boolean ranAt(long at) {
    return !moments.isEmpty() && moments.getLast() == at;
  }

  Lane lane(long end) {
    if (!ended) close(end);
    return new Lane(kind, number, name, origin, from, since, segments, moments, marks);
  }
}
