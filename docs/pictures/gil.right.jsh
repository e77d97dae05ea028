// Gil off
long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

try (var pool = new ThreadPool(2, "thread")) {
  trace(() -> {
    var jobs = new ArrayList<Promise<Long>>();
    for (int i = 0; i < 2; i++) jobs.add(loop.runInExecutor(pool, () -> fib(36)));
    await(gather(jobs));
  });
}
