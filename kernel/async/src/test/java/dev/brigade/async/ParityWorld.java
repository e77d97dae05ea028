package dev.brigade.async;

import static dev.brigade.async.Async.*;

import dev.brigade.async.ParityCorpus.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// What the tasks of one program share, and the operations that do not wait: they may stand in
/// callbacks too.
final class ParityWorld {
  /// The level of what no task stands behind.
  static final int FREE = 1000;

  /// What a program has put aside under a name.
  ///
  /// @param level a task awaits only what is of higher level, so that none waits for itself
  /// @param depth how many gathers are inside each other
  record Register(Promise<Object> promise, int level, int depth) {}

  final ParityLog log;
  final List<AsyncLock> locks = new ArrayList<>();
  final List<AsyncSemaphore> semaphores = new ArrayList<>();
  final List<AsyncEvent> events = new ArrayList<>();
  final List<AsyncCondition> conditions = new ArrayList<>();
  final List<AsyncQueue<Integer>> queues = new ArrayList<>();
  final List<AsyncBarrier> barriers = new ArrayList<>();
  final Map<String, Register> registers = new HashMap<>();
  private final Map<String, TimerHandle> timers = new HashMap<>();
  private final IntFunction<Coroutine<Object>> bodies;
  int stock;

  ParityWorld(List<Tree> resources, ParityLog log, IntFunction<Coroutine<Object>> bodies) {
    this.log = log;
    this.bodies = bodies;
    for (Tree resource : resources) {
      List<Tree> parts = resource.parts();
      for (Tree n : parts.subList(1, parts.size())) add(parts.getFirst().word(), n.number());
    }
  }

  private void add(String kind, int n) {
    switch (kind) {
      case "lock" -> locks.add(new AsyncLock());
      case "sem" -> semaphores.add(new AsyncSemaphore(n));
      case "bsem" -> semaphores.add(new AsyncBoundedSemaphore(n));
      case "event" -> events.add(new AsyncEvent());
      case "cond" -> conditions.add(new AsyncCondition());
      case "queue" -> queues.add(new AsyncQueue<>(n));
      case "lifo" -> queues.add(new AsyncLifoQueue<>(n));
      case "prio" -> queues.add(new AsyncPriorityQueue<>(n));
      case "barrier" -> barriers.add(new AsyncBarrier(n));
      default -> throw new IllegalArgumentException(kind);
    }
  }

  void sync(String who, List<Tree> statement) {
    try {
      log.add(who, act(who, statement));
    } catch (AsyncError | ParityLog.Err e) {
      log.add(who, statement.getFirst().word() + " !" + ParityLog.kind(e));
    }
  }

  private String act(String who, List<Tree> s) {
    String op = s.getFirst().word();
    return switch (op) {
      case "spawn" -> {
        int index = s.get(2).number();
        put(s.get(1), eventLoop().createTask(bodies.apply(index)), index, 0);
        yield "spawn " + s.get(1).word();
      }
      case "future" -> {
        put(s.get(1), eventLoop().createPromise(), FREE, 0);
        yield "future " + s.get(1).word();
      }
      case "gather" -> gather(s);
      case "shield" -> shield(s);
      case "cancel" -> cancel(s);
      case "setres", "seterr" -> settle(op, s);
      case "done" -> {
        Register register = get(s.get(1));
        if (register == null) yield "done skipped";
        yield "done " + s.get(1).word() + " " + ParityLog.state(register.promise);
      }
      case "callback", "soon", "later", "timer" -> callback(who, op, s);
      case "untimer" -> {
        TimerHandle timer = timers.get(s.get(1).word());
        if (timer == null) yield "untimer skipped";
        timer.cancel();
        yield "untimer " + s.get(1).word();
      }
      case "getnow" -> "getnow " + s.get(1).word() + " " + queue(s).getNowait();
      case "look" -> "look " + look();
      default -> {
        change(op, s);
        yield s.stream().map(Tree::word).collect(Collectors.joining(" "));
      }
    };
  }

  private String shield(List<Tree> s) {
    Register inner = get(s.get(2));
    if (inner == null) return "shield skipped";
    put(s.get(1), Async.shield(inner.promise), inner.level, inner.depth);
    return "shield " + s.get(1).word();
  }

