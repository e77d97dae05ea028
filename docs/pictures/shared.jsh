%%trace
%%virtual
// Exercise 4: a hundred coroutines, one lock
int shared = 0;
var guard = new AsyncLock();

Coroutine<Void> increment() {
  return async(() -> {
    try (var _ = await(guard.acquire())) {
      int seen = shared;
      await(sleep(0));                    // somebody else may run now, and has to wait for the lock
      await(sleep(0.01));                 // so that it can be seen
      shared = seen + 1;
    }
  });
}

var all = new ArrayList<Coroutine<Void>>();
for (int i = 0; i < 100; i++) all.add(increment());
await(gather(all));
IO.println("shared: " + shared);
