package dev.brigade.session.weave;

import dev.brigade.async.WovenThreads;
import java.io.IOError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What redirected calls do. Static, and with one static receiver, because woven code can call
/// nothing else.
public final class Hooks {
  /// Where hooks report to.
  public interface Receiver {
    /// A cell is about to start a thread of its own.
    void starts(Thread thread);

    /// Reads a line for `IO.readln`.
    ///
    /// @return null at the end of input
    @Nullable String readLine(String prompt) throws IOException;
  }

  private static volatile @Nullable Receiver receiver;

  /// Sets the session that hooks report to.
  public static void receiver(@Nullable Receiver next) {
    receiver = next;
  }

  /// In place of `System.exit`.
  public static void exit(int status) {
    throw new ExitRefused(status);
  }

  /// In place of `Runtime.exit` and `Runtime.halt`.
  public static void exit(Runtime runtime, int status) {
    throw new ExitRefused(status);
  }

  /// In place of `IO.readln(prompt)`, so that the front end can show the prompt at its input box.
  public static @Nullable String readln(String prompt) {
    Receiver now = receiver;
    if (now == null) return IO.readln(prompt);
    try {
      return now.readLine(prompt);
    } catch (IOException e) {
      throw new IOError(e);
    }
  }

  /// In place of `IO.readln()`.
  public static @Nullable String readln() {
    return readln("");
  }

  /// In place of `thread.start()`.
  public static void start(Thread thread) {
    Receiver now = receiver;
    if (now != null) now.starts(thread);
    WovenThreads.start(thread);
  }

  /// In place of `Thread.startVirtualThread(...)`.
  public static Thread startVirtualThread(Runnable code) {
    Thread thread = Thread.ofVirtual().unstarted(WovenThreads.body(code));
    start(thread);
    return thread;
  }

  /// In place of `builder.start(...)`.
  public static Thread start(Thread.Builder builder, Runnable code) {
    Thread thread = builder.unstarted(WovenThreads.body(code));
    start(thread);
    return thread;
  }

  /// In place of `Thread.ofVirtual().start(...)`.
  public static Thread start(Thread.Builder.OfVirtual builder, Runnable code) {
    return start((Thread.Builder) builder, code);
  }

  /// In place of `Thread.ofPlatform().start(...)`.
  public static Thread start(Thread.Builder.OfPlatform builder, Runnable code) {
    return start((Thread.Builder) builder, code);
  }

  private Hooks() {}
}
