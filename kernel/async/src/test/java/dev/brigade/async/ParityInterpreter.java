package dev.brigade.async;

import static dev.brigade.async.Async.*;

import dev.brigade.async.ParityCorpus.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Runs one program; `parity.py` has the same operations with the same words for the log.
final class ParityInterpreter {
  private static final int ROUNDS = 12;
  private static final int PATIENCE = 400;

  /// One task, and the time limits it is in.
  private record Frame(String name, int level, List<Timeout> limits) {}

  /// The value of a `return`; null where a block went on to its end.
  private record Returned(int value) {}

  private final ParityLog log = new ParityLog();
  private final List<List<Tree>> bodies;
  private final List<Tree> resources;
  private final Map<Frame, Task<?>> tasks = new LinkedHashMap<>();
  private ParityWorld world;

  private ParityInterpreter(Tree program) {
    List<Tree> parts = program.parts();
    resources = rest(parts.get(1).parts());
    bodies = rest(rest(parts)).stream().map(body -> rest(body.parts())).toList();
  }

  static List<String> run(String source, EventLoop loop) {
    var interpreter = new ParityInterpreter(ParityCorpus.parse(source));
    try (loop) {
      loop.runUntilComplete(async(interpreter::drive));
    }
    return interpreter.log.lines();
  }

  private static List<Tree> rest(List<Tree> parts) {
    return parts.subList(1, parts.size());
  }

  /// Starts the main task, and ends with a cancellation what does not end by itself.
  private void drive() {
    world = new ParityWorld(resources, log, this::body);
    createTask(body(0));
    for (int turn = 0; turn < ROUNDS; turn++) {
      await(sleep(PATIENCE * 0.125));
      Map<Frame, Task<?>> alive = new LinkedHashMap<>(tasks);
      alive.values().removeIf(Task::isDone);
      if (alive.isEmpty()) break;
      log.add(
          "driver",
          "cancels " + alive.keySet().stream().map(Frame::name).collect(Collectors.joining(" ")));
      alive.values().forEach(Task::cancel);
      if (turn > 1) world.releaseAll();
    }
    log.add("driver", "ends");
    log.end();
  }

  private Coroutine<Object> body(int index) {
    return async(
        () -> {
          var frame = new Frame("b" + index + "." + tasks.size(), index, new ArrayList<>());
          tasks.put(frame, currentTask());
          try {
            Returned returned = run(frame, bodies.get(index));
            int result = returned == null ? index : returned.value;
            log.add(frame.name, "returns " + result);
            return result;
          } catch (Throwable e) {
            log.add(frame.name, "throws " + ParityLog.kind(e));
            throw e;
          }
        });
  }

  private Returned run(Frame f, List<Tree> statements) throws Exception {
    for (Tree statement : statements) {
      Returned returned = step(f, statement.parts());
      if (returned != null) return returned;
    }
    return null;
  }

  private void seen(Frame f, String label, Throwable e) {
    log.add(f.name, label + " !" + ParityLog.kind(e));
  }

  private <T> T leaf(Frame f, String label, Callable<T> wait) throws Exception {
    T value;
    try {
      value = wait.call();
    } catch (Throwable e) {
      boolean others = label.startsWith("await");
      log.add(f.name, label + " !" + (others ? ParityLog.kind(e) : ParityLog.told(e)));
      throw e;
    }
    log.add(f.name, label + " " + ParityLog.show(value));
    return value;
  }

  private Returned step(Frame f, List<Tree> s) throws Exception {
    return switch (s.getFirst().word()) {
      case "return" -> new Returned(s.get(1).number());
      case "loop" -> repeat(f, s.get(1).number(), s.subList(2, s.size()));
      case "try" -> attempt(f, s);
      case "timeout" -> limited(f, s.get(1).number(), s.subList(2, s.size()));
      case "lock", "sem", "cond" -> within(f, s);
      case "group" -> group(f, s.get(1).parts(), s.subList(2, s.size()));
      default -> {
        simple(f, s.getFirst().word(), s);
        yield null;
      }
    };
  }

  /// The operations that hold no others.
  private void simple(Frame f, String op, List<Tree> s) throws Exception {
    switch (op) {
      case "call" -> call(f, s.get(1).number());
      case "raise" -> {
        log.add(f.name, "raises " + s.get(1).word());
        throw new ParityLog.Err(s.get(1).word());
      }
      case "await" -> awaitRegister(f, s.get(1));
      case "wait" -> waitSome(f, s);
      case "resched" -> reschedule(f, s.get(1).number());
      case "cancelself" -> {
        currentTask().cancel(s.get(1).word());
        log.add(f.name, op);
      }
      case "uncancel" -> log.add(f.name, "uncancel " + currentTask().uncancel());
      case "cancelling" -> log.add(f.name, "cancelling " + currentTask().cancelling());
      default -> {
        Coroutine<?> wait = waiting(op, s);
        if (wait == null) world.sync(f.name, s);
        else leaf(f, op + " " + s.get(1).word(), () -> await(wait));
      }
    }
  }

  private Returned repeat(Frame f, int times, List<Tree> statements) throws Exception {
    for (int i = 0; i < times; i++) {
      Returned returned = run(f, statements);
      if (returned != null) return returned;
    }
    return null;
  }

