%%trace
%%virtual
// Exercise 3: no lock
int counter = 0;

void increment() throws InterruptedException {
  int seen = counter;
  Thread.sleep(10);                       // the gap in which another thread reads the same
  counter = seen + 1;
}

try (var pool = new ThreadPool(10, "adder")) {
  var jobs = new ArrayList<Promise<Void>>();
  for (int i = 0; i < 10; i++) jobs.add(loop.runInExecutor(pool, () -> { increment(); return null; }));
  await(gather(jobs));
}
IO.println("counter: " + counter);
