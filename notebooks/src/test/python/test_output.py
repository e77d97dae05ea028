"""Text is never lost, torn, late or under the wrong cell."""
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


if __name__ == "__main__":
    unittest.main()
