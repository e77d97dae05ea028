package dev.brigade.session.observe;

/// The threads and worker processes as a table.
public final class ThreadTable {
  public static String of(Moment moment) {
    var table = new TextTable("id", "thread", "what", "cell", "state", "at");
    for (ThreadNow thread : moment.threads()) {
      table.row(
          String.valueOf(thread.id()),
          thread.name(),
          thread.role(),
          thread.cell(),
          thread.doing(),
          thread.place() == null ? "" : thread.place());
    }
    return table.toString();
  }

  private ThreadTable() {}
}
