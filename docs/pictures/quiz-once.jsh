%%trace
%%virtual
// How many ran at once?
double[] takes = {0.7, 0.5, 0.9, 0.4, 0.6, 0.3, 0.8, 0.5};

try (var pool = new ThreadPool(3, "helper")) {
  var jobs = new ArrayList<Promise<Void>>();
  for (double time : takes) {
    jobs.add(loop.runInExecutor(pool, () -> Thread.sleep((long) (1000 * time))));
  }
  await(gather(jobs));
}
