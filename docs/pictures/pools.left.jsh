// Exercise 2: threads, Gil on
long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

try (var gil = Gil.on(); var pool = new ThreadPool(2, "thread")) {
  trace(() -> {
    var jobs = new ArrayList<Promise<Long>>();
    for (int i = 0; i < 4; i++) jobs.add(loop.runInExecutor(pool, () -> fib(37)));
    await(gather(jobs));
  });
}
