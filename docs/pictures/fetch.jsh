%%trace
%%virtual
// Exercise 1: ten pages at once
double[] latency = {0.9, 0.4, 1.3, 0.7, 0.2, 1.1, 0.5, 1.5, 0.3, 0.8};   // what each server takes

Coroutine<Integer> fetchPage(int n) {
  return async(() -> {
    await(sleep(latency[n]));
    IO.println("page " + n);
    return n;
  });
}

var pages = new ArrayList<Coroutine<Integer>>();
for (int n = 0; n < 10; n++) pages.add(fetchPage(n));
await(gather(pages));
