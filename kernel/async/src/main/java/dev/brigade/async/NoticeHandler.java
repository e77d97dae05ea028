package dev.brigade.async;

/// Hears a loop's notices. Called on the loop's thread or the cleaner's; must not block.
@FunctionalInterface
public interface NoticeHandler {
  void notice(Notice notice);

  /// Prints them to standard error, as asyncio's logger does by default.
  static NoticeHandler toStandardError() {
    return StandardErrorNotices.THEM;
  }
}
