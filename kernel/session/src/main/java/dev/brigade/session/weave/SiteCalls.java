package dev.brigade.session.weave;

import java.util.List;

/// The runtime's calls that are told where they stand, as data: each becomes the method of
/// `dev.brigade.async.Woven` that has the place, or the function and the place, besides.
///
/// Written out, because asking the facade for its methods loads every type they name.
final class SiteCalls {
  private static final String ASYNC = "dev/brigade/async/";
  private static final String TASK = "(Ldev/brigade/async/Coroutine;)Ldev/brigade/async/Task;";
  private static final String NAMED_TASK =
      "(Ldev/brigade/async/Coroutine;Ljava/lang/String;)Ldev/brigade/async/Task;";

  static final List<Redirect> ALL =
      List.of(
          coroutine("(Ljava/util/concurrent/Callable;)Ldev/brigade/async/Coroutine;"),
          coroutine("(Ldev/brigade/async/Action;)Ldev/brigade/async/Coroutine;"),
          facade("await", "(Ldev/brigade/async/Awaitable;)Ljava/lang/Object;"),
          facade("await", "(Ldev/brigade/async/Awaitable;Ljava/lang/Class;)Ljava/lang/Object;"),
          facade("await", "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;"),
          facade("await", "(Ljava/util/concurrent/CompletableFuture;)Ljava/lang/Object;"),
          facade("await", "(Ljava/util/concurrent/Future;)Ljava/lang/Object;"),
          facade("run", "(Ldev/brigade/async/Coroutine;)Ljava/lang/Object;"),
          facade(
              "run",
              "(Ldev/brigade/async/Coroutine;Ljava/util/function/Supplier;)Ljava/lang/Object;"),
          facade("gather", "([Ldev/brigade/async/Awaitable;)Ldev/brigade/async/Promise;"),
          facade("gather", "(Ljava/util/Collection;)Ldev/brigade/async/Promise;"),
          facade("gatherSettled", "([Ldev/brigade/async/Awaitable;)Ldev/brigade/async/Promise;"),
          facade("gatherSettled", "(Ljava/util/Collection;)Ldev/brigade/async/Promise;"),
          facade("createTask", TASK),
          facade("createTask", NAMED_TASK),
          createTask("EventLoop", TASK),
          createTask("TaskGroup", TASK),
          createTask("TaskGroup", NAMED_TASK));

  private static Redirect coroutine(String descriptor) {
    return line("Async", "async", descriptor, false, Redirect.Extra.FUNCTION_AND_SITE);
  }

  private static Redirect facade(String name, String descriptor) {
    return line("Async", name, descriptor, false, Redirect.Extra.SITE);
  }

  private static Redirect createTask(String owner, String descriptor) {
    return line(owner, "createTask", descriptor, true, Redirect.Extra.SITE);
  }

  private static Redirect line(
      String owner, String name, String descriptor, boolean receiver, Redirect.Extra extra) {
    return new Redirect(ASYNC + owner, name, descriptor, ASYNC + "Woven", name, receiver, extra);
  }

  private SiteCalls() {}
}
