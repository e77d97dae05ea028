"""What notebook front ends expect beyond the protocol's text: JupyterLab, VS Code, nbclient and jupyter-console."""
import time
import unittest

from jupyter_client.kernelspec import KernelSpecManager
from kernel_driver import KernelCase

# The keys of VS Code, which drops a completion after two seconds, and an inspection after five.
TRIGGERS = ("System.", "@Over", "String#", "Str", "List.of(1).st")


class Expectations(KernelCase):
    def busy(self):
        cell = self.send('IO.println("turning"); while (true) {}')
        self.await_message(cell, lambda m: m["msg_type"] == "stream")
        self.addCleanup(self.finish, cell)
        self.addCleanup(self.km.interrupt_kernel)
        return cell

    def timed(self, ask):
        start = time.perf_counter()
        reply = self.reply_to(ask())
        return time.perf_counter() - start, reply["content"]

    def test_java_is_named_as_highlighters_look_it_up(self):
        info = self.reply_to(self.kc.kernel_info())["content"]
        self.assertEqual(info["protocol_version"], "5.5")
        self.assertEqual({k: v for k, v in info["language_info"].items() if k != "version"}, {
            "name": "java", "mimetype": "text/x-java", "file_extension": ".java", "pygments_lexer": "java",
            "codemirror_mode": "text/x-java"})

    def test_the_kernelspec_asks_for_interrupts_by_message(self):
        spec = KernelSpecManager().get_kernel_spec("brigade")
        # A signal would go to every child process, and on Windows to nobody; notebooks of other kernels find us by the
        # language.
        self.assertEqual((spec.interrupt_mode, spec.language), ("message", "java"))
        self.assertEqual(spec.metadata["supported_encryption"], "curve")

    def test_a_cell_has_its_times(self):
        cell = self.ok("await(sleep(0.2)); 1 + 1")
        dates = {m["content"].get("execution_state", m["msg_type"]): m["header"]["date"] for m in cell.messages}
        reply = cell.reply["header"]["date"]
        self.assertLessEqual(dates["busy"], dates["execute_input"])
        self.assertLess(dates["execute_input"], dates["execute_result"])
        self.assertLessEqual(dates["execute_result"], dates["idle"])
        self.assertLessEqual(dates["execute_result"], reply)
        started = cell.reply["metadata"]["started"]
        self.assertLess(started, reply.isoformat())

    def test_lines_are_judged_within_a_second_beside_a_busy_cell(self):
        self.busy()
        answers = {"if (true) {": "incomplete", "1 + 1": "complete", "int x = ;": "invalid"}
        best = {}
        for code, expected in list(answers.items()) * 3:
            took, content = self.timed(lambda: self.kc.is_complete(code))
            best[code] = min(took, best.get(code, took))
            # While the analysis is busy an answer may be a guess.
            self.assertIn(content["status"], (expected, "unknown"))
        print("is_complete beside a busy cell takes %.0f ms" % (max(best.values()) * 1000))
        # jupyter-console asks no more after one that took longer.
        self.assertLess(max(best.values()), 1)

    def test_completion_and_inspection_answer_beside_a_busy_cell(self):
        self.busy()
        times = []
        for code in TRIGGERS * 4:
            took, content = self.timed(lambda: self.kc.complete(code))
            self.assertEqual(content["status"], "ok", content)
            times.append(took)
        self.assertTrue(self.timed(lambda: self.kc.inspect("String.join"))[1]["found"])
        self.assertTrue(any(m.startswith("out") for m in self.reply_to(self.kc.complete("System."))["content"]["matches"]))
        print("completion beside a busy cell: half within %.0f ms" % (sorted(times)[len(times) // 2] * 1000))
        self.assertLess(sorted(times)[len(times) // 2], 2)

    def test_worker_processes_outlive_an_interrupt(self):
        worker = "await(processPool.submit(() -> ProcessHandle.current().pid()))"
        children = "ProcessHandle.current().children().map(ProcessHandle::pid).sorted().toList()"
        self.ok(worker)
        alive = self.ok(children).value
        self.assertRegex(alive, r"\d")
        cell = self.send('IO.println("turning"); while (true) {}')
        self.await_message(cell, lambda m: m["msg_type"] == "stream")
        self.km.interrupt_kernel()
        self.finish(cell)
        self.assertEqual(cell.reply["content"]["ename"], "Interrupted")
        self.assertEqual(self.ok(children).value, alive)
        self.assertIn(self.ok(worker).value, alive)

    def test_cursors_count_code_points_beyond_the_basic_plane(self):
        # Each face is one code point, two units of UTF-16 and four bytes of UTF-8; the flag is two code points.
        faces = 'var s = "\U0001f600\U0001f468\u200d\U0001f373\U0001f1e9\U0001f1ea"; /* \U0001d54f */ '
        for code, wanted in ((faces + "System.out.printl", "printl"), (faces + '"\U0001f600".substr', "substr")):
            for after in ("", ' + "\U0001f600"'):
                content = self.reply_to(self.kc.complete(code + after, len(code)))["content"]
                start, end = content["cursor_start"], content["cursor_end"]
                self.assertEqual((code[start:end], end), (wanted, len(code)))
                for match in content["metadata"].get("_jupyter_types_experimental", []):
                    self.assertEqual((match["start"], match["end"]), (start, end))
        code = faces + "String.join"
        for cursor, found in ((len(code), True), (len(code) - 2, True), (len(faces) + 3, True), (9, False)):
            content = self.reply_to(self.kc.inspect(code + ' + "\U0001f600"', cursor))["content"]
            self.assertEqual(content["found"], found, (cursor, content))
        self.assertIn("join(", self.reply_to(self.kc.inspect(code, len(code)))["content"]["data"]["text/plain"])


if __name__ == "__main__":
    unittest.main()
