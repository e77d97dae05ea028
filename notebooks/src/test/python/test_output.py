"""Text is never lost, torn, late or under the wrong cell."""
import queue
import time
import unittest

from kernel_driver import KernelCase


class Output(KernelCase):
    def test_a_hundred_thousand_lines(self):
        cell = self.ok('for (int i = 0; i < 100_000; i++) System.out.println("line " + i);')
        self.assertEqual(cell.text(), "".join("line %d\n" % i for i in range(100_000)))

    def test_one_string_of_twenty_megabytes(self):
        cell = self.ok('System.out.print("x".repeat(20_000_000));')
        self.assertEqual(len(cell.text()), 20_000_000)

    def test_eight_threads_print_whole_lines(self):
        cell = self.ok(
            "var printers = new ArrayList<Thread>();\n"
            "for (int t = 0; t < 8; t++) {\n"
            "  int n = t;\n"
            '  printers.add(new Thread(() -> { for (int i = 0; i < 2000; i++) System.out.println("t" + n + ":" + i); }));\n'
            "}\n"
            "for (var p : printers) p.start();\n"
            "for (var p : printers) p.join();")
        lines = cell.text().splitlines()
        self.assertEqual(len(lines), 16_000)
        self.assertEqual(set(lines), {"t%d:%d" % (t, i) for t in range(8) for i in range(2000)})

    def test_output_after_idle_belongs_to_its_cell(self):
        for start in (
                'new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) {} System.out.println("late"); }).start();',
                'createTask(async(() -> { await(sleep(0.3)); System.out.println("late"); }));',
                'Thread.startVirtualThread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) {} System.out.println("late"); });',
        ):
            with self.subTest(start=start):
                cell = self.ok(start)
                self.assertEqual(cell.text(), "")
                self.await_message(cell, lambda m: m["msg_type"] == "stream" and m["content"]["text"] == "late\n")
                self.assertEqual(self.ok("1 + 1").text(), "")

    def test_output_comes_while_the_cell_runs(self):
        cell = self.send('System.out.print("no newline"); await(sleep(30));')
        self.await_message(cell, lambda m: m["msg_type"] == "stream" and m["content"]["text"] == "no newline", 20)
        self.km.interrupt_kernel()
        self.finish(cell)

    def test_both_streams_keep_their_order(self):
        cell = self.ok('System.out.print("1"); System.err.print("2"); System.out.print("3");')
        self.assertEqual([(c["name"], c["text"]) for c in cell.of("stream")],
                         [("stdout", "1"), ("stderr", "2"), ("stdout", "3")])

    def test_unicode(self):
        cell = self.ok('System.out.println("h\u00e9llo \u2603 \U0001f600");')
        self.assertEqual(cell.text(), "h\u00e9llo \u2603 \U0001f600\n")

    def test_background_tasks_of_two_cells_do_not_mix(self):
        first = self.ok('createTask(async(() -> { for (int i = 0; i < 20; i++) { await(sleep(0.01)); System.out.print("a"); } }));')
        second = self.ok('createTask(async(() -> { for (int i = 0; i < 20; i++) { await(sleep(0.01)); System.out.print("b"); } }));')
        end = time.monotonic() + 20
        while time.monotonic() < end:
            texts = ["".join(self.streams.get(cell.msg_id, [])) for cell in (first, second)]
            if min(map(len, texts)) >= 20:
                break
            self.iopub()
        self.assertEqual(texts, ["a" * 20, "b" * 20])

    # How a line can be said besides printing it: by a log, or by what nobody catches.
    SAID = {
        "log": 'java.util.logging.Logger.getLogger("kitchen").info("said");',
        "system log": 'System.getLogger("kitchen").log(System.Logger.Level.WARNING, "said");',
        "print": 'System.err.println("said");',
        "uncaught": 'throw new IllegalStateException("said");',
    }

    # Who says it: code around it, given a statement.
    SPEAKERS = {
        "task": "createTask(async(() -> { await(sleep(0.2)); %s }));",
        "platform thread": "Thread.ofPlatform().start(() -> { pause(); %s });",
        "virtual thread": "Thread.ofVirtual().start(() -> { pause(); %s });",
        "pool": "threadPool.execute(() -> { pause(); %s });",
        "pool of the JDK": "Executors.newCachedThreadPool().execute(() -> { pause(); %s });",
        "timer": "new Timer(true).schedule(new TimerTask() { public void run() { %s } }, 200);",
        "worker process": "processPool.submit(() -> { pause(); %s return 1; });",
    }

    def test_whoever_speaks_later_is_heard_under_its_own_cell(self):
        self.ok("void pause() { try { Thread.sleep(200); } catch (InterruptedException e) { } }")
        self.ok("await(eventLoop().runInExecutor(processPool, () -> 1));")
        for speaker, code in self.SPEAKERS.items():
            for how, said in self.SAID.items():
                if how == "uncaught" and speaker in ("task", "worker process"):
                    continue  # their futures hold it
                with self.subTest(speaker=speaker, how=how):
                    cell = self.ok(code % said)
                    later = self.ok("1 + 1")
                    end = time.monotonic() + 20
                    while "said" not in "".join(self.streams.get(cell.msg_id, [])):
                        self.assertLess(time.monotonic(), end, self.streams.get(cell.msg_id))
                        try:
                            self.iopub(1)
                        except queue.Empty:
                            pass
                    self.assertNotIn(later.msg_id, self.streams)

    def test_levels_of_a_log(self):
        cell = self.ok('var log = java.util.logging.Logger.getLogger("oven"); log.fine("too fine"); log.warning("hot");')
        self.assertRegex(cell.text("stderr"), r"^\d\d:\d\d:\d\d WARNING oven: hot\n$")
        cell = self.ok("log.setLevel(java.util.logging.Level.FINE);\n"
                       'for (var h : java.util.logging.Logger.getLogger("").getHandlers()) h.setLevel(java.util.logging.Level.FINE);\n'
                       'log.fine("fine");')
        self.assertRegex(cell.text("stderr"), r"FINE oven: fine\n$")

    def test_streams_logs_and_displays_keep_their_order(self):
        cell = self.ok('System.out.print("1"); java.util.logging.Logger.getLogger("").info("2"); display("3");\n'
                       'System.err.print("4"); System.out.print("5"); display("6"); System.out.print("7");')
        shown = [m["content"].get("text") or m["content"]["data"]["text/plain"]
                 for m in cell.messages if m["msg_type"] in ("stream", "display_data")]
        self.assertEqual("".join(c for text in shown for c in text.split(" ")[-1] if c.isdigit()), "1234567")

    def test_programs_that_inherit_the_output(self):
        cell = self.ok('new ProcessBuilder("sh", "-c", "echo out; echo err >&2").inheritIO().start().waitFor();\n'
                       'System.out.println("after");')
        self.assertEqual(cell.text(), "out\nafter\n")
        self.assertEqual(cell.text("stderr"), "err\n")
        cell = self.ok('new ProcessBuilder("sh", "-c", "sleep 0.3; echo late").inheritIO().start();')
        self.await_message(cell, lambda m: m["msg_type"] == "stream" and m["content"]["text"] == "late\n")


if __name__ == "__main__":
    unittest.main()
