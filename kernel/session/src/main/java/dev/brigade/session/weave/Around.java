package dev.brigade.session.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A call that is made as written, with something before, after, or done to its arguments. Linked
/// by [CallSites].
///
/// @param owner internal name of the declaring type
/// @param name the method's name
/// @param parameters the descriptors of its parameters
/// @param kind what is done
public record Around(String owner, String name, String parameters, Kind kind) implements WovenCall {
  /// What is done around a call.
  public enum Kind {
    /// The thread may wait in the call: the wait is logged, and the [dev.brigade.async.Gil] is
    /// given back meanwhile.
    WAIT,
    /// What the call hands over inherits the cell.
    HAND_OVER,
    /// Both.
    HAND_OVER_AND_WAIT,
    /// A reading of the system's clock becomes one of the clock of the loop that the thread works
    /// for: the method of the same name that takes a [java.time.Clock] is called.
    CLOCK;

    boolean waits() {
      return this == WAIT || this == HAND_OVER_AND_WAIT;
    }

    boolean handsOver() {
      return this == HAND_OVER || this == HAND_OVER_AND_WAIT;
    }
  }

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("int", "I"),
          Map.entry("long", "J"),
          Map.entry("double", "D"),
          Map.entry("char[]", "[C"),
          Map.entry("byte[]", "[B"),
          Map.entry("Object", "Ljava/lang/Object;"),
          Map.entry("String", "Ljava/lang/String;"),
          Map.entry("CharSequence", "Ljava/lang/CharSequence;"),
          Map.entry("Iterable", "Ljava/lang/Iterable;"),
          Map.entry("Runnable", "Ljava/lang/Runnable;"),
          Map.entry("Duration", "Ljava/time/Duration;"),
          Map.entry("Date", "Ljava/util/Date;"),
          Map.entry("Collection", "Ljava/util/Collection;"),
          Map.entry("Thread", "Ljava/lang/Thread;"),
          Map.entry("ZoneId", "Ljava/time/ZoneId;"),
          Map.entry("TimerTask", "Ljava/util/TimerTask;"),
          Map.entry("TimeUnit", "Ljava/util/concurrent/TimeUnit;"),
          Map.entry("Callable", "Ljava/util/concurrent/Callable;"),
          Map.entry("Executor", "Ljava/util/concurrent/Executor;"),
          Map.entry("CompletionStage", "Ljava/util/concurrent/CompletionStage;"),
          Map.entry("ForkJoinTask", "Ljava/util/concurrent/ForkJoinTask;"),
          Map.entry("ForkJoinTask[]", "[Ljava/util/concurrent/ForkJoinTask;"),
          Map.entry("Function", "Ljava/util/function/Function;"),
          Map.entry("BiFunction", "Ljava/util/function/BiFunction;"),
          Map.entry("Consumer", "Ljava/util/function/Consumer;"),
          Map.entry("BiConsumer", "Ljava/util/function/BiConsumer;"),
          Map.entry("Supplier", "Ljava/util/function/Supplier;"),
          Map.entry("ByteBuffer", "Ljava/nio/ByteBuffer;"),
          Map.entry("ByteBuffer[]", "[Ljava/nio/ByteBuffer;"),
          Map.entry("Path", "Ljava/nio/file/Path;"),
          Map.entry("Charset", "Ljava/nio/charset/Charset;"),
          Map.entry("OpenOption[]", "[Ljava/nio/file/OpenOption;"),
          Map.entry("CopyOption[]", "[Ljava/nio/file/CopyOption;"),
          Map.entry("SocketAddress", "Ljava/net/SocketAddress;"),
          Map.entry("DatagramPacket", "Ljava/net/DatagramPacket;"));

  /// Reads lines such as `java.util.concurrent.locks.Lock: lock() tryLock(long,TimeUnit)`; a line
  /// that begins with a blank goes on with the type before.
  static List<Around> parse(Kind kind, String text) {
    var calls = new ArrayList<Around>();
    String owner = "";
    for (String line : text.split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) owner = line.substring(0, colon).replace('.', '/');
      int at = colon + 1;
      for (int open = line.indexOf('(', at); open > 0; open = line.indexOf('(', at)) {
        int close = line.indexOf(')', open);
        String name = line.substring(at, open).strip();
        calls.add(new Around(owner, name, parameters(line.substring(open + 1, close)), kind));
        at = close + 1;
      }
    }
    return calls;
  }

  private static String parameters(String list) {
    if (list.isEmpty()) return "";
    var descriptors = new StringBuilder();
    for (String type : list.split(",")) {
      String known = SHORT.get(type);
      if (known != null) descriptors.append(known);
      else descriptors.append('L').append(type.replace('.', '/')).append(';');
    }
    return descriptors.toString();
  }

  /// For example `Lock.lock`, for the log.
  String label() {
    return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
  }

  @Override
  public String toString() {
    return owner.replace('/', '.') + "." + name + "(" + parameters + ")";
  }
}
