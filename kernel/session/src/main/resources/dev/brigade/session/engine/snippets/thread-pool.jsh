// Thread pool: a few threads for many jobs; submit gives a future, map the results in order
try (var pool = new ThreadPool(3)) {
  IO.println(await(pool.submit(() -> 6 * 7)));
  for (int square : pool.map(n -> n * n, List.of(1, 2, 3))) IO.println(square);
}
