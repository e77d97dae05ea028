// Exercise 2: processes
long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

try (var pool = new ProcessPool(2)) {
  // Two jobs before, so that both processes are there and know the code.
  await(gather(loop.runInExecutor(pool, () -> fib(37)), loop.runInExecutor(pool, () -> fib(37))));
  trace(() -> {
    var jobs = new ArrayList<Promise<Long>>();
    for (int i = 0; i < 4; i++) jobs.add(loop.runInExecutor(pool, () -> fib(37)));
    await(gather(jobs));
  });
}
