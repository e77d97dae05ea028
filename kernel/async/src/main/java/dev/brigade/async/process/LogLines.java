package dev.brigade.async.process;

/// How `java.util.logging` writes its lines where code of cells runs.
///
/// The JDK's own form has the class and method of the caller, which are JShell's for code of cells.
public final class LogLines {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
  private static final String LINE = "%1$tT %4$s %3$s: %5$s%6$s%n";

  /// Time, level, logger and message in one line, unless the user has chosen a form. To be called
  /// before anybody logs; loads nothing of the logging itself.
  public static void inOne() {
    if (System.getProperty(FORMAT) == null) System.setProperty(FORMAT, LINE);
  }

  private LogLines() {}
}
