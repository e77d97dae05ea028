%%trace
%%virtual
// Blocking
Coroutine<Void> boil(String what) {
  return async(() -> {
    Thread.sleep(1000);                   // holds the loop
    IO.println(what);
  });
}

await(gather(createTask(boil("tea"), "tea"), createTask(boil("eggs"), "eggs"), createTask(boil("rice"), "rice")));
