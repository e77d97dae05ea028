package dev.brigade.async.trace;

import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The figures of a [Trace]. Times are in nanoseconds of the loop's clock.
///
/// @param elapsed from beginning to end, without the compiler's part
/// @param tasks how many tasks were made
/// @param jobs how many jobs began in pools of threads and processes
/// @param threads how many threads were started one by one
/// @param order the names of those tasks that ended, in the order in which they did
/// @param work what all would have taken one after another: the time that code ran, and the time
///     that was spent asleep or waiting for the world outside, but not waiting for each other
/// @param waited how long the tasks and the threads waited, together
/// @param peak how many of the tasks, or of the jobs and threads, were under way at once, at most
/// @param longestHold the longest time a task held the loop in one turn
/// @param holder the task that did, or null
/// @param where what the time of the tasks and threads went to, by kind: `running`, `ready`,
///     `sleep`, ...
public record TraceSummary(
    long elapsed,
    int tasks,
    int jobs,
    int threads,
    List<String> order,
    long work,
    long waited,
    int peak,
    long longestHold,
    @Nullable String holder,
    Map<String, Long> where) {
  private static final int NAMED = 12;

  public TraceSummary {
    order = List.copyOf(order);
    where = Collections.unmodifiableMap(new TreeMap<>(where));
  }

  static TraceSummary of(Trace trace) {
    return new Counter(trace).count();
  }

  /// How many times as fast it was as one after another.
  public double speedUp() {
    return elapsed == 0 ? 1 : (double) work / elapsed;
  }

  /// One line for every cell: how many tasks, in which order they ended, how long it took.
  public String line() {
    String ended =
        order.isEmpty()
            ? "none ended yet"
            : "ended: "
                + String.join(", ", order.subList(0, Math.min(NAMED, order.size())))
                + (order.size() > NAMED ? " and " + (order.size() - NAMED) + " more" : "");
    return made()
        + (tasks == 0 ? "" : ", " + ended)
        + "; %s elapsed, %s waited together".formatted(seconds(elapsed), seconds(waited))
        + atOnce();
  }

  /// Nothing where no task, job or thread was there: the code itself ran all the same.
  private String atOnce() {
    return peak == 0 ? "" : ", at most %d at once".formatted(peak);
  }

  private String made() {
    var parts = new ArrayList<String>();
    if (tasks > 0 || jobs + threads == 0) parts.add(count(tasks, "task"));
    if (jobs > 0) parts.add(count(jobs, "job"));
    if (threads > 0) parts.add(count(threads, "thread"));
    String last = parts.removeLast();
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  /// What stands below a timeline.
  public String text() {
    var text = new StringBuilder("%s elapsed".formatted(seconds(elapsed)));
    text.append(", %s of work".formatted(seconds(work)));
    text.append(String.format(Locale.ROOT, " (%.1f times as much)", speedUp()));
    text.append(atOnce());
    if (holder != null) {
      text.append(", longest hold of the loop %s (%s)".formatted(seconds(longestHold), holder));
    }
    var parts = new ArrayList<String>();
    where.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> parts.add(entry.getKey() + " " + seconds(entry.getValue())));
    if (!parts.isEmpty()) text.append("\n" + whose() + " time: ").append(String.join(", ", parts));
    return text.toString();
  }

  private String whose() {
    if (threads == 0) return "the tasks'";
    return tasks == 0 ? "the threads'" : "the tasks' and threads'";
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /// A time for people.
  public static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }

  private static final class Counter {
    private final Trace trace;
    private final Timeline timeline;
    private final Map<String, Long> where = new TreeMap<>();
    private final Set<Long> mine = new HashSet<>();
    private final Set<String> started = new HashSet<>();
    private final Set<Long> jobs = new HashSet<>();
    private int threads;
    private long work;
    private long waited;
    private long longest;
    private @Nullable String holder;

    Counter(Trace trace) {
      this.trace = trace;
      this.timeline = trace.timeline();
      for (Lane lane : timeline.lanes()) if (isMine(lane)) mine.add(lane.number());
      for (TraceEvent event : trace.events()) {
        if (event instanceof TraceEvent.JobStarted job) jobs.add(job.job());
        if (event instanceof TraceEvent.ThreadStarted thread) {
          started.add(thread.name());
          threads++;
        }
      }
    }

    TraceSummary count() {
      Lane loop = timeline.lanes().getFirst();
      for (Lane lane : timeline.lanes()) {
        switch (lane.kind()) {
          case LOOP -> {}
          case TASK -> task(lane);
          case THREAD, PROCESS -> thread(lane);
        }
      }
      long elapsed = timeline.nanos() - loop.nanos(State.COMPILING);
      return new TraceSummary(
          elapsed,
          mine.size(),
          jobs.size(),
          threads,
          order(),
          work,
          waited,
          peak(),
          longest,
          holder,
          where);
    }

    private List<String> order() {
      var order = new ArrayList<String>();
      for (TraceEvent event : trace.events()) {
        if (event instanceof TraceEvent.TaskEnded end && mine.contains(end.task())) {
          String how =
              switch (end.end()) {
                case FINISHED -> "";
                case FAILED -> " (failed)";
                case CANCELLED -> " (cancelled)";
              };
          order.add(trace.name(end.task()) + how);
        }
      }
      return order;
    }

    /// Made in the traced code, and not the cell itself.
    private boolean isMine(Lane lane) {
      return lane.kind() == Kind.TASK
          && trace.made(lane.number())
          && (lane.origin() == null || lane.origin().equals(trace.label()))
          && !isCell(lane);
    }

    private boolean isCell(Lane lane) {
      return lane.name().equals(trace.label());
    }

    private void task(Lane lane) {
      long hold = 0;
      for (Segment segment : lane.segments()) {
        long nanos = segment.nanos();
        boolean holds = segment.state() == State.RUNNING || segment.state() == State.BLOCKED;
        hold = holds ? hold + nanos : 0;
        if (hold > longest) {
          longest = hold;
          holder = lane.name();
        }
        if (segment.state() == State.RUNNING) work += nanos;
        boolean waits = segment.state() == State.WAITING;
        boolean isMine = mine.contains(lane.number());
        boolean counts = segment.state() == State.BLOCKED || (waits && (isMine || isCell(lane)));
        if (counts && isOutside(segment.what())) work += nanos;
        if (!isMine) continue;
        where.merge(kind(segment), nanos, Long::sum);
        if (waits) waited += nanos;
      }
    }

    /// Who hands a job over waits for it; who starts a thread does not.
    private void thread(Lane lane) {
      boolean alone = lane.kind() == Kind.THREAD && started.contains(lane.name());
      for (Segment segment : lane.segments()) {
        long nanos = segment.nanos();
        boolean waits = segment.state() == State.WAITING;
        if (segment.state() == State.RUNNING || (waits && isOutside(segment.what()))) {
          work += nanos;
        }
        if (!alone) continue;
        where.merge(kind(segment), nanos, Long::sum);
        if (waits) waited += nanos;
      }
    }

    private static String kind(Segment segment) {
      String what = segment.what();
      if (segment.state() != State.WAITING || what == null) return segment.state().words();
      int end = what.indexOf(' ');
      return end < 0 ? what : what.substring(0, end);
    }

    /// Waiting that is no waiting for other tasks, threads or jobs, which count themselves.
    private static boolean isOutside(@Nullable String what) {
      return what != null && (OUTSIDE.contains(what) || OUTSIDE_CALL.matcher(what).lookingAt());
    }

    private static final List<String> OUTSIDE =
        List.of("sleep", "read", "drain", "readable", "writable", "connect", "accept");

    private static final Pattern OUTSIDE_CALL =
        Pattern.compile(
            "((Thread|TimeUnit)\\.sleep|LockSupport\\.park(Nanos|Until)|Process\\.|HttpClient\\."
                + "|\\w*(Stream|Reader|Writer|Channel|Socket|File|Files|Selector)\\."
                + "|(InetAddress|URL|URLConnection)\\.)");

    private int peak() {
      var tasks = new Level();
      var work = new Level();
      for (TraceEvent event : trace.events()) {
        if (event instanceof TraceEvent.TaskCreated e && mine.contains(e.task())) {
          tasks.up(e.task());
        }
        if (event instanceof TraceEvent.TaskEnded e) tasks.down(e.task());
        if (event instanceof TraceEvent.JobStarted e) work.up(e.job());
        if (event instanceof TraceEvent.JobEnded e) work.down(e.job());
        if (event instanceof TraceEvent.ThreadStarted e) work.up(e.name());
        if (event instanceof TraceEvent.ThreadEnded e) work.down(e.at().thread());
      }
      return Math.max(tasks.most, work.most);
    }

    /// What is under way.
    private static final class Level {
      private final Set<Object> now = new HashSet<>();
      private int most;

      void up(Object one) {
        now.add(one);
        most = Math.max(most, now.size());
      }

      void down(Object one) {
        now.remove(one);
      }
    }
  }
}
