"""What goes wrong in one cell, or in one client, is over with it."""
import json
import time
import unittest
from datetime import datetime

import zmq
from jupyter_client.session import Session
from kernel_driver import PATIENCE, KernelCase


def milliseconds(first, last):
    """Between two messages, by the kernel's clock."""
    return (datetime.fromisoformat(last["date"]) - datetime.fromisoformat(first["date"])).total_seconds() * 1000


class Pipe:
    """Another client of the kernel: sockets and no more, so that the stock client's own pace does not count. That one hears
    nothing meanwhile."""

    def __init__(self, client):
        self.client = client
        client.iopub_channel.socket.unsubscribe(b"")
        self.session = Session(key=client.session.key)
        self.context = zmq.Context()
        info = client.get_connection_info()
        self.shell, self.iopub = self.context.socket(zmq.DEALER), self.context.socket(zmq.SUB)
        for socket, port in ((self.shell, "shell_port"), (self.iopub, "iopub_port")):
            socket.linger, socket.hwm, socket.rcvtimeo = 0, 0, PATIENCE * 1000
            if socket is self.iopub:
                socket.subscribe(b"")
            socket.connect("tcp://%s:%d" % (info["ip"], info[port]))
        # Only who has subscribed is told; the kernel welcomes who has.
        while self.read(self.iopub)["type"] != "iopub_welcome":
            pass

    def ask(self, msg_type, content):
        message = self.session.msg(msg_type, content)
        self.shell.send_multipart(self.session.serialize(message))
        return message["header"]["msg_id"]

    def send(self, code):
        return self.ask("execute_request", {"code": code, "silent": True, "store_history": False})

    @staticmethod
    def read(socket):
        frames = socket.recv_multipart()
        header, parent, _, content = map(json.loads, frames[frames.index(b"<IDS|MSG>") + 2:][:4])
        return {"type": header["msg_type"], "date": header["date"].rstrip("Z"), "parent": parent.get("msg_id"),
                "status": content.get("status")}

    def replies(self, count):
        return [self.read(self.shell) for _ in range(count)]

    def statuses(self, count):
        """The cells that are busy and idle, in order."""
        seen = [self.read(self.iopub) for _ in range(2 * count)]
        return [message["parent"] for message in seen]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shell.close()
        self.iopub.close()
        self.context.term()
        self.client.iopub_channel.socket.subscribe(b"")
        while self.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "iopub_welcome":
            pass


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

    def memory(self):
        """Bytes the kernel uses, as it says itself."""
        request = self.kc.session.msg("usage_request", {})
        self.kc.control_channel.send(request)
        return self.reply_to(request["header"]["msg_id"], "control")["content"]["kernel_memory"]

    def test_ten_thousand_cells_at_once(self):
        before = self.memory()
        with Pipe(self.kc) as pipe:
            cells = [pipe.send("survivor++;" if i % 100 == 0 else "") for i in range(10_000)]
            # The client reads no reply until all of them are there: they wait for it.
            self.assertEqual(pipe.statuses(10_000), [cell for cell in cells for _ in range(2)])
            replies = pipe.replies(10_000)
        self.assertEqual([r["parent"] for r in replies], cells)
        self.assertEqual({r["status"] for r in replies}, {"ok"})
        print("10,000 cells took %.0f ms" % milliseconds(replies[0], replies[-1]))
        self.assertEqual(self.ok("survivor -= 100").value, "41")
        self.assertLess(self.memory() - before, 300_000_000)

    def test_ten_thousand_cells_behind_one_that_is_interrupted(self):
        running = self.send('IO.println("started"); while (true) {}')
        self.await_message(running, lambda m: m["msg_type"] == "stream")
        with Pipe(self.kc) as pipe:
            cells = [pipe.send("survivor = 0;") for _ in range(10_000)]
            # What comes after them on the same channel is answered when they are in the queue.
            pipe.ask("kernel_info_request", {})
            self.assertEqual(pipe.replies(1)[0]["status"], "ok")
            self.km.interrupt_kernel()
            replies = pipe.replies(10_000)
        self.assertEqual([r["parent"] for r in replies], cells)
        self.assertEqual({r["status"] for r in replies}, {"aborted"})
        self.assertEqual(self.reply_to(running.msg_id)["content"]["ename"], "Interrupted")
        print("10,000 waiting cells aborted in %.0f ms" % milliseconds(replies[0], replies[-1]))

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