  private String cancel(List<Tree> s) {
    Register register = get(s.get(1));
    if (register == null) return "cancel skipped";
    boolean asked = register.promise.cancel(s.get(2).word());
    return "cancel " + s.get(1).word() + (asked ? " 1" : " 0");
  }

  private void change(String op, List<Tree> s) {
    int n = s.get(1).number();
    switch (op) {
      case "release" -> locks.get(n).release();
      case "srelease" -> semaphores.get(n).release();
      case "set" -> events.get(n).set();
      case "clear" -> events.get(n).clear();
      case "notify" -> conditions.get(n).signal(s.get(2).number());
      case "notifyall" -> conditions.get(n).signalAll();
      case "stock" -> stock += n;
      case "putnow" -> queue(s).putNowait(s.get(2).number());
      case "taskdone" -> queue(s).taskDone();
      default -> throw new IllegalArgumentException(op);
    }
  }

  private AsyncQueue<Integer> queue(List<Tree> s) {
    return queues.get(s.get(1).number());
  }

  Register get(Tree name) {
    return registers.get(name.word());
  }

  @SuppressWarnings("unchecked") // only shown
  private void put(Tree name, Promise<?> promise, int level, int depth) {
    registers.put(name.word(), new Register((Promise<Object>) promise, level, depth));
  }

  private String settle(String op, List<Tree> s) {
    Register register = get(s.get(1));
    if (register == null || register.level != FREE) return op + " skipped";
    if (op.equals("setres")) register.promise.setResult(s.get(2).number());
    else register.promise.setError(new ParityLog.Err(s.get(2).word()));
    return op + " " + s.get(1).word();
  }

  private String gather(List<Tree> s) {
    List<Awaitable<Object>> given = new ArrayList<>();
    int level = FREE;
    int depth = 0;
    for (Tree part : s.subList(3, s.size())) {
      Register register = get(part);
      if (part.word().startsWith("b")) {
        int index = Integer.parseInt(part.word().substring(1));
        given.add(bodies.apply(index));
        level = Math.min(level, index);
      } else if (register != null && !register.promise.isDone() && register.depth < 3) {
        depth = Math.max(depth, register.depth);
        given.add(register.promise);
        level = Math.min(level, register.level);
      }
    }
    put(
        s.get(1),
        s.get(2).word().equals("1") ? Async.gatherSettled(given) : Async.gather(given),
        level,
        depth + 1);
    return "gather " + s.get(1).word() + " of " + given.size();
  }

  private String callback(String who, String op, List<Tree> s) {
    switch (op) {
      case "soon" -> eventLoop().callSoon(() -> called(who, "soon", s.subList(1, s.size())));
      case "later" -> later(who, op, s.get(1).number(), s.subList(2, s.size()));
      case "timer" -> {
        String name = s.get(1).word();
        timers.put(name, later(who, op, s.get(2).number(), s.subList(3, s.size())));
        return "timer " + name;
      }
      default -> {
        Register register = get(s.get(1));
        if (register == null) return "callback skipped";
        String name = s.get(1).word();
        register.promise.onDone(
            p -> called(who, name + " " + ParityLog.state(p), s.subList(2, s.size())));
        return "callback " + name;
      }
    }
    return op;
  }

  private TimerHandle later(String who, String op, int ticks, List<Tree> actions) {
    return eventLoop().callLater(ticks * 0.125, () -> called(who, op, actions));
  }

  private void called(String who, String label, List<Tree> actions) {
    log.add(who + "'", label);
    for (Tree action : actions) sync(who + "'", action.parts());
  }

  private String look() {
    return String.join(
        " ",
        bits(locks, AsyncLock::isLocked),
        bits(semaphores, AsyncSemaphore::isLocked),
        bits(events, AsyncEvent::isSet),
        bits(conditions, AsyncCondition::isLocked),
        queues.stream().map(q -> "" + q.size()).collect(Collectors.joining(",")),
        barriers.stream().map(b -> "" + b.waitingCount()).collect(Collectors.joining(",")));
  }

  private static <T> String bits(List<T> of, Function<T, Boolean> is) {
    return of.stream().map(one -> is.apply(one) ? "1" : "0").collect(Collectors.joining());
  }

  /// Frees what tasks that have ended hold.
  void releaseAll() {
    for (AsyncLock lock : locks) if (lock.isLocked()) lock.release();
    for (AsyncCondition condition : conditions) if (condition.isLocked()) condition.release();
  }
}
