"""Runs the notebooks: no error, nothing on stderr, the outputs they were saved with.

`python test_notebooks.py --save` runs them and saves what comes out.
"""
import glob
import os
import re
import sys
import unittest

import nbformat
from nbclient import NotebookClient

FOLDER = os.environ.get("BRIGADE_NOTEBOOKS") or os.path.join(os.path.dirname(__file__), "..", "..", "..")
TIMINGS = {"iopub.status.busy", "iopub.execute_input", "shell.execute_reply", "iopub.status.idle"}


def notebooks():
    return sorted(glob.glob(os.path.join(FOLDER, "*.ipynb")))


def executed(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="brigade", timeout=120).execute()
    return notebook


def is_stall(output):
    """Whether the loop stood still depends on how busy the machine was."""
    text = output.get("data", {}).get("text/plain", "")
    return output.output_type == "display_data" and "event loop stood still" in text


def without_times(text):
    """Times are shown and never judged."""
    return text and re.sub(r"\d+\.\d{3} s", "# s", text)


def outputs(cell):
    """What a reader sees, without ids."""
    seen = []
    for output in cell.get("outputs", []):
        if is_stall(output):
            continue
        if output.output_type == "stream" and seen and seen[-1][0] == ("stream", output.name):
            seen[-1] = (seen[-1][0], seen[-1][1] + output.text)
        elif output.output_type == "stream":
            seen.append((("stream", output.name), output.text))
        else:
            seen.append((output.output_type, without_times(output.get("data", {}).get("text/plain"))))
    return seen


class Notebooks(unittest.TestCase):
    maxDiff = None

    def test_there_are_notebooks(self):
        self.assertGreaterEqual(len(notebooks()), 2)

    def test_they_run_as_saved(self):
        for path in notebooks():
            with self.subTest(notebook=os.path.basename(path)):
                saved = nbformat.read(path, as_version=4)
                nbformat.validate(saved)
                self.assertEqual(saved.metadata.kernelspec.name, "brigade")
                for old, new in zip(saved.cells, executed(path).cells):
                    if new.cell_type != "code":
                        continue
                    for output in new.outputs:
                        self.assertNotEqual(output.output_type, "error", output)
                        self.assertNotEqual(output.get("name"), "stderr", output)
                    self.assertEqual(outputs(old), outputs(new), new.source)
                    self.assertEqual(set(new.metadata.execution), TIMINGS)


    def test_widgets_are_kept_as_they_were_when_their_cell_ended(self):
        cells = ["var bar = new IntProgress(0, 1000); bar", "for (int i = 0; i <= 700; i++) bar.value(i);"]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
        NotebookClient(notebook, kernel_name="brigade", timeout=120).execute()
        view = notebook.cells[0].outputs[0].data["application/vnd.jupyter.widget-view+json"]
        kept = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
        self.assertEqual(kept[view["model_id"]]["model_name"], "IntProgressModel")
        self.assertEqual(kept[view["model_id"]]["state"]["value"], 700)


def joined(cell_outputs):
    """Text of one stream that came in several messages is one output in the file."""
    whole = []
    for output in cell_outputs:
        if is_stall(output):
            continue
        before = whole[-1] if whole else {}
        if output.output_type == "stream" == before.get("output_type") and output.name == before.get("name"):
            before.text += output.text
        else:
            whole.append(output)
    return whole


def save():
    for path in notebooks():
        notebook = executed(path)
        for cell in notebook.cells:
            # When it ran is news in every run; what it showed is not.
            cell.metadata.pop("execution", None)
            if cell.cell_type == "code":
                cell.outputs = joined(cell.outputs)
        nbformat.write(notebook, path)
        print("saved", path)


if __name__ == "__main__":
    if sys.argv[1:] == ["--save"]:
        save()
    else:
        unittest.main()
