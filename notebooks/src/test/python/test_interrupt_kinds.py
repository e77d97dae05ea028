"""Every kind of stuck cell is freed, and the next cell runs. Prints a table with times, which judges nothing."""
import time
import unittest

from kernel_driver import PATIENCE, KernelCase

BEGUN = 'System.out.println("begun");\n'

# What later cells wait for: a lock, a monitor, a server that says nothing; all kept by threads that hear of no interrupt.
PREPARED = """
int survivor = 41;
var keptLock = new ReentrantLock();
Object keptMonitor = new Object();
var kept = new CountDownLatch(1);
Thread.ofPlatform().name("keeper").daemon().start(() -> {
  keptLock.lock();
  synchronized (keptMonitor) {
    kept.countDown();
    while (true) { try { Thread.sleep(3_600_000); } catch (InterruptedException e) { } }
  }
});
kept.await();
var silent = new java.net.ServerSocket(0, 9, java.net.InetAddress.getLoopbackAddress());
java.net.Socket toSilent() throws IOException {
  return new java.net.Socket(silent.getInetAddress(), silent.getLocalPort());
}
int deep(int n) { return n == 0 ? 0 : 1 + deep(n - 1); }
await(eventLoop().runInExecutor(processPool, () -> 1));
"""

# Kind: code, how many presses it may take, and what must be named.
KINDS = {
    "busy loop": ("while (true) {}", 1, ""),
    "deep recursion": (
        "while (true) { try { deep(1_000_000_000); } catch (StackOverflowError e) { } }", 1, ""),
    "swallowed InterruptedException": (
        "for (;;) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }", 1, ""),
    "stream lambda": ("Stream.iterate(1, x -> x + 1).forEach(x -> {});", 1, ""),
    "sleep": ("Thread.sleep(60_000);", 1, ""),
    "lock wait": ("keptLock.lock();", 1, ""),
    "socket read": ("toSilent().getInputStream().read();", 1, ""),
    "await": ("await(sleep(60));", 1, ""),
    "stdin": ('String line = IO.readln("name? ");', 1, ""),
    "BigInteger power": ("BigInteger.valueOf(3).pow(1_000_000).pow(40);", 3, "BigInteger.pow"),
    "BigInteger power in a loop of its own": (
        "run(async(() -> { BigInteger.valueOf(3).pow(1_000_000).pow(40); }), EventLoop::create);", 3, "BigInteger.pow"),
    "pool work": ("await(toThread(() -> { while (true) {} }));", 1, "default-pool"),
    "monitor": ("synchronized (keptMonitor) { }", 3, "keeper"),
    "monitor in an awaited task": (
        "await(createTask(async(() -> { synchronized (keptMonitor) { } })));", 3, "keeper"),
    "monitor in a loop of its own": (
        "run(async(() -> { synchronized (keptMonitor) { } }), EventLoop::create);", 3, "keeper"),
    "job at a monitor, joined": (
        "CompletableFuture.runAsync(() -> { synchronized (keptMonitor) { } }).join();", 1, "keeper"),
    "job in a socket read": (
        "await(toThread(() -> toSilent().getInputStream().read()));", 1, "read"),
    "thread in a socket read, joined": (
        "Thread.ofPlatform().name(\"reader\").daemon().start(() -> {\n"
        "  try { toSilent().getInputStream().read(); } catch (IOException e) { }\n}).join();", 1, "reader"),
    "job in a worker process": (
        "await(eventLoop().runInExecutor(processPool, () -> { while (true) {} }));", 1, ""),
}


class InterruptKinds(KernelCase):
    table = []

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        print("\n%-34s %8s %12s" % ("stuck in", "presses", "idle after"))
        for name, presses, took in cls.table:
            print("%-34s %8d %9.0f ms" % (name, presses, took * 1000))

    def setUp(self):
        try:
            if self.finish(self.send("survivor + 1"), 10).value == "42":
                return
            self.ok(PREPARED)
        except AssertionError:
            self.km.restart_kernel(now=True)  # the test before left it stuck, and has failed for it
            self.kc.wait_for_ready(timeout=PATIENCE)
            self.ok(PREPARED)

    def freed(self, name, cell, limit, aloud=""):
        """Presses until the cell is idle, a second apart."""
        for press in range(1, limit + 1):
            pressed = time.monotonic()
            self.km.interrupt_kernel()
            try:
                self.finish(cell, 10 if press == limit else 1)
                break
            except AssertionError:
                if press == limit:
                    raise
        self.table.append((name, press, time.monotonic() - pressed))
        self.assertEqual(cell.status, "error", cell.reply["content"])
        self.assertEqual(cell.reply["content"]["ename"], "Interrupted", cell.reply["content"])
        self.assertEqual(self.ok("survivor + 1").value, "42")
        said = "\n".join([cell.reply["content"]["evalue"]]
                         + [shown["data"]["text/plain"] for shown in cell.of("display_data")])
        self.assertIn(aloud, said)

    def stuck(self, code, stdin=False):
        # One snippet: the compiler is done with all of it when it begins.
        cell = self.send("{\n" + BEGUN + code + "\n}", allow_stdin=stdin)
        self.await_message(cell, lambda m: m["msg_type"] == "stream" and "begun" in m["content"]["text"])
        if stdin:
            self.kc.get_stdin_msg(timeout=PATIENCE)
        else:
            time.sleep(0.5)  # into the call
        return cell

    def test_cell_of_a_subshell(self):
        request = self.kc.session.msg("create_subshell_request", {})
        self.kc.control_channel.send(request)
        subshell = self.reply_to(request["header"]["msg_id"], "control")["content"]["subshell_id"]
        message = self.kc.session.msg("execute_request", {"code": BEGUN + "while (true) {}", "allow_stdin": False})
        message["header"]["subshell_id"] = subshell
        self.kc.shell_channel.send(message)
        cell = type(self.send("1"))(message["header"]["msg_id"])
        self.await_message(cell, lambda m: m["msg_type"] == "stream")
        self.freed("cell of a subshell", cell, 1)

    def test_background_task(self):
        self.ok('var background = createTask(async(() -> { while (true) {} }), "background");')
        time.sleep(0.3)
        pressed = time.monotonic()
        request = self.kc.session.msg("interrupt_request", {})
        self.kc.control_channel.send(request)
        self.reply_to(request["header"]["msg_id"], "control")  # or the press is meant for the next cell
        self.assertEqual(self.ok("survivor + 1").value, "42")
        self.table.append(("background task of an ended cell", 1, time.monotonic() - pressed))


def _test(name, code, presses, aloud):
    def test(self):
        self.freed(name, self.stuck(code, name == "stdin"), presses, aloud)
    return test


for _number, (_name, (_code, _presses, _aloud)) in enumerate(KINDS.items()):
    setattr(InterruptKinds, "test_%02d_%s" % (_number, "_".join(_name.replace(",", "").split())),
            _test(_name, _code, _presses, _aloud))


if __name__ == "__main__":
    unittest.main()
