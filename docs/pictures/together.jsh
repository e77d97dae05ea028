%%trace
%%virtual
// Putting it all together
Coroutine<Void> fetchData(int n) {
  return async(() -> {
    await(sleep(1));                      // pretend this is network I/O
    IO.println("Fetched " + n);
  });
}

var tasks = new ArrayList<Task<Void>>();
for (int i = 0; i < 3; i++) tasks.add(createTask(fetchData(i)));
await(gather(tasks));                     // wait for all to finish
