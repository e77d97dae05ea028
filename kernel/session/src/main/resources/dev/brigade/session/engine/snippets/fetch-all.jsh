// Exercise 1: fetch ten pages at once, and measure it against one after the other
Coroutine<String> fetchPage(String address) {
  return async(() -> {
    await(sleep(0.5));                     // stands for the network; the real one: await(fetch(address)).body()
    return "page of " + address;
  });
}

Coroutine<List<String>> fetchPages(List<String> addresses) {
  return async(() -> {
    var pages = new ArrayList<String>();
    for (String address : addresses) {
      pages.add(await(fetchPage(address)));   // TODO: begin them all (createTask), then gather
    }
    return pages;
  });
}

var addresses = IntStream.range(0, 10).mapToObj(n -> "https://example.com/" + n).toList();
double start = eventLoop().time();
var pages = await(fetchPages(addresses));
IO.println("%d pages in %.1f s".formatted(pages.size(), eventLoop().time() - start));
