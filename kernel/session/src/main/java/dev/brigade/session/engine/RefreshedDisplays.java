package dev.brigade.session.engine;

import dev.brigade.session.Cell;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.display.Display;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Displays that are drawn anew in their places: at once if the last time is long enough ago, else
/// by a thread of ours when it is, also while the loop is stuck. What stands there in the end is
/// always the last state.
final class RefreshedDisplays {
  private static final long PERIOD_NANOS = 250_000_000;

  private final Output output;
  private final ScheduledThreadPoolExecutor timer;
  // Those that nobody has ended, guarded by itself.
  private final Set<Refreshed> open = new LinkedHashSet<>();

  RefreshedDisplays(Output output) {
    this.output = output;
    timer = new ScheduledThreadPoolExecutor(1, RefreshedDisplays::thread);
    timer.setKeepAliveTime(2, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .name("brigade-refresh")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .unstarted(work);
  }

  /// A display under a cell, nothing of it drawn yet.
  Display.Refresh under(Cell cell, Supplier<Map<String, Object>> forms) {
    var refreshed = new Refreshed(cell, forms);
    synchronized (open) {
      open.add(refreshed);
    }
    return refreshed;
  }

  /// Draws what a cell that ends has left as it is now: front ends may not wait for more.
  void endOf(Cell cell) {
    for (Refreshed each : of(cell)) each.pause();
  }

  private Set<Refreshed> of(Cell cell) {
    synchronized (open) {
      var found = new LinkedHashSet<>(open);
      found.removeIf(each -> each.cell.id() != cell.id());
      open.removeAll(found);
      return found;
    }
  }

  private final class Refreshed implements Display.Refresh {
    private final Cell cell;
    private final Supplier<Map<String, Object>> forms;
    private final String id = UUID.randomUUID().toString();
    // Whether it will be drawn without being asked; read before the lock is taken.
    private volatile boolean due;
    // Guarded by this.
    private boolean drawn;
    private boolean ended;
    private long last;

    private Refreshed(Cell cell, Supplier<Map<String, Object>> forms) {
      this.cell = cell;
      this.forms = forms;
    }

    @Override
    public void changed() {
      if (due) return;
      synchronized (this) {
        if (due) return;
        long left = PERIOD_NANOS - (System.nanoTime() - last);
        if (!drawn || left <= 0) {
          draw(!ended);
        } else {
          due = true;
          timer.schedule(this::drawDue, left, TimeUnit.NANOSECONDS);
        }
      }
    }

    private synchronized void drawDue() {
      if (!due) return;
      due = false;
      draw(!ended);
    }

    @Override
    public void ended() {
      synchronized (open) {
        open.remove(this);
      }
      synchronized (this) {
        ended = true;
      }
      pause();
    }

    /// Draws what may be the last for a while, or for ever.
    private synchronized void pause() {
      due = false;
      draw(false);
    }

    private void draw(boolean live) {
      Map<String, Object> metadata = live ? Map.of(MimeBundle.LIVE, true) : Map.of();
      var bundle = new MimeBundle(new LinkedHashMap<>(forms.get()), metadata);
      output.show(cell, bundle, id, drawn);
      drawn = true;
      last = System.nanoTime();
    }
  }
}
