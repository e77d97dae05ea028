// Exercise 5: blocking code beside coroutines; let the ticks go on while it blocks
String blocking() throws InterruptedException {
  Thread.sleep(2000);
  return "blocking is done";
}

Coroutine<Void> tick() {
  return async(() -> {
    for (int i = 1; i <= 4; i++) {
      await(sleep(0.5));
      IO.println("tick " + i);
    }
  });
}

var ticks = createTask(tick(), "ticks");
await(sleep(0));
IO.println(blocking());                    // TODO: await(loop.runInExecutor(threadPool, () -> blocking()))
await(ticks);
