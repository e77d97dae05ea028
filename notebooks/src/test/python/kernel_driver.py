"""Drives the kernel `brigade` through the stock client and keeps what it says."""
import os
import queue
import time
import unittest

from jupyter_client.manager import KernelManager

PATIENCE = 60


class Cell:
    """What one cell led to, up to its idle."""

    def __init__(self, msg_id):
        self.msg_id = msg_id
        self.reply = None
        self.messages = []

    def text(self, name="stdout"):
        return "".join(m["content"]["text"] for m in self.messages
                       if m["msg_type"] == "stream" and m["content"]["name"] == name)

    def of(self, msg_type):
        return [m["content"] for m in self.messages if m["msg_type"] == msg_type]

    @property
    def status(self):
        return self.reply["content"]["status"]

    @property
    def value(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None


class KernelCase(unittest.TestCase):
    """One kernel for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        # All text so far, by the id of its cell.
        cls.streams = {}
        cls.km = KernelManager(kernel_name="brigade")
        cls.km.start_kernel()
        cls.kc = cls.km.blocking_client()
        cls.kc.start_channels()
        cls.kc.wait_for_ready(timeout=PATIENCE)

    @classmethod
    def tearDownClass(cls):
        cls.kc.stop_channels()
        cls.km.shutdown_kernel()

    @property
    def pid(self):
        return self.km.provisioner.process.pid

    def send(self, code, **options):
        options.setdefault("allow_stdin", False)
        return Cell(self.kc.execute(code, **options))

    def iopub(self, timeout=PATIENCE):
        message = self.kc.get_iopub_msg(timeout=timeout)
        if message["msg_type"] == "stream":
            parent = message["parent_header"].get("msg_id")
            self.streams.setdefault(parent, []).append(message["content"]["text"])
        return message

    def finish(self, cell, timeout=PATIENCE):
        """Collects until idle and reply, whatever comes first."""
        end = time.monotonic() + timeout
        while True:
            left = end - time.monotonic()
            self.assertGreater(left, 0, "no idle; last %s" % [m["msg_type"] for m in cell.messages[-20:]])
            try:
                message = self.iopub(left)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != cell.msg_id:
                continue
            cell.messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        cell.reply = self.reply_to(cell.msg_id)
        return cell

    def reply_to(self, msg_id, channel="shell"):
        get = {"shell": self.kc.get_shell_msg, "control": self.kc.get_control_msg}[channel]
        while True:
            message = get(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == msg_id:
                return message

    def run_cell(self, code, **options):
        return self.finish(self.send(code, **options))

    def ok(self, code, **options):
        cell = self.run_cell(code, **options)
        self.assertEqual(cell.status, "ok", cell.reply["content"])
        return cell

    def await_message(self, cell, wanted, timeout=PATIENCE):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                message = self.iopub(max(0.01, end - time.monotonic()))
            except queue.Empty:
                break
            if message["parent_header"].get("msg_id") == cell.msg_id:
                cell.messages.append(message)
                if wanted(message):
                    return message
        self.fail("did not come; last %s" % [(m["msg_type"], m["content"]) for m in cell.messages[-20:]])


def cpu_seconds(pid):
    """User and system time of a process."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descendants(pid):
    """A process and all that it started and that lives."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open("/proc/%s/stat" % entry) as f:
                    fields = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry)] = int(fields[1])
    found = [pid] if pid in parents else []
    for process in found:
        found += [p for p, parent in parents.items() if parent == process]
    return found
