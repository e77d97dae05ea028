package dev.brigade.session.engine;

import dev.brigade.async.CancelledError;
import dev.brigade.async.FailedTask;
import dev.brigade.async.process.RemoteTrace;
import dev.brigade.session.CellError;
import dev.brigade.session.weave.Stopped;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says what user code threw: the real class, the message, the user's own frames with their source
/// lines, and what caused it.
final class Errors {
  private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\.");
  static final String INTERRUPTED = "Interrupted";
  private static final int FRAMES = 8;
  // Of one error with its causes and what was suppressed.
  private static final int SHOWN = 12;
  private static final List<String> HIDDEN =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "dev.brigade.");

  private final SourceMap sourceMap;
  private final boolean color;
  private final Function<Throwable, List<FailedTask>> failures;

  // Of tasks that one error has ended.
  private static final int TASKS = 4;

  /// @param failures the tasks that an error has ended, the one that threw it first
  Errors(SourceMap sourceMap, boolean color, Function<Throwable, List<FailedTask>> failures) {
    this.sourceMap = sourceMap;
    this.color = color;
    this.failures = failures;
  }

  /// The error of a cell.
  ///
  /// @param kept null if nobody asked this cell to stop; else what kept it, or empty
  /// @param awaited where the cell last awaited: what a task threw has no frame of the cell
  CellError of(Throwable thrown, @Nullable String kept, SourceMap.@Nullable Position awaited) {
    if (thrown instanceof CellFailure failure) return failure.error();
    if (thrown instanceof LeftBehind left) return left.error();
    if (kept != null && comesFromInterrupt(thrown)) return interrupted(thrown, kept, awaited);
    var traceback = new Traceback(color);
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    add(traceback, thrown, "", seen, awaited);
    return new CellError(simpleName(thrown), message(thrown), traceback.lines());
  }

  private CellError interrupted(
      Throwable thrown, String kept, SourceMap.@Nullable Position awaited) {
    String message = "this cell was interrupted; variables are kept";
    var traceback = new Traceback(color);
    traceback.headline(INTERRUPTED, message);
    frames(traceback, thrown);
    awaited(traceback, thrown, awaited);
    traceback.text(kept);
    return new CellError(INTERRUPTED, message, traceback.lines());
  }

  private void awaited(
      Traceback traceback, Throwable thrown, SourceMap.@Nullable Position awaited) {
    if (awaited == null) return;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      SourceMap.Position position = sourceMap.find(frame);
      if (position != null && isTopLevel(frame) && position.source().equals(awaited.source())) {
        return;
      }
    }
    traceback.place(awaited, ", awaited here");
  }

  /// Where the tasks that an error went through were created, and where they were awaited on the
  /// way.
  private void tasks(Traceback traceback, Throwable thrown, SourceMap.@Nullable Position awaited) {
    var shown = new ArrayList<SourceMap.@Nullable Position>();
    shown.add(awaited);
    for (StackTraceElement frame : thrown.getStackTrace()) shown.add(sourceMap.find(frame));
    boolean first = true;
    for (FailedTask task : failures.apply(thrown).stream().limit(TASKS).toList()) {
      if (!first) place(traceback, task.awaitSite(), ", awaited here in " + task.name(), shown);
      first = false;
      place(traceback, task.site(), ", " + task.name() + " was created here", shown);
    }
  }

  /// A place that is not shown yet.
  private void place(
      Traceback traceback,
      @Nullable String site,
      String what,
      List<SourceMap.@Nullable Position> shown) {
    SourceMap.Position position = sourceMap.position(site);
    if (position == null || shown.contains(position)) return;
    shown.add(position);
    traceback.place(position, what);
  }

  private static boolean isTopLevel(StackTraceElement frame) {
    return frame.getMethodName().startsWith("do_it$");
  }

  /// The lines of a throwable, causes and suppressed ones included.
  List<String> lines(Throwable thrown) {
    var traceback = new Traceback(color);
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    add(traceback, thrown, "", seen, null);
    return traceback.lines();
  }

  /// As [#lines(Throwable)], without colours.
  List<String> plain(Throwable thrown) {
    return lines(thrown).stream().map(CellError::plain).toList();
  }

  private void add(
      Traceback traceback,
      Throwable thrown,
      String role,
      Set<Throwable> seen,
      SourceMap.@Nullable Position awaited) {
    if (seen.contains(thrown)) {
      traceback.faint(role + simpleName(thrown) + " (shown above)");
      return;
    }
    if (seen.size() == SHOWN) traceback.faint("... and more causes");
    if (seen.size() >= SHOWN) {
      seen.add(thrown);
      return;
    }
    seen.add(thrown);
    traceback.headline(role + simpleName(thrown), message(thrown));
    // Its frames are those of what it is the cause of.
    if (!(thrown instanceof RemoteTrace)) frames(traceback, thrown);
    tasks(traceback, thrown, awaited);
    awaited(traceback, thrown, awaited);
    Hints.forThrown(thrown).ifPresent(traceback::text);
    for (Throwable suppressed : thrown.getSuppressed()) {
      add(traceback, suppressed, "Suppressed: ", seen, null);
    }
    if (thrown.getCause() != null) add(traceback, thrown.getCause(), "Caused by: ", seen, null);
  }

  private void frames(Traceback traceback, Throwable thrown) {
    int shown = 0;
    @Nullable String last = null;
    int repeated = 0;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (isHidden(frame)) continue;
      SourceMap.Position position = sourceMap.find(frame);
      String text = frame.toString();
      if (text.equals(last)) {
        repeated++;
        continue;
      }
      repeated(traceback, repeated);
      repeated = 0;
      last = text;
      if (shown++ == FRAMES) {
        traceback.faint("  ... more of your own frames");
        return;
      }
      if (position == null) traceback.text("  at " + frame);
      else traceback.place(position, method(frame));
    }
    repeated(traceback, repeated);
  }

  private static void repeated(Traceback traceback, int times) {
    if (times > 0) traceback.faint("  ... the same " + times + " times more");
  }

  /// `, in name`, or nothing for code at the top level of a cell.
  private static String method(StackTraceElement frame) {
    String name = frame.getMethodName();
    if (name.startsWith("do_it$") || name.startsWith("lambda$do_it$")) return "";
    if (name.startsWith("lambda$")) {
      int end = name.indexOf('$', 7);
      return ", in " + name.substring(7, end < 0 ? name.length() : end);
    }
    String type = frame.getClassName();
    int nested = type.indexOf('$', type.indexOf("$JShell$") + 8);
    String owner = nested < 0 ? "" : type.substring(nested + 1).replace('$', '.') + ".";
    return ", in " + (name.equals("<init>") ? "new " + owner.replaceAll("\\.$", "") : owner + name);
  }

  private static boolean isHidden(StackTraceElement frame) {
    return HIDDEN.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getLocalizedMessage();
      // Helpful messages of the JVM name fields with the class that a snippet became.
      return message == null ? "" : SNIPPET_CLASS.matcher(message).replaceAll("");
    } catch (RuntimeException e) {
      return "(its message threw " + e.getClass().getSimpleName() + ")";
    }
  }

  private static String simpleName(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return name.isEmpty() ? thrown.getClass().getSuperclass().getSimpleName() : name;
  }

  /// Whether a throwable is what an interrupt makes, or wraps such.
  static boolean comesFromInterrupt(Throwable thrown) {
    var seen = new ArrayList<Throwable>();
    for (@Nullable Throwable t = thrown; t != null && !seen.contains(t); t = t.getCause()) {
      if (t instanceof Stopped
          || t instanceof CancelledError
          || t instanceof InterruptedException
          || t instanceof java.io.InterruptedIOException
          || t instanceof java.nio.channels.ClosedByInterruptException
          || t instanceof SocketException && "Closed by interrupt".equals(t.getMessage())) {
        return true;
      }
      seen.add(t);
    }
    return false;
  }
}
