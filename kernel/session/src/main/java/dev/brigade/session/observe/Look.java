package dev.brigade.session.observe;

import dev.brigade.async.EventLoop;
import dev.brigade.async.Origin;
import dev.brigade.async.PrimitiveView;
import dev.brigade.async.Task;
import dev.brigade.async.TaskGraph;
import dev.brigade.async.WorkerView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One look at a loop, and at threads that work for cells.
record Look(EventLoop loop, List<KnownThread> known, Places places) {
  /// All there is to see now. Leaves out the task that asks, if one does.
  Moment moment(List<WorkerView> workers) {
    var asked = new ArrayList<KnownThread>();
    Task<?> holder = loop.holder();
    if (holder != null && holder.isCurrent()) holder = null;
    boolean asksItself = holder == null && loop.holder() != null;
    Thread carrier = loop.thread();
    Thread coroutine = holder == null ? null : holder.thread();
    Thread first = coroutine == null ? carrier : coroutine;
    if (first != null) {
      Origin origin = holder == null ? null : holder.origin();
      asked.add(new KnownThread(first, KnownThread.Role.LOOP, origin));
    }
    for (KnownThread each : known) if (each.thread() != first) asked.add(each);
    List<Task<?>> tasks = loop.tasks();
    var names = new ThreadNames(asked, tasks);
    List<ThreadReader> readers =
        asked.stream().map(each -> ThreadReader.read(each.thread(), places)).toList();
    Monitors owners = Monitors.of(readers);
    var threads = new ArrayList<ThreadNow>();
    for (int i = 0; i < readers.size(); i++) {
      threads.add(thread(asked.get(i), readers.get(i), owners, names));
    }
    boolean inCallback =
        !asksItself
            && holder == null
            && first != null
            && readers.getFirst().hasFrame(EventLoop.class.getName(), "runCallback");
    if (first == null) threads.add(loopThat("has ended"));
    else if (asksItself) threads.set(0, loopThat("runs this cell"));
    else if (holder == null && !inCallback) threads.set(0, loopThat("idle"));
    LoopNow now =
        new LoopNow(
            holder,
            inCallback,
            holder == null ? 0 : loop.held(),
            loop.turns(),
            asksItself ? List.of() : loop.delayed(),
            loop.nextTimer(),
            loop.statistics());
    List<PrimitiveView> primitives = loop.primitives();
    List<TaskNow> seen = tasks(primitives, holder, threads.getFirst());
    List<LockNow> locks = locks(primitives, threads);
    for (WorkerView worker : workers) threads.add(process(worker));
    return new Moment(now, seen, threads, locks, loop.unawaited());
  }

  /// What threads do now.
  static List<ThreadNow> threads(List<KnownThread> asked, Places places, List<Task<?>> tasks) {
    var names = new ThreadNames(asked, tasks);
    List<ThreadReader> readers =
        asked.stream().map(each -> ThreadReader.read(each.thread(), places)).toList();
    Monitors owners = Monitors.of(readers);
    var threads = new ArrayList<ThreadNow>();
    for (int i = 0; i < asked.size(); i++) {
      threads.add(thread(asked.get(i), readers.get(i), owners, names));
    }
    return threads;
  }

  private ThreadNow loopThat(String does) {
    Thread thread = loop.thread();
    long id = thread == null ? 0 : thread.threadId();
    return new ThreadNow(id, loop.name(), KnownThread.Role.LOOP.text(), "", does, null, null);
  }

  private static ThreadNow thread(
      KnownThread known, ThreadReader reader, Monitors monitors, ThreadNames names) {
    ThreadWait wait = reader.waitsFor(monitors, names);
    Origin origin = known.origin();
    boolean idle = known.role() == KnownThread.Role.IDLE;
    return new ThreadNow(
        known.thread().threadId(),
        names.of(known.thread().threadId()),
        known.role().text(),
        origin == null ? "" : origin.label(),
        idle ? "waits for jobs" : reader.doing(wait),
        reader.place(),
        idle ? null : wait);
  }

