%%trace
%%virtual
// Who held the lock?
var stove = new AsyncLock();

Coroutine<Void> cook(double shopping, double cooking) {
  return async(() -> {
    await(sleep(shopping));
    try (var _ = await(stove.acquire())) {
      await(sleep(cooking));
    }
  });
}

await(gather(
    createTask(cook(0.6, 0.5), "anna"),
    createTask(cook(0.2, 1.2), "ben"),
    createTask(cook(1.0, 0.3), "clara")));
