package dev.brigade.async;

import java.lang.ref.Cleaner;

/// Reports coroutines that are collected without ever having been awaited. Watches only coroutines
/// made on a loop whose host listens or that is in debug mode, so that a library user pays nothing.
final class NeverAwaitedWatch {
  private static final Cleaner CLEANER = Cleaner.create();

  static CoroutineOrigin watch(Coroutine<?> coroutine, EventLoop loop, CoroutineOrigin what) {
    NoticeHandler handler = loop.notices();
    CLEANER.register(
        coroutine,
        () -> {
          if (what.begin()) {
            handler.notice(new Notice.NeverAwaited(what.owner(), what.name(), what.site()));
          }
        });
    loop.recentCoroutines().add(what);
    return what;
  }

  private NeverAwaitedWatch() {}
}
