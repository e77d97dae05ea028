"""Lists the public names of asyncio, concurrent.futures, threading, queue and contextvars.

Prints one name on each line: those of Python 3.14, whatever version from 3.13 on runs this.
The names come from the modules and their public classes; what instances only get in their
constructors, and what 3.14 changed, is listed here by hand. To write the list anew:

    python3 kernel/async/src/test/python/asyncio_names.py \
        > notebooks/src/test/resources/dev/brigade/course/python-names.txt
"""

import asyncio
import asyncio.subprocess
import concurrent.futures
import contextvars
import inspect
import queue
import sys
import threading

MODULES = {
    "asyncio": asyncio,
    "asyncio.subprocess": asyncio.subprocess,
    "concurrent.futures": concurrent.futures,
    "threading": threading,
    "queue": queue,
    "contextvars": contextvars,
}

# What is public in these modules by accident of an import.
FOREIGN = {
    "threading.WeakSet",
    "queue.deque",
    "queue.heappop",
    "queue.heappush",
    "queue.time",
    "asyncio.subprocess.SubprocessStreamProtocol",
    "asyncio.subprocess.logger",
    "threading.ExceptHookArgs.n_fields",
    "threading.ExceptHookArgs.n_sequence_fields",
    "threading.ExceptHookArgs.n_unnamed_fields",
}

# Attributes that only instances have, from the documentation.
INSTANCE = """
asyncio.IncompleteReadError.expected
asyncio.IncompleteReadError.partial
asyncio.LimitOverrunError.consumed
asyncio.AbstractEventLoop.slow_callback_duration
asyncio.subprocess.Process.pid
asyncio.subprocess.Process.stdin
asyncio.subprocess.Process.stdout
asyncio.subprocess.Process.stderr
queue.Queue.maxsize
threading.Timer.function
threading.Timer.interval
threading.Timer.args
threading.Timer.kwargs
threading.__excepthook__
""".split()

# Documented in submodules.
SUBMODULES = """
asyncio.staggered.staggered_race
concurrent.futures.process.BrokenProcessPool
concurrent.futures.thread.BrokenThreadPool
""".split()

# Statements that the objects serve: await, with, for.
STATEMENTS = """
asyncio.AbstractServer.__aenter__
asyncio.Barrier.__aenter__
asyncio.Condition.__aenter__
asyncio.Future.__await__
asyncio.Lock.__aenter__
asyncio.Runner.__enter__
asyncio.Semaphore.__aenter__
asyncio.StreamReader.__aiter__
asyncio.TaskGroup.__aenter__
asyncio.Timeout.__aenter__
asyncio.as_completed.__aiter__
asyncio.as_completed.__iter__
concurrent.futures.Executor.__enter__
threading.Lock.__enter__
""".split()

# Parameters that are features of their own.
PARAMETERS = """
asyncio.run(debug=)
asyncio.run(loop_factory=)
asyncio.create_task(name=)
asyncio.create_task(context=)
asyncio.create_task(eager_start=)
asyncio.gather(return_exceptions=)
asyncio.wait(timeout=)
asyncio.wait(return_when=)
asyncio.as_completed(timeout=)
asyncio.sleep(result=)
asyncio.Future.add_done_callback(context=)
asyncio.AbstractEventLoop.call_soon(context=)
asyncio.open_connection(limit=)
asyncio.open_connection(ssl=)
asyncio.open_connection(happy_eyeballs_delay=)
asyncio.start_server(ssl=)
asyncio.Queue.shutdown(immediate=)
concurrent.futures.Executor.map(timeout=)
concurrent.futures.Executor.map(chunksize=)
concurrent.futures.Executor.map(buffersize=)
concurrent.futures.Executor.shutdown(cancel_futures=)
concurrent.futures.ThreadPoolExecutor(initializer=)
concurrent.futures.ThreadPoolExecutor(thread_name_prefix=)
concurrent.futures.ProcessPoolExecutor(initializer=)
concurrent.futures.ProcessPoolExecutor(max_tasks_per_child=)
concurrent.futures.ProcessPoolExecutor(mp_context=)
threading.Thread(context=)
""".split()

# 3.14 against 3.13.
ADDED = """
asyncio.FrameCallGraphEntry
asyncio.FrameCallGraphEntry.frame
asyncio.FutureCallGraph
asyncio.FutureCallGraph.future
asyncio.FutureCallGraph.call_stack
asyncio.FutureCallGraph.awaited_by
asyncio.capture_call_graph
asyncio.format_call_graph
asyncio.print_call_graph
asyncio.future_add_to_awaited_by
asyncio.future_discard_from_awaited_by
concurrent.futures.InterpreterPoolExecutor
concurrent.futures.InterpreterPoolExecutor.prepare_context
concurrent.futures.ThreadPoolExecutor.prepare_context
concurrent.futures.ProcessPoolExecutor.terminate_workers
concurrent.futures.ProcessPoolExecutor.kill_workers
concurrent.futures.interpreter.BrokenInterpreterPool
concurrent.futures.interpreter.ExecutionFailed
contextvars.Token.__enter__
threading.RLock.locked
""".split()
REMOVED_PARTS = ("child_watcher", "ChildWatcher")


def public(module):
    names = set(getattr(module, "__all__", ()))
    for name in dir(module):
        if not name.startswith("_") and not inspect.ismodule(getattr(module, name)):
            names.add(name)
    return sorted(names)


def classes():
    for module_name, module in MODULES.items():
        for name in public(module):
            value = getattr(module, name)
            if inspect.isclass(value):
                yield f"{module_name}.{name}", value


def members(cls, listed):
    """The public attributes that the class or a base that is not listed brings."""
    inherited = set()
    for base in cls.__mro__[1:]:
        if base in listed or base.__module__ == "builtins":
            inherited |= {n for n in dir(base)}
    own = set()
    for base in cls.__mro__:
        if base is cls or (base not in listed and base.__module__ != "builtins"):
            own |= {n for n in vars(base) if not n.startswith("_")}
    return sorted(n for n in own if n not in inherited)


# Classes that threading hides behind functions.
FACTORIES = {"threading.Lock": threading.Lock(), "threading.RLock": threading.RLock()}
OLD_SPELLINGS = {"acquire_lock", "release_lock", "locked_lock"}


def names():
    found = set(INSTANCE) | set(SUBMODULES) | set(PARAMETERS)
    for module_name, module in MODULES.items():
        found |= {f"{module_name}.{name}" for name in public(module)}
    every = dict(classes())
    listed = set(every.values())
    for full, cls in every.items():
        found |= {f"{full}.{name}" for name in members(cls, listed - {cls})}
    for full, instance in FACTORIES.items():
        found = {n for n in found if not n.startswith(full + ".")}
        found |= {
            f"{full}.{name}"
            for name in dir(instance)
            if not name.startswith("_") and name not in OLD_SPELLINGS
        }
    found |= set(ADDED) | set(STATEMENTS)
    foreign = {n for n in found if any(n == f or n.startswith(f + ".") for f in FOREIGN)}
    removed = {n for n in found if any(part in n for part in REMOVED_PARTS)}
    return sorted(found - foreign - removed)


if sys.version_info < (3, 13):
    sys.exit("this needs Python 3.13 or later")
print("\n".join(names()))
