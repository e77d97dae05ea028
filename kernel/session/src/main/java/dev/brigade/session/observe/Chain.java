package dev.brigade.session.observe;

import dev.brigade.async.Task;
import dev.brigade.async.TaskGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a cell waits for in the end: from task to task, down to a timer, work outside the loop, or
/// something that nobody is going to do.
final class Chain {
  private static final int SHOWN = 6;

  private final Moment moment;
  private final List<TaskNow> links = new ArrayList<>();

  Chain(Moment moment, Task<?> from) {
    this.moment = moment;
    Set<Task<?>> seen = new HashSet<>();
    TaskNow next = moment.of(from);
    while (next != null && seen.add(next.task())) {
      links.add(next);
      next = next.blockedBy().isEmpty() ? null : moment.of(next.blockedBy().getFirst());
    }
  }

  /// Whether nothing is set or on its way that could end the wait.
  boolean isHopeless() {
    if (links.isEmpty() || links.getLast().state() != TaskGraph.State.WAITING) return false;
    boolean othersMay =
        moment.tasks().stream().anyMatch(task -> task.state() != TaskGraph.State.WAITING);
    return !othersMay
        && !isTimed()
        && moment.loop().nextTimer().isEmpty()
        && moment.loop().statistics().jobsInFlight() == 0
        && workers().isEmpty();
  }

  private boolean isTimed() {
    return links.getLast().doing().equals("sleeps");
  }

  /// Threads that are at work and may wake it.
  private List<ThreadNow> workers() {
    return moment.threads().stream()
        .skip(1)
        .filter(thread -> !thread.doing().equals("waits for jobs"))
        .toList();
  }

  /// The waits, each a sentence, and how the last one ends.
  String text() {
    if (links.isEmpty()) return "The cell is about to end.";
    var text = new StringBuilder();
    for (TaskNow link : links.subList(0, Math.min(SHOWN, links.size()))) {
      String at = TaskTable.place(link, moment);
      text.append(link.label()).append(' ').append(link.doing());
      text.append(at.isEmpty() ? "" : " at " + at).append(". ");
    }
    if (links.size() > SHOWN) text.append("... ");
    return text.append(end(links.getLast())).toString();
  }

  private String end(TaskNow last) {
    if (last.state() == TaskGraph.State.READY) return "Its turn comes next.";
    if (last.state() == TaskGraph.State.RUNNING) return "It has its turn now.";
    if (isHopeless()) {
      return "No timer is set, no job is on its way, and no other task can run: nobody will end"
          + " this wait. Somebody must set, put, release or signal what it waits for.";
    }
    var open = new ArrayList<String>();
    double timer = moment.loop().nextTimer().orElse(-1);
    if (timer >= 0) open.add("the next timer is due in " + TextTable.seconds(timer));
    List<ThreadNow> workers = workers();
    int jobs = moment.loop().statistics().jobsInFlight();
    if (!workers.isEmpty()) open.add(Doctor.few(workers.stream().map(Chain::work).toList()));
    else if (jobs > 0) open.add(TextTable.count(jobs, "job") + " on the way outside the loop");
    if (open.isEmpty()) return "Another task must act first.";
    return "What may end it: " + String.join("; ", open) + ".";
  }

  private static String work(ThreadNow thread) {
    return thread.name()
        + " "
        + thread.doing()
        + (thread.place() == null ? "" : " at " + thread.place());
  }
}
