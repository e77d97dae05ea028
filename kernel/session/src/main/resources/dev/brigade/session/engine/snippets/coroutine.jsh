// Coroutine: a method that can pause; nothing of it runs until it is awaited
Coroutine<String> makeTea() {
  return async(() -> {
    IO.println("the water is on");
    await(sleep(1));                       // the loop is free until the water has boiled
    return "tea";
  });
}

IO.println(await(makeTea()));
