"""Runs one cell's text as the main module, with top-level await, and reports how it failed."""
import sys

cell, report = sys.argv[1], sys.argv[2]
sys.argv = [cell] + sys.argv[3:]


def fail(name, message, text):
    with open(report, "wb") as out:
        out.write("\0".join((name, message, text)).encode("utf-8", "backslashreplace"))
    sys.exit(1)


if sys.version_info < (3, 8):
    version = sys.version.split()[0]
    fail("OldPython", "%%python needs Python 3.8 or newer, and " + sys.executable + " is "
         + version + ". Name another one: %%python /path/to/python3", "")

import ast
import os
import types


def main():
    # As at a terminal: lines show when they end.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.path[0] = os.getcwd()
    sys.modules["__brigade__"] = sys.modules["__main__"]
    module = types.ModuleType("__main__")
    module.__file__ = cell
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    try:
        with open(cell, encoding="utf-8") as text:
            code = compile(text.read(), cell, "exec", dont_inherit=True,
                           flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        body = types.FunctionType(code, module.__dict__)()
        if isinstance(body, types.CoroutineType):
            import asyncio
            asyncio.run(body)
    except SystemExit:
        raise
    except BaseException as error:
        import traceback
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != cell:
            trace = trace.tb_next
        lines = traceback.format_exception(type(error), error, trace)
        fail(type(error).__name__, str(error), "".join(lines))


main()
