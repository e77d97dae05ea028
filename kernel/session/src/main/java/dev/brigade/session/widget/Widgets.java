package dev.brigade.session.widget;

import dev.brigade.async.Origin;
import dev.brigade.session.comm.Comm;
import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.Comms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The widgets of a session that a page knows. Any thread.
public final class Widgets {
  // Static because user code calls constructors; set when a session opens.
  private static volatile @Nullable Widgets current;

  private final Comms.Turn turn;
  // By their ids, the oldest first; guarded by itself.
  private final Map<String, Model> models = new LinkedHashMap<>();
  // Those that will send by themselves what has changed.
  private final Set<Model> due = ConcurrentHashMap.newKeySet();
  // How many handlers have not begun that code of a cell has caused, by that cell.
  private final Map<Origin, Integer> caused = new ConcurrentHashMap<>();
  private @Nullable ScheduledThreadPoolExecutor timer;

  /// @param turn runs the handlers of cells
  public Widgets(Comms comms, Comms.Turn turn) {
    this.turn = turn;
    comms.targetAtOnce("jupyter.widget.control", this::control);
  }

  /// Sets the session whose widgets these are.
  public static void current(@Nullable Widgets next) {
    current = next;
  }

  static Widgets now() {
    Widgets now = current;
    if (now == null) {
      throw new IllegalStateException("widgets live on a notebook's page: no session is open here");
    }
    return now;
  }

  /// Runs a handler at the loop's next turn.
  void next(@Nullable Origin cell, String name, Runnable handler) {
    Origin cause = Origin.current();
    if (cause != null) caused.merge(cause, 1, Integer::sum);
    turn.next(
        cell,
        name,
        () -> {
          if (cause != null)
            caused.computeIfPresent(cause, (_, left) -> left == 1 ? null : left - 1);
          handler.run();
        });
  }

  /// Whether handlers wait for a turn that the code of a cell has caused: what they print belongs
  /// to what that code does.
  public boolean hasCaused(Origin cell) {
    return caused.containsKey(cell);
  }

  /// A cell has ended.
  public void forget(Origin cell) {
    caused.remove(cell);
  }

  void opened(String id, Model model) {
    synchronized (models) {
      models.put(id, model);
    }
  }

  void closed(String id) {
    synchronized (models) {
      models.remove(id);
    }
  }

  private Map<String, Model> open() {
    synchronized (models) {
      // Those that a page has closed.
      models.values().removeIf(each -> !each.isOpen());
      return new LinkedHashMap<>(models);
    }
  }

  /// Has a model send after some nanoseconds what has changed until then.
  void later(Model model, long nanos) {
    due.add(model);
    timer().schedule(() -> flush(model), nanos, TimeUnit.NANOSECONDS);
  }

  private synchronized ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor made = timer;
    if (made == null) {
      made = new ScheduledThreadPoolExecutor(1, Widgets::thread);
      made.setKeepAliveTime(2, TimeUnit.SECONDS);
      made.allowCoreThreadTimeOut(true);
      timer = made;
    }
    return made;
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .name("brigade-widgets")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .unstarted(work);
  }

  private void flush(Model model) {
    due.remove(model);
    model.flush();
  }

  /// Sends all that has changed and waits: a cell ends, and front ends may not wait for more.
  public void flush() {
    for (Model each : due) flush(each);
  }

  /// Takes all widgets from their pages.
  ///
  /// @return how many there were
  public int closeAll() {
    List<Model> all = new ArrayList<>(open().values());
    all.forEach(Model::close);
    return (int) all.stream().filter(model -> model.kind().isShown()).count();
  }

  /// A page that was loaded again asks for all there is, and waits: so it is told at once.
  private void control(Comm comm) {
    comm.answerAtOnce(
        (content, back) -> {
          if (!"request_states".equals(content.get("method"))) return;
          var states = new LinkedHashMap<String, Object>();
          open().forEach((id, model) -> states.put(id, model.described()));
          back.accept(
              CommData.of(
                  Map.of("method", "update_states", "states", states, "buffer_paths", List.of())));
        });
  }
}
