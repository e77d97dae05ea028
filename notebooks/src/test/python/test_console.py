"""jupyter-console at a real terminal: what a person types, and what then stands on the screen."""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import unittest

import pyte
from kernel_driver import descendants

PATIENCE = 60
COLUMNS, LINES = 100, 40


class Screen(pyte.Screen):
    """A terminal that answers when it is asked where the cursor is."""

    keyboard = None

    def write_process_input(self, data):
        os.write(self.keyboard, data.encode())


class Console:
    """jupyter-console with a pseudo-terminal."""

    def __init__(self):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="0")
            os.execv(sys.executable, [sys.executable, "-m", "jupyter_console", "--kernel", "brigade",
                                      "--ZMQTerminalInteractiveShell.confirm_exit=False"])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.screen = Screen(COLUMNS, LINES)
        self.screen.keyboard = self.terminal
        self.stream = pyte.ByteStream(self.screen)

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def read(self, seconds):
        """Feeds what comes to the screen; false at the end."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            return False
        self.stream.feed(data)
        return bool(data)

    def wait(self, seen):
        """Until something holds for the screen's text."""
        end = time.monotonic() + PATIENCE
        while not seen(self.text()):
            if time.monotonic() > end or not self.read(0.2):
                raise AssertionError("does not come; the screen shows:\n" + self.text())

    def shows(self, text):
        self.wait(lambda screen: text in screen)

    def prompt(self, number):
        self.wait(lambda screen: screen.splitlines()[-1:] == ["In [%d]:" % number])

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def close(self):
        for process in descendants(self.pid):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            os.waitpid(self.pid, 0)
        except ChildProcessError:
            pass
        os.close(self.terminal)


class ConsoleTest(unittest.TestCase):
    def setUp(self):
        self.console = Console()
        self.addCleanup(self.console.close)
        self.console.prompt(1)

    def test_a_session_at_the_terminal(self):
        console = self.console
        self.assertIn("Brigade", console.text())

        console.type("6 * 7\r")
        console.shows("Out[1]: 42")
        console.prompt(2)

        # The kernel says what is not complete yet, and how deep the next line stands.
        console.type("int twice(int n) {\r")
        console.wait(lambda screen: "...:" in screen.splitlines()[-1])
        console.type("return 2 * n;\r}\r")
        console.wait(lambda screen: "In [3]:" in screen or screen.count("...:") >= 3)
        if "In [3]:" not in console.text():
            console.type("\r")
        console.prompt(3)
        console.type("twice(21)\r")
        console.shows("Out[3]: 42")
        console.prompt(4)

        console.type("Math.multiplyHi\t")
        console.shows("Math.multiplyHigh(")
        console.type("2, 3)\r")
        console.shows("Out[4]: 0")
        console.prompt(5)

        console.type('IO.println("turning"); while (true) {}\r')
        console.wait(lambda screen: "\nturning" in screen)
        console.type("\x03")
        console.shows("Interrupted")
        console.prompt(6)

        console.type('"still " + "here"\r')
        console.shows('Out[6]: "still here"')
        console.prompt(7)

        console.type('IO.println("Hello, " + IO.readln("Who are you? "))\r')
        console.shows("Who are you?")
        console.type("Ada\r")
        console.shows("Hello, Ada")

        # Leaving ends the kernel as well.
        family = descendants(console.pid)
        self.assertGreater(len(family), 1)
        console.wait(lambda screen: "In [8]:" in screen)
        console.type("\x04")
        while console.read(PATIENCE):
            pass
        os.waitpid(console.pid, 0)
        end = time.monotonic() + PATIENCE
        while any(map(descendants, family)) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual([p for p in family if descendants(p)], [])


if __name__ == "__main__":
    unittest.main()
