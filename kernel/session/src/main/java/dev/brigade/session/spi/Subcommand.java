package dev.brigade.session.spi;

import java.util.List;

/// A subcommand of the `brigade` launcher that another jar brings (`brigade kernel`,
/// `brigade course`). Found with [java.util.ServiceLoader].
public interface Subcommand {
  String name();

  /// One line for `brigade --help`.
  String summary();

  /// Runs it and returns the exit code.
  int run(List<String> arguments) throws Exception;
}