  private static ThreadNow process(WorkerView worker) {
    Origin origin = worker.origin();
    String job = worker.job();
    return new ThreadNow(
        worker.pid(),
        worker.name(),
        "process " + worker.pid(),
        origin == null ? "" : origin.label(),
        job != null ? "runs " + job : worker.ready() ? "waits for jobs" : "starting",
        null,
        null);
  }

  private List<TaskNow> tasks(
      List<PrimitiveView> primitives, @Nullable Task<?> holder, ThreadNow loopThread) {
    Map<Task<?>, List<String>> held = new HashMap<>();
    for (PrimitiveView each : primitives) {
      for (Task<?> by : each.holders()) {
        held.computeIfAbsent(by, _ -> new ArrayList<>()).add(each.name());
      }
    }
    var seen = new ArrayList<TaskNow>();
    for (TaskGraph.Node node : TaskGraph.of(loop).nodes()) {
      Task<?> task = node.task();
      if (task.isDone() || task.isCurrent()) continue;
      boolean runs = task == holder;
      seen.add(
          new TaskNow(
              task,
              TaskNow.label(task),
              runs ? TaskGraph.State.RUNNING : state(node),
              runs ? loopThread.doing() : doing(node),
              task.awaitSite(),
              task.age(),
              task.ran(),
              task.steps(),
              node.awaits(),
              node.blockedBy(),
              node.awaitedBy(),
              held.getOrDefault(task, List.of())));
    }
    return seen;
  }

  private static TaskGraph.State state(TaskGraph.Node node) {
    return node.waitsFor() == null ? TaskGraph.State.READY : TaskGraph.State.WAITING;
  }

  private static String doing(TaskGraph.Node node) {
    String what = node.waitsFor();
    if (what == null) return node.task().steps() == 0 ? "ready, not begun" : "ready";
    return what.equals("sleep") ? "sleeps" : "waits for " + what;
  }

  private static List<LockNow> locks(List<PrimitiveView> primitives, List<ThreadNow> threads) {
    var locks = new LinkedHashMap<String, LockNow>();
    for (PrimitiveView each : primitives) {
      if (!each.isInUse()) continue;
      locks.put(
          each.name(),
          new LockNow(each.name(), each.kind(), labels(each.holders()), labels(each.waiting())));
    }
    for (ThreadNow thread : threads) {
      ThreadWait wait = thread.waitsFor();
      if (wait == null || wait.isJoin() || (wait.object() == null && !wait.isMonitor())) continue;
      LockNow lock = lock(thread, wait);
      locks.merge(lock.name(), lock, Look::joined);
    }
    return List.copyOf(locks.values());
  }

  private static List<String> labels(List<Task<?>> tasks) {
    return tasks.stream().map(TaskNow::label).toList();
  }

  private static LockNow lock(ThreadNow thread, ThreadWait wait) {
    String name = wait.object() == null ? "synchronized lock of " + thread.name() : wait.object();
    String kind = wait.object() == null ? "" : name.substring(0, Math.max(0, name.indexOf('@')));
    String unknown = wait.isMonitor() ? LockNow.UNKNOWN : "";
    String holder = wait.holder() == 0 ? unknown : wait.holderName();
    List<String> holders = holder.isEmpty() ? List.of() : List.of(holder);
    List<String> queue = wait.queue().isEmpty() ? List.of(thread.name()) : wait.queue();
    return new LockNow(name, kind, holders, queue);
  }

  /// Two readings of one lock: a queue that is known whole is in both.
  private static LockNow joined(LockNow one, LockNow other) {
    var waiting = new ArrayList<>(one.waiting());
    for (String each : other.waiting()) if (!waiting.contains(each)) waiting.add(each);
    return new LockNow(
        one.name(), one.kind(), one.holders().isEmpty() ? other.holders() : one.holders(), waiting);
  }
}
