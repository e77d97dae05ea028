// Task: schedules a coroutine in the background; awaiting it gives its result
Coroutine<String> cook(String dish, double seconds) {
  return async(() -> {
    await(sleep(seconds));
    IO.println(dish + " is ready");
    return dish;
  });
}

var soup = createTask(cook("soup", 2), "soup");
var tea = createTask(cook("tea", 1), "tea");
IO.println(await(gather(soup, tea)));      // two seconds, not three
