// Process pool: the same for CPU-bound work, in processes of its own
long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

try (var pool = new ProcessPool(2)) {
  for (long number : pool.map(n -> fib(n), List.of(30, 31, 32))) IO.println(number);
}
