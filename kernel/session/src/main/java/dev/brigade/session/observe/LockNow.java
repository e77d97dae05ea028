package dev.brigade.session.observe;

import java.util.List;

/// A lock or another thing to wait for, at one moment.
///
/// @param name `lock-1`, `ReentrantLock@1b2c`
/// @param kind its class
/// @param holders names of tasks or threads, or [#UNKNOWN] alone
/// @param waiting names of tasks or threads, first come first
public record LockNow(String name, String kind, List<String> holders, List<String> waiting) {
  /// In place of a holder that there is, and that nobody can name.
  static final String UNKNOWN = "not known";

  public LockNow {
    holders = List.copyOf(holders);
    waiting = List.copyOf(waiting);
  }
}
