"""What goes wrong in one cell, or in one client, is over with it."""
import time
import unittest

import zmq
from kernel_driver import KernelCase


class Robust(KernelCase):
    def setUp(self):
        self.ok("int survivor = 41;")

    def tearDown(self):
        self.assertEqual(self.ok("survivor + 1").value, "42")

    def failed(self, code, name):
        cell = self.run_cell(code)
        self.assertEqual(cell.status, "error", cell.reply["content"])
        self.assertEqual(cell.reply["content"]["ename"], name)
        return cell

    def test_stack_overflow(self):
        self.failed("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)", "StackOverflowError")

    def test_out_of_memory(self):
        # More than any heap holds, so that nothing is filled first.
        self.failed("long[] all = new long[Integer.MAX_VALUE];", "OutOfMemoryError")

    def test_system_out_that_a_cell_closes(self):
        self.ok("System.out.close(); System.err.close();")
        self.assertEqual(self.ok('System.out.println("still here");').text(), "still here\n")

    def test_bytes_that_are_no_utf_8(self):
        cell = self.ok("System.out.write(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', '\\n'}); System.out.flush();")
        self.assertRegex(cell.text(), "^a\ufffd+b\n$")

    def test_a_source_of_ten_megabytes(self):
        self.assertEqual(self.ok("/* " + "x" * 10_000_000 + " */ 1 + 1").value, "2")

    def test_thousands_of_threads(self):
        cell = self.ok(
            "var threads = new ArrayList<Thread>();\n"
            "for (int i = 0; i < 2000; i++) { int n = i; threads.add(new Thread(() -> System.out.println(n))); }\n"
            "for (int i = 2000; i < 12_000; i++) { int n = i; threads.add(Thread.ofVirtual().unstarted(() -> System.out.println(n))); }\n"
            "for (var t : threads) t.start();\n"
            "for (var t : threads) t.join();")
        self.assertEqual(sorted(map(int, cell.text().split())), list(range(12_000)))

    def test_a_deadlock_of_two_locks(self):
        cell = self.send(
            "var one = new ReentrantLock(); var two = new ReentrantLock(); var both = new CountDownLatch(2);\n"
            "Callable<Void> first = () -> { one.lockInterruptibly(); both.countDown(); both.await(); two.lockInterruptibly(); return null; };\n"
            "Callable<Void> second = () -> { two.lockInterruptibly(); both.countDown(); both.await(); one.lockInterruptibly(); return null; };\n"
            'IO.println("started"); threadPool.invokeAll(List.of(first, second));')
        self.await_message(cell, lambda m: m["msg_type"] == "stream")
        self.km.interrupt_kernel()
        self.finish(cell, 20)
        self.assertEqual(cell.reply["content"]["ename"], "Interrupted")

    def test_a_hundred_megabytes_are_cut_and_kept(self):
        cell = self.ok('String line = "x".repeat(999) + "\\n"; for (int i = 0; i < 100_000; i++) System.out.print(line);')
        self.assertEqual(len(cell.text()), 32_000_000)
        note = cell.of("display_data")[0]["data"]["text/plain"]
        self.assertIn("The output is cut here", note)
        code = note.split("until the kernel ends: ")[1]
        self.assertEqual(self.ok(code + ".length()").value, "68000000")

    def test_two_thousand_cells_at_once(self):
        cells = [self.send("survivor = survivor;", silent=True, store_history=False) for _ in range(2000)]
        ids = {cell.msg_id for cell in cells}
        self.statuses = []
        last = self.send("survivor")
        while True:
            message = self.iopub()
            parent = message["parent_header"].get("msg_id")
            if parent in ids and message["msg_type"] == "status":
                self.statuses.append(parent)
            if parent == last.msg_id:
                last.messages.append(message)
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    break
        last.reply = self.reply_to(last.msg_id)
        self.assertEqual(last.value, "41")
        # Busy and idle of each came in order, and its reply before the last cell's.
        self.assertEqual(self.statuses, [c.msg_id for c in cells for _ in range(2)])

    def test_clients_that_vanish(self):
        cell = self.send("for (int i = 0; i < 40; i++) { System.out.println(i); await(sleep(0.02)); }")
        context = zmq.Context()
        info = self.kc.get_connection_info()
        for _ in range(20):
            sockets = []
            for kind, port in ((zmq.SUB, "iopub_port"), (zmq.DEALER, "shell_port"), (zmq.DEALER, "control_port")):
                socket = context.socket(kind)
                sockets.append(socket)
                socket.linger = 0
                socket.connect("tcp://%s:%d" % (info["ip"], info[port]))
                if kind == zmq.SUB:
                    socket.subscribe(b"")
                else:
                    socket.send(b"half a message", zmq.SNDMORE)
            time.sleep(0.01)
            for socket in sockets:
                socket.close()
        context.term()
        self.finish(cell)
        self.assertEqual(cell.text(), "".join("%d\n" % i for i in range(40)))


if __name__ == "__main__":
    unittest.main()
