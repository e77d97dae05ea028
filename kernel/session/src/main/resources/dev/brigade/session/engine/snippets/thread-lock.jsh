// Thread lock: one thread at a time changes what is shared
int sharedByThreads = 0;
var counting = new ReentrantLock();

void addWithLock() {
  for (int i = 0; i < 10_000; i++) {
    counting.lock();
    try {
      sharedByThreads++;
    } finally {
      counting.unlock();
    }
  }
}

var adders = new ArrayList<Thread>();
for (int i = 0; i < 4; i++) adders.add(Thread.ofPlatform().start(() -> addWithLock()));
for (Thread adder : adders) adder.join();
IO.println(sharedByThreads);
