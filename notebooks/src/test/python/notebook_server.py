"""Jupyter's notebook server, as a program of its own, for what runs in a browser."""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 60


class Server:
    """Jupyter's notebook server over a temporary directory."""

    def __init__(self, *options):
        self.folder = tempfile.mkdtemp(prefix="brigade-server-")
        self.log = open(os.path.join(self.folder, "server.log"), "w+")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            # Should another take it meanwhile, the server tries the next ones.
            port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=%d" % port,
             "--NotebookApp.notebook_dir=" + self.folder, "--NotebookApp.enable_mathjax=False", *options],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)

    def address(self):
        """Where it listens, and its token, as it says itself."""
        runtime = os.environ.get("JUPYTER_RUNTIME_DIR") or os.path.expanduser("~/.local/share/jupyter/runtime")
        said = os.path.join(runtime, "nbserver-%d.json" % self.process.pid)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with open(said) as f:
                    info = json.load(f)
                return info["url"], info["token"]
            except (OSError, ValueError):
                time.sleep(0.05)
        self.log.seek(0)
        raise AssertionError("the notebook server does not start:\n" + self.log.read())

    def close(self):
        # The first asks on a terminal and ends without one; both end its kernels.
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder)
