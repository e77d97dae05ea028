package dev.brigade.session.display;

/// Code that is timed, in a loop of its own: what `%timeit` compiles a line to, so that a run costs
/// the code and nothing else.
@FunctionalInterface
public interface TimedLoop {
  /// Runs the code some times.
  ///
  /// @param sink takes the values
  void run(Sink sink, long times) throws Exception;
}
