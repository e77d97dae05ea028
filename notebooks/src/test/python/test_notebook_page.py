"""Jupyter Notebook in a browser: a person types, presses keys and buttons, and reads the page.

Leaves pictures of the page in `target/screenshots`, for people to look at.
"""
import glob
import json
import os
import time
import unittest

import browser
import nbformat
import notebook_server

PATIENCE = 60
PICTURES = os.environ.get("BRIGADE_SCREENSHOTS") or os.path.join(
    os.path.dirname(__file__), "..", "..", "..", "target", "screenshots")
RUNNING = "document.querySelectorAll('.code_cell.running').length"


class NotebookPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        program = browser.executable()
        if program is None:
            reason = "There is no Chromium here; run build/clients.sh to install it."
            if os.environ.get("BRIGADE_CLIENTS") == "required":
                raise AssertionError(reason)
            raise unittest.SkipTest(reason)
        for old in glob.glob(os.path.join(PICTURES, "notebook-*.png")):
            os.remove(old)
        cls.server = notebook_server.Server()
        cls.addClassCleanup(cls.server.close)
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("")],
            metadata={"kernelspec": {"name": "brigade", "display_name": "Java (Brigade)", "language": "java"}})
        nbformat.write(notebook, os.path.join(cls.server.folder, "page.ipynb"))
        cls.page = browser.Browser(program)
        cls.addClassCleanup(cls.page.close)
        address, token = cls.server.address()
        cls.page.open("%snotebooks/page.ipynb?token=%s" % (address, token))
        cls.page.wait("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()")
        cls.page.wait("Jupyter.notebook.kernel.info_reply.status === 'ok'")

    def setUp(self):
        """An empty cell below the others, where a person would type next."""
        self.page.ask("Jupyter.notebook.insert_cell_at_bottom('code') && null")
        self.number = self.page.ask("Jupyter.notebook.ncells()") - 1
        self.page.ask("Jupyter.notebook.select(%d) && Jupyter.notebook.edit_mode()" % self.number)
        self.page.ask("Jupyter.notebook.scroll_to_cell(%d)" % self.number)

    @property
    def cell(self):
        return "Jupyter.notebook.get_cell(%d)" % self.number

    def output(self):
        return self.page.ask(self.cell + ".output_area.element[0].innerText")

    def shows(self, text):
        self.page.wait("%s.output_area.element[0].innerText.includes(%s)" % (self.cell, json.dumps(text)))

    def idle(self):
        self.page.wait(self.cell + ".element.hasClass('running') === false")
        self.page.wait("document.querySelector('#kernel_indicator_icon').className.includes('idle')")

    def run_typed(self, code):
        self.page.type(code)
        self.page.press("Control+Enter")

    def picture(self, name):
        self.page.screenshot(os.path.join(PICTURES, "notebook-%s.png" % name))

    def test_a_typed_cell_runs(self):
        self.run_typed('int six = 6;\nIO.println("printed");\nsix * 7')
        self.shows("42")
        self.assertRegex(self.output(), r"^\s*printed\s+Out\[\d+\]:\s+42\s*$")
        self.idle()
        # The notebook colours Java because kernel_info named its mode.
        self.assertTrue(self.page.ask("document.querySelector('.CodeMirror .cm-type, .CodeMirror .cm-keyword') !== null"))
        self.picture("cell")

    def test_tab_completes(self):
        self.page.type("System.out.printl")
        self.page.press("Tab")
        self.page.wait(self.cell + ".get_text().startsWith('System.out.println(')")
        self.page.ask(self.cell + ".set_text('')")
        self.page.type('"text".st')
        self.page.press("Tab")
        self.page.wait("document.querySelector('#complete select option') !== null")
        options = self.page.ask("[...document.querySelectorAll('#complete select option')].map(o => o.textContent)")
        self.assertTrue(any(o.startswith("startsWith(") for o in options), options)
        self.picture("tab")
        self.page.press("Escape")
        self.page.wait("document.querySelector('#complete') === null")

    def test_shift_tab_shows_the_tooltip(self):
        self.page.type("String.join")
        self.page.press("Shift+Tab")
        self.page.wait("$('#tooltip:visible').css('opacity') === '1'")
        shown = self.page.ask("document.querySelector('#tooltip .tooltiptext').innerText")
        self.assertIn("String String.join(CharSequence delimiter, CharSequence... elements)", shown)
        self.picture("tooltip")
        self.page.press("Escape")

    def test_the_interrupt_button_stops_a_busy_loop(self):
        self.run_typed('IO.println("turning");\nlong turns = 0;\nwhile (true) turns++;')
        self.shows("turning")
        self.page.click("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']")
        self.shows("Interrupted")
        self.idle()
        self.picture("interrupt")

    def test_a_question_gets_a_box(self):
        self.run_typed('String who = IO.readln("Who are you? ");\nIO.println("Hello, " + who);')
        self.page.wait(self.cell + ".element.find('.raw_input').length === 1")
        self.assertIn("Who are you?", self.output())
        self.picture("question")
        self.page.type("Ada\n")
        self.shows("Hello, Ada")
        self.idle()

    def test_a_bar_moves_in_its_place(self):
        self.run_typed('for (var page : progress(List.of(1, 2, 3, 4), "reading")) await(sleep(0.4));\n')
        values = set()
        end = time.monotonic() + PATIENCE
        bar = self.cell + ".element.find('progress')"
        while 4 not in values and time.monotonic() < end:
            self.assertLessEqual(self.page.ask(bar + ".length"), 1)
            value = self.page.ask(bar + ".val()")
            if value is not None and value not in values and value == 2:
                self.picture("bar")
            values.add(value)
        self.assertIn(4, values)
        self.assertGreaterEqual(len(values - {None}), 3, values)
        self.idle()

    def test_records_are_a_table(self):
        self.run_typed('record Dish(String name, int price) {}\nList.of(new Dish("soup", 4), new Dish("salad", 6))')
        self.page.wait(self.cell + ".element.find('.output table').length === 1")
        headers = self.page.ask("[...%s.element.find('.output th')].map(h => h.innerText)" % self.cell)
        self.assertTrue({"name", "price"} <= set(headers), headers)
        self.idle()
        self.picture("table")

    def tearDown(self):
        self.assertEqual(self.page.errors, [])


if __name__ == "__main__":
    unittest.main()
