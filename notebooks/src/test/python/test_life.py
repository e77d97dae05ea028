"""Start, shutdown, restart, and a client that dies."""
import os
import signal
import subprocess
import sys
import time
import unittest

from jupyter_client.manager import KernelManager
from kernel_driver import PATIENCE, descendants

CLIENT = """
import sys, time
from jupyter_client.manager import KernelManager
km = KernelManager(kernel_name="brigade")
km.start_kernel()
kc = km.blocking_client()
kc.start_channels()
kc.wait_for_ready(timeout=60)
print(km.provisioner.process.pid, km.connection_file, flush=True)
time.sleep(600)
"""


def gone(pids, timeout=PATIENCE):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if not any(descendants(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


class Life(unittest.TestCase):
    def start(self):
        km = KernelManager(kernel_name="brigade")
        km.start_kernel()
        kc = km.blocking_client()
        kc.start_channels()
        kc.wait_for_ready(timeout=PATIENCE)
        self.addCleanup(km.shutdown_kernel, now=True)
        self.addCleanup(kc.stop_channels)
        return km, kc

    def test_shutdown_replies_and_leaves_nothing(self):
        for busy in (False, True):
            with self.subTest(busy=busy):
                km, kc = self.start()
                kc.execute('new ProcessBuilder("sleep", "600").start();', reply=True, timeout=PATIENCE)
                if busy:
                    kc.execute("while (true) {}")
                pids = descendants(km.provisioner.process.pid)
                self.assertGreater(len(pids), 1)
                start = time.monotonic()
                msg_id = kc.shutdown()
                while True:
                    reply = kc.get_control_msg(timeout=PATIENCE)
                    if reply["parent_header"].get("msg_id") == msg_id:
                        break
                self.assertEqual(reply["content"], {"status": "ok", "restart": False})
                self.assertEqual(km.provisioner.process.wait(timeout=PATIENCE), 0)
                print("shutdown took %.0f ms%s" % ((time.monotonic() - start) * 1000, " with a busy cell" if busy else ""))
                self.assertTrue(gone(pids), "left: %s" % [p for p in pids if descendants(p)])

    def test_restart_works(self):
        km, kc = self.start()
        kc.execute("int x = 1;", reply=True, timeout=PATIENCE)
        km.restart_kernel()
        kc.wait_for_ready(timeout=PATIENCE)
        reply = kc.execute("int x = 2;", reply=True, timeout=PATIENCE)
        self.assertEqual((reply["content"]["status"], reply["content"]["execution_count"]), ("ok", 1))

    def test_a_client_that_is_killed_takes_the_kernel_along(self):
        client = subprocess.Popen([sys.executable, "-c", CLIENT], stdout=subprocess.PIPE, text=True)
        kernel, connection_file = client.stdout.readline().split()
        kernel = int(kernel)
        self.assertTrue(descendants(kernel))
        self.assertTrue(os.path.exists(connection_file))
        os.kill(client.pid, signal.SIGKILL)
        client.wait()
        client.stdout.close()
        self.assertTrue(gone([kernel]), "the kernel lives on")
        self.assertFalse(os.path.exists(connection_file), "nobody else deletes it")

    def test_the_first_cell_can_be_sent_at_once(self):
        km = KernelManager(kernel_name="brigade")
        start = time.monotonic()
        km.start_kernel()
        self.addCleanup(km.shutdown_kernel, now=True)
        kc = km.blocking_client()
        kc.start_channels(hb=False)
        self.addCleanup(kc.stop_channels)
        reply = kc.execute("1 + 1", reply=True, timeout=PATIENCE)
        self.assertEqual(reply["content"]["status"], "ok")
        print("launch to first reply %.0f ms" % ((time.monotonic() - start) * 1000))


if __name__ == "__main__":
    unittest.main()
