package dev.brigade.users;

import static dev.brigade.async.Async.*;

import dev.brigade.async.Task;

/// Code outside the runtime's package, so that reports take its frames for a user's.
public final class UserCode {
  public static void waitsHere() {
    await(sleep(100));
  }

  public static Task<Void> createsHere() {
    return createTask(async(UserCode::waitsHere));
  }

  private UserCode() {}
}
