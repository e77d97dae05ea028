"""A day of a class in minutes: students open kernels, run the notebooks and odd cells, and leave as students do: they shut
the kernel down, restart it, close the lid (the client is killed at any moment) or walk away (the client ends and says
nothing). Then nothing may be left: no process, no listening port, no file.

    python class_day.py [--kernels 50] [--at-once 4] [--seed N]

The kernel is the installed kernelspec `brigade`. The seed that it prints draws who does what, and when lids close.
"""
import argparse
import glob
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

FOLDER = os.environ.get("BRIGADE_NOTEBOOKS") or os.path.join(os.path.dirname(__file__), "..", "..", "..")
# In the environment of all that a class starts, and so the mark by which its processes are found.
MARK = "BRIGADE_CLASS"
PATIENCE = 120
FATES = ("shuts down", "restarts", "closes the lid", "closes the lid", "walks away")


def cell(client, code, seconds=PATIENCE, **options):
    return client.execute(code, reply=True, timeout=seconds, **options)["content"]


def runs_a_notebook(draw, manager, client):
    path = draw.choice(sorted(glob.glob(os.path.join(FOLDER, "*.ipynb"))))
    NotebookClient(nbformat.read(path, as_version=4), km=manager, timeout=PATIENCE).execute(cleanup_kc=False)


def uses_processes(draw, manager, client):
    assert cell(client, "processPool.map(x -> x * x, List.of(1, 2, 3))")["status"] == "ok"


def starts_programs(draw, manager, client):
    cell(client, 'new ProcessBuilder("sleep", "600").start();')
    client.execute("%%bash\nsleep 600")


def prints_too_much(draw, manager, client):
    cell(client, 'String line = "x".repeat(999) + "\\n"; for (int i = 0; i < 40_000; i++) System.out.print(line);')


def leaves_work_running(draw, manager, client):
    # A stock client that connects waits until nothing has come for 0.2 s: what prints more often keeps it for ever.
    cell(client, "createTask(async(() -> { while (true) { await(sleep(0.5)); IO.println(1); } }));\n"
                 "new Thread(() -> { while (true) {} }).start();\n"
                 "var server = await(startServer((r, w) -> {}, \"127.0.0.1\", 0));")


def interrupts_a_loop(draw, manager, client):
    client.execute("while (true) {}")
    time.sleep(draw.random())
    manager.interrupt_kernel()
    assert cell(client, "1 + 1")["status"] in ("ok", "aborted")


def leaves_a_question_open(draw, manager, client):
    client.execute('IO.readln("name? ")', allow_stdin=True)
    client.get_stdin_msg(timeout=PATIENCE)


def is_stuck(draw, manager, client):
    client.execute("synchronized (lock) { while (true) {} }")


LESSONS = (runs_a_notebook, uses_processes, prints_too_much, leaves_work_running, interrupts_a_loop)
LAST = (starts_programs, leaves_a_question_open, is_stuck, None, None)


def student(seed, fate):
    """One client with its kernel; runs in a process of its own."""
    draw = random.Random(seed)
    manager = KernelManager(kernel_name="brigade")
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    for lesson in draw.sample(LESSONS, draw.randint(1, 3)):
        print(lesson.__name__, flush=True)
        lesson(draw, manager, client)
    last = draw.choice(LAST)
    if last:
        print(last.__name__, flush=True)
        last(draw, manager, client)
    if fate == "restarts":
        manager.restart_kernel()
        client.wait_for_ready(timeout=PATIENCE)
        assert cell(client, "1 + 1")["execution_count"] == 1
    if fate in ("shuts down", "restarts"):
        client.stop_channels()
        manager.shutdown_kernel()
    elif fate == "closes the lid":
        time.sleep(3600)
    else:
        os._exit(0)


