// Exercise 4: a hundred coroutines add to one variable across an await; make it 100
int total = 0;

Coroutine<Void> addOne() {
  return async(() -> {
    int seen = total;
    await(sleep(0));                       // a switch to the next coroutine, on purpose
    total = seen + 1;                      // TODO: hold an AsyncLock from reading to writing
  });
}

var tasks = new ArrayList<Task<Void>>();
for (int i = 0; i < 100; i++) tasks.add(createTask(addOne()));
await(gather(tasks));
IO.println("total: " + total);
