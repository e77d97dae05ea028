"""Drives a headless Chromium as a person does: typed keys, clicks, and what the page then shows.

Speaks the DevTools protocol through two pipes, so there is no port, no driver program and no library.
"""
import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

PATIENCE = 60
NAMES = ("chromium", "chromium-browser", "google-chrome")
KEYS = {
    "Enter": (13, "Enter", "\r"),
    "Tab": (9, "Tab", ""),
    "Escape": (27, "Escape", ""),
    "Backspace": (8, "Backspace", ""),
    "ArrowLeft": (37, "ArrowLeft", ""),
    "ArrowUp": (38, "ArrowUp", ""),
    "ArrowRight": (39, "ArrowRight", ""),
    "ArrowDown": (40, "ArrowDown", ""),
    "End": (35, "End", ""),
    "Home": (36, "Home", ""),
}
MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


def executable():
    """A Chromium's path, or None."""
    chosen = os.environ.get("BRIGADE_CHROMIUM")
    return chosen or next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """A Chromium with one page. `close` ends it and removes its files."""

    def __init__(self, program, width=1000, height=900):
        self.profile = tempfile.mkdtemp(prefix="brigade-browser-")
        command_read, self._write = os.pipe()
        self._read, event_write = os.pipe()

        def wire():
            # Chromium reads commands from 3 and writes answers to 4; both numbers may be taken here.
            commands, answers = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (command_read, event_write))
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--no-first-run", "--disable-gpu",
             "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync", "--disable-component-update",
             "--disable-background-networking", "--disable-background-timer-throttling", "--hide-scrollbars",
             "--user-data-dir=" + self.profile, "--window-size=%d,%d" % (width, height), "about:blank"],
            preexec_fn=wire, pass_fds=(3, 4), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(command_read)
        os.close(event_write)
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._session = None
        # What the page's scripts threw or logged as an error, oldest first.
        self.errors = []
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log"):
                self.call(domain + ".enable")
            self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        except BaseException:
            self.close()
            raise

    def call(self, method, **parameters):
        """Sends one command and waits for its answer."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data):]
        end = time.monotonic() + PATIENCE
        while True:
            answer = self._next(end, method)
            if answer.get("id") == number:
                if "error" in answer:
                    raise AssertionError("%s: %s" % (method, answer["error"]))
                return answer["result"]

    def _next(self, end, method):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0, end - time.monotonic()))
            more = os.read(self._read, 1 << 16) if ready else b""
            if not more:
                raise AssertionError("the browser does not answer " + method)
            self._buffer += more
        text, self._buffer = self._buffer.split(b"\0", 1)
        message = json.loads(text)
        if message.get("method") == "Runtime.exceptionThrown":
            details = message["params"]["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        return message

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete'")

    def ask(self, expression):
        """The value of an expression in the page; a promise is awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise AssertionError("%s\n%s" % (expression, details.get("exception", {}).get("description", details["text"])))
        return answer["result"].get("value")

    def wait(self, expression, timeout=PATIENCE):
        """Until an expression is true in the page; gives its value."""
        end = time.monotonic() + timeout
        while True:
            value = self.ask(expression)
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError("did not become true: %s; the page shows: %s"
                                     % (expression, self.ask("document.body.innerText.slice(-1500)")))
            time.sleep(0.02)

    def click(self, selector):
        box = self.wait("""(() => {
          const e = document.querySelector(%s);
          if (!e) return null;
          e.scrollIntoView({block: 'nearest'});
          const r = e.getBoundingClientRect();
          return r.width ? [r.left + r.width / 2, r.top + r.height / 2] : null;
        })()""" % json.dumps(selector))
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def drag(self, start, end, steps=5):
        """Moves the pressed mouse between two points of the page."""
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], button="left", clickCount=1)
        for i in range(1, steps + 1):
            x, y = (start[n] + (end[n] - start[n]) * i / steps for n in (0, 1))
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], button="left", clickCount=1)

    def type(self, text):
        """Types text key by key, so that editors close brackets and indent as they do for people."""
        for character in text:
            if character == "\n":
                self.press("Enter")
            else:
                self.call("Input.dispatchKeyEvent", type="keyDown", text=character, key=character)
                self.call("Input.dispatchKeyEvent", type="keyUp", key=character)

    def press(self, keys):
        """One press of a key with modifiers, such as `Shift+Tab`."""
        *held, name = keys.split("+")
        number, code, text = KEYS.get(name) or (ord(name.upper()), "Key" + name.upper(), "")
        modifiers = sum(MODIFIERS[each] for each in held)
        common = dict(key=name, code=code, windowsVirtualKeyCode=number, modifiers=modifiers)
        down = {"type": "keyDown", "text": text} if text and not modifiers & ~MODIFIERS["Shift"] else {"type": "rawKeyDown"}
        self.call("Input.dispatchKeyEvent", **down, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def screenshot(self, path):
        picture = self.call("Page.captureScreenshot", format="png")["data"]
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(base64.b64decode(picture))

    def close(self):
        if self._read is None:
            return
        try:
            self._session = None
            self.call("Browser.close")
            self.process.wait(10)
        except (AssertionError, OSError, subprocess.TimeoutExpired):
            pass
        try:
            # What is left of it, with all children.
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        os.close(self._read)
        os.close(self._write)
        self._read = None
        for _ in range(50):
            # A child that is about to die may still write.
            shutil.rmtree(self.profile, ignore_errors=True)
            if not os.path.exists(self.profile):
                return
            time.sleep(0.1)