class Student:
    """A student's process, as the class sees it."""

    def __init__(self, number, draw, environment):
        self.number = number
        self.fate = draw.choice(FATES)
        self.began = time.monotonic()
        # Also while the kernel still starts.
        self.lid = self.began + draw.uniform(0.2, 12) if self.fate == "closes the lid" else None
        self.log = os.path.join(environment["TMPDIR"], "student-%d.log" % number)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-B", os.path.abspath(__file__), "--student", str(draw.random()), "--fate", self.fate],
                env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)

    def ended(self):
        if self.lid and time.monotonic() > self.lid:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        if self.process.poll() is None:
            if time.monotonic() - self.began > 5 * PATIENCE:
                self.process.kill()
            return False
        return True

    def report(self):
        """Prints what it did; false if it failed."""
        with open(self.log) as f:
            said = f.read()
        os.remove(self.log)
        good = self.process.returncode == (-signal.SIGKILL if self.lid else 0)
        did = [line for line in said.splitlines() if line in LESSON_NAMES]
        print("student %2d %-15s %5.1f s  %s" % (
            self.number, self.fate, time.monotonic() - self.began, ", ".join(d.replace("_", " ") for d in did)), flush=True)
        if not good:
            print(said)
        return good


LESSON_NAMES = {lesson.__name__ for lesson in LESSONS + LAST if lesson}


def processes(token):
    """The live processes that have the class's mark, with their commands."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        try:
            with open("/proc/%s/environ" % entry, "rb") as f:
                if ("%s=%s" % (MARK, token)).encode() not in f.read():
                    continue
            with open("/proc/%s/cmdline" % entry, "rb") as f:
                found[int(entry)] = f.read().replace(b"\0", b" ").decode(errors="replace")[-200:]
        except OSError:
            continue
    return found


def listening():
    """The ports of this machine that somebody listens to."""
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as f:
            for line in f.readlines()[1:]:
                fields = line.split()
                if fields[3] == "0A":
                    ports.add(int(fields[1].rsplit(":", 1)[1], 16))
    return ports


def ports(folder):
    """The ports of the connection files that are there now."""
    found = set()
    for path in glob.glob(os.path.join(folder, "*", "*.json")):
        try:
            with open(path) as f:
                found |= {port for name, port in json.load(f).items() if name.endswith("_port")}
        except (OSError, ValueError):
            pass  # just written, or just gone
    return found


def files(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, below, names in os.walk(folder) for name in names + below)


def hold_class(kernels, at_once, seed):
    """Holds it, and gives what is wrong afterwards, one line each."""
    print("class day: %d kernels, %d at once, --seed %d" % (kernels, at_once, seed), flush=True)
    draw = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="brigade-class-")
    token = os.path.basename(folder)
    place = {name: os.path.join(folder, name) for name in ("tmp", "runtime", "data")}
    for path in place.values():
        os.mkdir(path)
    # A JVM takes its directory for temporary files from no variable but this one; it says so on its standard error.
    environment = dict(os.environ, TMPDIR=place["tmp"], JUPYTER_RUNTIME_DIR=place["runtime"], BRIGADE_DATA=place["data"],
                       JDK_JAVA_OPTIONS="-Djava.io.tmpdir=" + place["tmp"])
    environment[MARK] = token
    before = listening()
    used, failed, waiting, here = set(), 0, list(range(1, kernels + 1)), []
    try:
        while waiting or here:
            while waiting and len(here) < at_once:
                here.append(Student(waiting.pop(0), draw, environment))
            used |= ports(folder)
            for each in [s for s in here if s.ended()]:
                here.remove(each)
                failed += not each.report()
            time.sleep(0.05)
        # Kernels look for their clients twice a second, and have a cell that is stuck to end.
        end = time.monotonic() + 30
        while processes(token) and time.monotonic() < end:
            time.sleep(0.1)
        wrong = ["a student failed"] * failed
        wrong += ["process %d is left: %s" % left for left in processes(token).items()]
        wrong += ["port %d is left" % port for port in sorted(used & listening() - before)]
        wrong += ["file %s is left" % name for name in files(place["tmp"])]
        wrong += ["connection file %s is left" % name for name in files(place["runtime"])]
        wrong += ["%s is left in the user's data" % name for name in files(place["data"]) if name != "history.tsv"]
        print("%d kernels used %d ports" % (kernels, len(used)))
        return wrong
    finally:
        for pid in processes(token):
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--kernels", type=int, default=50)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    parser.add_argument("--student", help=argparse.SUPPRESS)
    parser.add_argument("--fate", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.student:
        student(arguments.student, arguments.fate)
        return 0
    wrong = hold_class(arguments.kernels, arguments.at_once, arguments.seed)
    for line in wrong:
        print(line)
    print("nothing is left" if not wrong else "%d faults" % len(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
