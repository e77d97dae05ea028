package dev.brigade.session;

import dev.brigade.async.Origin;
import org.jspecify.annotations.Nullable;

/// One executed cell, the owner of all that its code starts.
///
/// @param id unique within the session, also for silent cells
/// @param number the n of `In [n]`; for a silent cell the number of the newest numbered one
/// @param origin what tasks, threads and pool jobs inherit
/// @param tag whatever the front end gave with the request, for example a parent header
public record Cell(long id, int number, Origin origin, @Nullable Object tag) {
  /// `In [n]`, or `In [n] of subshell 1`, as errors and notices name the cell.
  public String label() {
    return origin.label();
  }
}
