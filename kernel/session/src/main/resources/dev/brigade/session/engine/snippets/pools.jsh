// Exercise 2: CPU-bound work directly, in a thread pool and in a process pool
int n = 42;
long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

List<Long> directly() {
  return List.of(fib(n), fib(n));
}

List<Long> inThreads() {
  return directly();                       // TODO: await(gather(threadPool.submit(() -> fib(n)), ...))
}

List<Long> inProcesses() {
  return directly();                       // TODO: the same with processPool
}

compare("direct", () -> directly(), "threads", () -> inThreads(), "processes", () -> inProcesses())
