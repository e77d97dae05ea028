// Exercise 3: a hundred threads add to one counter; make it 1,000,000 every time
int counter = 0;

void increment() {
  int seen = counter;
  if (seen % 1000 == 0) Thread.yield();    // the gap in which another thread reads the same
  counter = seen + 1;                      // TODO: only one thread at a time, with a ReentrantLock
}

var threads = new ArrayList<Thread>();
for (int t = 0; t < 100; t++) {
  threads.add(Thread.ofPlatform().start(() -> {
    for (int i = 0; i < 10_000; i++) increment();
  }));
}
for (Thread thread : threads) thread.join();
IO.println("counter: " + counter);
