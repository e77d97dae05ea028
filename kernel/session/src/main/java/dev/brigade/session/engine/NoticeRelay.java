package dev.brigade.session.engine;

import dev.brigade.async.Notice;
import dev.brigade.async.NoticeHandler;
import org.jspecify.annotations.Nullable;

/// Takes a loop's notices from its first moment, before there is a session that shows them.
final class NoticeRelay implements NoticeHandler {
  private volatile @Nullable NoticeHandler receiver;

  void to(NoticeHandler next) {
    receiver = next;
  }

  @Override
  public void notice(Notice notice) {
    NoticeHandler now = receiver;
    if (now != null) now.notice(notice);
  }
}
