package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Task;
import dev.brigade.session.observe.Doctor;
import dev.brigade.session.observe.LockTable;
import dev.brigade.session.observe.Moment;
import dev.brigade.session.observe.Observer;
import dev.brigade.session.observe.TaskTable;
import dev.brigade.session.observe.TaskTree;
import dev.brigade.session.observe.ThreadTable;
import dev.brigade.session.observe.TopFrame;
import dev.brigade.session.spi.Magic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The magics that only look at what runs, waits and holds what. They are answered at once, in any
/// thread, while a cell runs or is stuck.
final class LookMagics {
  /// Between the two looks that show whether the loop turns.
  private static final long BETWEEN = 30_000_000;

  private final EventLoop loop;
  private final Observer observer;
  private final Supplier<@Nullable Task<?>> running;

  /// @param running the main task of the cell that runs
  LookMagics(EventLoop loop, Observer observer, Supplier<@Nullable Task<?>> running) {
    this.loop = loop;
    this.observer = observer;
    this.running = running;
  }

  List<Magic> all() {
    return List.of(
        look("tasks", "%tasks: what is running, its state, and where it was made", TaskTable::of),
        OwnMagic.observing(
            "pstree",
            "%pstree: the tasks as a tree by who awaits whom; %pstree made: by who made whom",
            this::tree),
        OwnMagic.observing(
            "threads",
            "%threads: threads and processes that work for cells",
            call -> call.print(ThreadTable.of(observer.look()))),
        look("locks", "%locks: what is held and waited for, and by whom", LockTable::of),
        OwnMagic.observing(
            "why", "%why: why the program does not go on, in plain words", this::why),
        OwnMagic.observing(
            "top",
            "%top: the tasks that use the loop most, first; %top 10: again and again for 10"
                + " seconds",
            this::top),
        OwnMagic.observing("cancel", "%cancel ID: asks a task to stop", this::cancel));
  }

  private Magic look(String name, String summary, Function<Moment, String> text) {
    return OwnMagic.observing(name, summary, call -> call.print(everywhere(text)));
  }

  /// What is to be said of the session's loop, then of those that cells run beside it.
  private String everywhere(Function<Moment, String> text) {
    var all = new StringBuilder(text.apply(observer.look()));
    for (EventLoop other : observer.others()) {
      all.append("\n").append(other.name()).append(", a loop of its own:\n");
      all.append(text.apply(observer.look(other)));
    }
    return all.toString();
  }

  private void tree(Magic.Call call) {
    TaskTree.By by =
        switch (call.arguments().strip()) {
          case "" -> TaskTree.By.AWAITED;
          case "made" -> TaskTree.By.MADE;
          default ->
              throw CellFailure.of(
                  "WrongArgument",
                  "%pstree takes nothing or made, and got `" + call.arguments() + "`");
        };
    call.print(everywhere(moment -> TaskTree.of(moment, by)));
  }

  private void top(Magic.Call call) {
    String seconds = call.arguments().strip();
    if (seconds.isEmpty()) {
      call.print(everywhere(moment -> TopFrame.of(moment, null, 0)));
      return;
    }
    if (!seconds.matches("\\d{1,3}")) {
      throw CellFailure.of(
          "WrongArgument",
          "%top takes for how many seconds it is drawn again, up to 999, and got `"
              + seconds
              + "`: %top 10");
    }
    call.live(new TopFrames(observer), Integer.parseInt(seconds));
  }

  /// One frame after the other, each with the shares of the time since the one before.
  private static final class TopFrames implements Supplier<String> {
    private final Observer observer;
    private @Nullable Moment before;
    private long at;

    TopFrames(Observer observer) {
      this.observer = observer;
    }

    @Override
    public String get() {
      Moment now = observer.look();
      long time = System.nanoTime();
      String frame = TopFrame.of(now, before, (time - at) / 1e9);
      before = now;
      at = time;
      return frame;
    }
  }

  private void why(Magic.Call call) {
    List<EventLoop> others = observer.others();
    Moment before = observer.look();
    List<Moment> othersBefore = others.stream().map(observer::look).toList();
    Task<?> holder = loop.holder();
    // A cell that asks has the loop itself: it would only keep the others waiting.
    if (holder == null || !holder.isCurrent()) LockSupport.parkNanos(BETWEEN);
    var text = new StringBuilder(Doctor.why(observer.look(), before, running.get()));
    for (int i = 0; i < others.size(); i++) {
      EventLoop other = others.get(i);
      text.append("\n").append(other.name()).append(", a loop of its own:\n");
      text.append(Doctor.why(observer.look(other), othersBefore.get(i), first(other)));
    }
    call.print(text.toString());
  }

  private void cancel(Magic.Call call) {
    String id = call.arguments().strip();
    for (Task<?> task : everyTask()) {
      if (String.valueOf(task.id()).equals(id) || task.name().equals(id)) {
        task.cancelThreadsafe();
        call.print(
            task.name()
                + " is asked to stop"
                + (task.loop().holder() == task && !task.isCurrent()
                    ? ", and hears of it at its next await: while it has the loop only an interrupt"
                        + " stops it\n"
                    : "\n"));
        return;
      }
    }
    throw CellFailure.of(
        "NoSuchTask",
        id.isEmpty()
            ? "%cancel needs the id of a task: %tasks lists them"
            : "no running task has the id or name " + id + ": %tasks lists them");
  }

  private List<Task<?>> everyTask() {
    var tasks = new ArrayList<Task<?>>(loop.tasks());
    for (EventLoop other : observer.others()) tasks.addAll(other.tasks());
    return tasks;
  }

  private static @Nullable Task<?> first(EventLoop loop) {
    List<Task<?>> tasks = loop.tasks();
    return tasks.isEmpty() ? null : tasks.getFirst();
  }
}
