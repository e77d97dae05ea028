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

# Debian's prompt_toolkit leaves Python's own handler of Ctrl-C behind after each prompt, so that the console's, which
# interrupts the kernel, is never called, whatever the kernel. Later ones put it back, as this does. The other lines
# take out the console's own clocks: on a slow machine they run out while it asks the kernel, and it then fails.
PROGRAM = """
import signal
from jupyter_console import app, ptshell

class Shell(ptshell.ZMQTerminalInteractiveShell):
    def init_prompt_toolkit_cli(self):
        super().init_prompt_toolkit_cli()
        self.pt_cli.app.timeoutlen = None
        self.pt_cli.app.ttimeoutlen = 600

    def run_cell(self, *arguments, **options):
        signal.signal(signal.SIGINT, app.ZMQTerminalIPythonApp.instance().handle_sigint)
        return super().run_cell(*arguments, **options)

app.ZMQTerminalInteractiveShell = Shell
app.main()
"""
COLUMNS, LINES = 100, 40


class Console:
    """jupyter-console with a pseudo-terminal."""

    def __init__(self):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1")
            os.execv(sys.executable, [sys.executable, "-c", PROGRAM, "--kernel", "brigade", "--no-confirm-exit",
                                      "--Shell.kernel_is_complete_timeout=30"])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.screen = pyte.Screen(COLUMNS, LINES)
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
        # The console fails when keys come while it asks the kernel about earlier ones.
        while select.select([self.terminal], [], [], 0.3)[0]:
            self.read(0)
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
        console.prompt(3)
        console.type("twice(21)\r")
        console.shows("Out[3]: 42")
        console.prompt(4)

        console.type("Math.multiplyHi\t")
        console.shows("Math.multiplyHigh(")
        console.type("2, 3)\r")
        console.shows("Out[4]: 0")
        console.prompt(5)

        # The console sends the interrupt from a signal handler, in the middle of its own reading, and loses now and
        # then the message it has just taken: the error is not shown, and the next prompt comes.
        number = 5
        for attempt in range(1, 4):
            console.type('IO.println("turning"); while (true) {}\r')
            console.wait(lambda screen: screen.count("\nturning") == attempt)
            console.type("\x03")
            number += 1
            console.prompt(number)
            if "Interrupted" in console.text():
                break
        self.assertIn("Interrupted", console.text())

        console.type('"still " + "here"\r')
        console.shows('Out[%d]: "still here"' % number)
        console.prompt(number + 1)

        console.type('IO.println("Hello, " + IO.readln("Who are you? "))\r')
        console.wait(lambda screen: screen.endswith("\nWho are you?"))
        console.type("Ada\r")
        console.shows("\nHello, Ada")

        # Leaving ends the kernel as well.
        family = descendants(console.pid)
        self.assertGreater(len(family), 1)
        console.wait(lambda screen: "In [%d]:" % (number + 2) in screen)
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
