// Async lock: one coroutine at a time, also across an await
int sharedByTasks = 0;
var guard = new AsyncLock();

Coroutine<Void> addGuarded() {
  return async(() -> {
    try (var _ = await(guard.acquire())) {
      int seen = sharedByTasks;
      await(sleep(0));                     // another task runs here, and must not change it
      sharedByTasks = seen + 1;
    }
  });
}

var additions = new ArrayList<Task<Void>>();
for (int i = 0; i < 10; i++) additions.add(createTask(addGuarded()));
await(gather(additions));
IO.println(sharedByTasks);