  /// The operations that are one await, or null for one that does not wait.
  private Coroutine<?> waiting(String op, List<Tree> s) {
    boolean numbered = s.size() > 1 && s.get(1) instanceof Tree.Word(var w) && w.matches("-?\\d+");
    int n = numbered ? s.get(1).number() : 0;
    return switch (op) {
      case "sleep" -> sleep(n * 0.125);
      case "acquire" -> world.locks.get(n).acquire();
      case "sacquire" -> world.semaphores.get(n).acquire();
      case "ewait" -> world.events.get(n).await();
      case "cwait" -> world.conditions.get(n).await();
      case "cwaitfor" -> {
        int least = s.get(2).number();
        yield world.conditions.get(n).waitFor(() -> world.stock >= least);
      }
      case "put" -> world.queues.get(n).put(s.get(2).number());
      case "get" -> world.queues.get(n).get();
      case "join" -> world.queues.get(n).join();
      case "barrier" -> world.barriers.get(n).await();
      case "breset" -> world.barriers.get(n).reset();
      case "babort" -> world.barriers.get(n).abort();
      default -> null;
    };
  }

  private void call(Frame f, int index) throws Exception {
    if (index <= f.level) {
      log.add(f.name, "call " + index + " skipped");
      return;
    }
    Returned returned;
    try {
      returned = await(async(() -> run(f, bodies.get(index))));
    } catch (Throwable e) {
      seen(f, "call " + index, e);
      throw e;
    }
    log.add(f.name, "call " + index + " " + (returned == null ? "-" : returned.value));
  }

  private Returned attempt(Frame f, List<Tree> s) throws Exception {
    try {
      return run(f, s.get(1).parts());
    } catch (Throwable e) {
      String kind = ParityLog.kind(e);
      if (s.get(2).word().indexOf(kind.charAt(0)) < 0) throw e;
      log.add(f.name, "catches " + kind);
      Returned returned = run(f, s.get(3).parts());
      if (s.get(4).word().equals("1")) throw e;
      return returned;
    } finally {
      List<Tree> last = s.get(5).parts();
      if (!last.isEmpty()) {
        log.add(f.name, "finally");
        run(f, last);
      }
    }
  }

  private Returned limited(Frame f, int ticks, List<Tree> statements) throws Exception {
    Timeout[] limit = new Timeout[1];
    Returned returned;
    try {
      returned =
          timeout(
              ticks * 0.125,
              t -> {
                limit[0] = t;
                f.limits.add(t);
                try {
                  return run(f, statements);
                } finally {
                  f.limits.removeLast();
                }
              });
    } catch (Throwable e) {
      seen(f, "timeout " + (limit[0].expired() ? 1 : 0), e);
      throw e;
    }
    log.add(f.name, "timeout " + (limit[0].expired() ? 1 : 0));
    return returned;
  }

  private Returned within(Frame f, List<Tree> s) throws Exception {
    int n = s.get(1).number();
    String label = s.get(0).word() + " " + n;
    Coroutine<Held> acquire =
        switch (s.get(0).word()) {
          case "lock" -> world.locks.get(n).acquire();
          case "sem" -> world.semaphores.get(n).acquire();
          default -> world.conditions.get(n).acquire();
        };
    Held held = leaf(f, label, () -> await(acquire));
    try {
      return run(f, s.subList(2, s.size()));
    } finally {
      try {
        held.close();
        log.add(f.name, label + " left");
      } catch (MisuseError e) {
        seen(f, label + " left", e);
      }
    }
  }

  private Returned group(Frame f, List<Tree> children, List<Tree> statements) throws Exception {
    Returned returned;
    try {
      returned =
          taskGroup(
              group -> {
                for (Tree child : children) {
                  if (child.number() > f.level) group.createTask(body(child.number()));
                }
                return run(f, statements);
              });
    } catch (Throwable e) {
      seen(f, "group", e);
      throw e;
    }
    log.add(f.name, "group");
    return returned;
  }

  private void reschedule(Frame f, int ticks) {
    if (f.limits.isEmpty()) return;
    try {
      f.limits.getLast().reschedule(eventLoop().time() + ticks * 0.125);
      log.add(f.name, "resched");
    } catch (MisuseError e) {
      seen(f, "resched", e);
    }
  }

  private void awaitRegister(Frame f, Tree name) throws Exception {
    var register = world.get(name);
    if (register == null || register.level() <= f.level) {
      log.add(f.name, "await " + name.word() + " skipped");
      return;
    }
    leaf(f, "await " + name.word(), () -> await(register.promise()));
  }

  private void waitSome(Frame f, List<Tree> s) throws Exception {
    String mode = s.get(1).word();
    int ticks = s.get(2).number();
    var names = new ArrayList<String>();
    var parts = new ArrayList<Promise<Object>>();
    for (Tree name : s.subList(3, s.size())) {
      var register = world.get(name);
      if (register == null || register.level() <= f.level) continue;
      names.add(name.word());
      parts.add(register.promise());
    }
    if (parts.isEmpty()) {
      log.add(f.name, "wait skipped");
      return;
    }
    Waited<Promise<Object>> waited;
    try {
      waited = await(waiting(mode, ticks, parts));
    } catch (Throwable e) {
      seen(f, "wait " + mode, e);
      throw e;
    }
    log.add(
        f.name,
        "wait "
            + mode
            + " "
            + among(names, parts, waited.done()::contains)
            + "/"
            + among(names, parts, waited.pending()::contains));
  }

  private static Coroutine<Waited<Promise<Object>>> waiting(
      String mode, int ticks, List<Promise<Object>> parts) {
    double limit = ticks * 0.125;
    return switch (mode) {
      case "any" -> ticks < 0 ? waitAny(parts) : waitAny(parts, limit);
      case "all" -> ticks < 0 ? waitAll(parts) : waitAll(parts, limit);
      default -> ticks < 0 ? waitFirstException(parts) : waitFirstException(parts, limit);
    };
  }

  private static String among(
      List<String> names, List<Promise<Object>> parts, Predicate<Object> in) {
    var found = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) if (in.test(parts.get(i))) found.add(names.get(i));
    return String.join(",", found);
  }
}
