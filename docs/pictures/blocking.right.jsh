%%trace
%%virtual
// Awaiting
Coroutine<Void> boil(String what) {
  return async(() -> {
    await(sleep(1));                      // the loop is free
    IO.println(what);
  });
}

await(gather(createTask(boil("tea"), "tea"), createTask(boil("eggs"), "eggs"), createTask(boil("rice"), "rice")));
