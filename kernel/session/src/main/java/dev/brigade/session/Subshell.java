package dev.brigade.session;

/// A queue of cells with a count of its own: its cells run one at a time, and beside those of the
/// other queues, on the same loop and with the same variables. Protocol: JEP 91.
///
/// While one cell holds the loop the others wait, as tasks do. Any thread may call any method; none
/// waits for user code.
public interface Subshell extends AutoCloseable {
  /// Queues a cell, after those that were handed in before.
  Execution execute(CellRequest request);

  /// The number of the newest numbered cell; 0 before the first.
  int executionCount();

  /// Takes no more cells. Those that were handed in run to their end.
  @Override
  void close();
}
