%%trace
%%virtual
// Exercise 3: a lock
int counter = 0;
var counting = new ReentrantLock();

void increment() throws InterruptedException {
  counting.lock();
  try {
    int seen = counter;
    Thread.sleep(10);
    counter = seen + 1;
  } finally {
    counting.unlock();
  }
}

try (var pool = new ThreadPool(10, "adder")) {
  var jobs = new ArrayList<Promise<Void>>();
  for (int i = 0; i < 10; i++) jobs.add(loop.runInExecutor(pool, () -> { increment(); return null; }));
  await(gather(jobs));
}
IO.println("counter: " + counter);
