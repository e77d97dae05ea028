package dev.brigade.async;

/// How coroutines are carried by threads.
///
/// Two forms: [SchedulerCarrier] makes the loop the scheduler of virtual threads, and
/// [BatonCarrier] passes a baton between virtual threads with public API only. The same program
/// runs in the same order on both.
interface Carrier {
  String name();

  /// A strand without a task.
  Strand strand(EventLoop loop);

  /// The thread a loop runs on, not started.
  Thread loopThread(String name, Runnable body);

  /// The fastest that works in this JVM; `-Dbrigade.carrier=baton` asks for the fallback.
  static Carrier best() {
    return Best.CARRIER;
  }

  /// Chosen once, when the first loop is made.
  final class Best {
    private static final Carrier CARRIER = choose();

    private static Carrier choose() {
      if ("baton".equals(System.getProperty("brigade.carrier"))) return new BatonCarrier();
      return SchedulerCarrier.open().<Carrier>map(c -> c).orElseGet(BatonCarrier::new);
    }

    private Best() {}
  }
}
