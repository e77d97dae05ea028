package dev.brigade.async;

/// The default of loops, by which is seen that nobody chose another.
enum StandardErrorNotices implements NoticeHandler {
  THEM;

  @Override
  public void notice(Notice notice) {
    System.err.println(notice.text());
  }
}
