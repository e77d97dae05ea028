%%trace
%%virtual
// Which task blocked the loop?
Coroutine<Void> serve(int guests) {
  return async(() -> {
    for (int i = 0; i < guests; i++) await(sleep(0.4));
  });
}

Coroutine<Void> oldRecipe() {
  return async(() -> {
    await(sleep(0.5));
    Thread.sleep(700);
    await(sleep(0.3));
  });
}

await(gather(createTask(serve(4), "anna"), createTask(oldRecipe(), "ben"), createTask(serve(3), "clara")));
