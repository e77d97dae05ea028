"""The stock conformance suite of the Jupyter project, with samples in Java."""
import sys
import unittest

import jupyter_kernel_test


class Conformance(jupyter_kernel_test.KernelTests):
    kernel_name = "brigade"
    language_name = "java"
    file_extension = ".java"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": "System.out.printl", "matches": {"println("}},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", "int twice(int n) { return 2 * n; }"]
    incomplete_code_samples = ["int twice(int n) {", "if (true) {", '"""\ntext']
    invalid_code_samples = ["}", "int x = ;"]
    code_generate_error = "Object nothing = null; nothing.toString();"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"a" + "b"', "result": '"ab"'},
        {"code": "6 * 7", "result": "42"},
    ]
    code_display_data = [
        {"code": 'display("shown");', "mime": "text/plain"},
    ]
    code_history_pattern = "1?*2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "System.out.println"
    code_page_something = "String.join?"
    code_clear_output = "clearOutput();"


if __name__ == "__main__":
    ended = unittest.main(exit=False).result
    # The suite skips what it is given no sample for; each of its tests has one here.
    sys.exit(not ended.wasSuccessful() or len(ended.skipped))
