// Thread: start() begins it, join() waits for its end
var worker = new Thread(() -> {
  IO.println("working in " + Thread.currentThread().getName());
}, "worker");
worker.start();
worker.join();
IO.println("joined");
