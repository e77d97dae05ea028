// Executor bridge: blocking code in a thread, while coroutines go on
String askSlowOven() throws InterruptedException {
  Thread.sleep(2000);                      // blocks its thread, and so must not run on the loop
  return "bread";
}

var bread = loop.runInExecutor(threadPool, () -> askSlowOven());
for (int i = 1; i <= 3; i++) {
  await(sleep(0.5));
  IO.println("the loop goes on: " + i);
}
IO.println(await(bread));
