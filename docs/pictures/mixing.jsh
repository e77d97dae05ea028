%%trace
%%virtual
// Exercise 5: a blocking call and coroutines
Coroutine<Void> ticks() {
  return async(() -> {
    for (int i = 1; i <= 5; i++) {
      await(sleep(0.5));
      IO.println("tick " + i);
    }
  });
}

try (var pool = new ThreadPool(1, "helper")) {
  var report = loop.runInExecutor(pool, () -> { Thread.sleep(2000); IO.println("report"); });
  await(gather(report, ticks()));
}
