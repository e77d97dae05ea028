"""Widgets on a page: html-manager, built from npm, behind a Jupyter server. A person drags, types and clicks.

Leaves pictures of the page in `target/screenshots`, for people to look at.
"""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import textwrap
import time
import unittest

import browser
import notebook_server

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..", "..", "..")
TARGET = os.path.join(HERE, "..", "..", "..", "target")
PAGE = os.path.join(HERE, "..", "widgets")
PICTURES = os.environ.get("BRIGADE_SCREENSHOTS") or os.path.join(TARGET, "screenshots")
PATIENCE = 60
# The names and defaults of models, as the page's authors have written them down.
SCHEMA = "node_modules/@jupyter-widgets/schema/jupyterwidgetmodels.latest.json"
EVERY = ("IntSlider FloatSlider IntProgress FloatProgress Text HTML Label Checkbox Dropdown<String> Button HBox VBox").split()


def built():
    """The folder of the page, made where it is not there or has changed."""
    folder = os.path.join(TARGET, "widgets")
    os.makedirs(folder, exist_ok=True)
    wanted = hashlib.sha256()
    for name in sorted(os.listdir(PAGE)):
        shutil.copy(os.path.join(PAGE, name), folder)
        if name == "package-lock.json":
            with open(os.path.join(PAGE, name), "rb") as f:
                wanted.update(f.read())
    installed = os.path.join(folder, "installed-" + wanted.hexdigest()[:16])
    if not os.path.exists(installed):
        try:
            npm(folder, "ci", "--ignore-scripts")
        except AssertionError as e:
            missing("The page's packages cannot be had: %s" % e)
        open(installed, "w").close()
    npm(folder, "run", "build")
    shutil.copy(os.path.join(folder, "index.html"), os.path.join(folder, "built", "widgets.html"))
    return folder


def missing(reason):
    if os.environ.get("BRIGADE_CLIENTS") == "required":
        raise AssertionError(reason)
    raise unittest.SkipTest(reason)


def npm(folder, *words):
    done = subprocess.run(["npm", *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=400)
    if done.returncode:
        raise AssertionError("npm %s:\n%s" % (" ".join(words), done.stdout))


def samples():
    """The cells of the page about widgets, which must do what it says."""
    with open(os.path.join(ROOT, "docs", "widgets.md"), encoding="utf-8") as f:
        return re.findall("```java\n(.*?)```", f.read(), re.DOTALL)


class WidgetPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        program = browser.executable()
        if program is None or not shutil.which("npm"):
            missing("There is no Chromium or no npm here; run build/clients.sh to install them.")
        for old in glob.glob(os.path.join(PICTURES, "widgets-*.png")):
            os.remove(old)
        cls.folder = built()
        cls.server = notebook_server.Server("--NotebookApp.extra_static_paths=['%s']" % os.path.join(cls.folder, "built"))
        cls.addClassCleanup(cls.server.close)
        cls.page = browser.Browser(program)
        cls.addClassCleanup(cls.page.close)
        url, token = cls.server.address()
        cls.address = "%sstatic/widgets.html?token=%s" % (url, token)
        cls.load()

    @classmethod
    def load(cls, kernel=""):
        cls.page.open(cls.address + ("&kernel=" + kernel if kernel else ""))
        # What a page complains of that is left while a cell runs is none of the new one's.
        del cls.page.errors[:]
        cls.page.wait("window.ready || window.failures?.length")
        failures = cls.page.ask("window.failures")
        if failures:
            raise AssertionError(failures)

    def setUp(self):
        self.page.ask("document.querySelector('main').replaceChildren()")

    def tearDown(self):
        errors = self.page.errors[:] + self.page.ask("window.failures.splice(0)")
        del self.page.errors[:]
        self.assertEqual(errors, [])

    def run_cell(self, code):
        return self.page.ask("run(%s)" % json.dumps(textwrap.dedent(code).strip()))

    def text(self, cell):
        return "document.querySelectorAll('section')[%d].querySelector('.output').innerText" % cell

    def shows(self, cell, text):
        self.page.wait("%s.includes(%s)" % (self.text(cell), json.dumps(text)))

    def is_running(self, cell):
        return self.page.ask("document.querySelectorAll('section')[%d].matches('.running')" % cell)

    def ended(self, cell):
        self.page.wait("!document.querySelectorAll('section')[%d].matches('.running')" % cell)

    def value(self, code):
        cell = self.run_cell(code)
        self.ended(cell)
        return self.page.ask(self.text(cell)).strip()

    def drag_slider(self, part):
        """Drags the page's first slider to a part of its length."""
        self.page.wait("document.querySelector('.noUi-handle') && document.querySelector('.noUi-base').offsetWidth > 20")
        start, end = self.page.ask("""(() => {
          const h = document.querySelector('.noUi-handle').getBoundingClientRect();
          const b = document.querySelector('.noUi-base').getBoundingClientRect();
          const y = h.top + h.height / 2;
          return [[h.left + h.width / 2, y], [b.left + b.width * %s, y]];
        })()""" % part)
        self.page.drag(start, end)

    def heard(self, key, value):
        """Until the kernel has what a person has set: a page sends it when the kernel has taken what came before."""
        self.page.wait("manager.heard.filter(m => m.method === 'echo_update').at(-1)?.state[%s] == %s"
                       % (json.dumps(key), json.dumps(value)))

    def picture(self, name):
        self.page.screenshot(os.path.join(PICTURES, "widgets-%s.png" % name))

    def test_a_slider_that_is_dragged_is_heard(self):
        cell = self.run_cell(samples()[0])
        self.drag_slider(0.6)
        self.shows(cell, "n is")
        self.page.wait("document.querySelector('.widget-readout').textContent !== '0'")
        readout = self.page.ask("document.querySelector('.widget-readout').textContent")
        self.assertIn(int(readout), range(50, 71))
        self.shows(cell, "n is " + readout)
        self.assertEqual(self.value("slider.value()"), readout)
        # Some pages wait for the kernel's word on just their message before they believe another page.
        self.page.wait("manager.heard.some(m => m.method === 'echo_update' && m.parent === 'comm_msg')")
        self.picture("slider")

    def test_bar_and_slider_work_while_a_cell_computes(self):
        shown = self.run_cell("""
            var until = new IntSlider(0, 100).description("until");
            var bar = new IntProgress(0, 1000).description("work").barStyle("info");
            display(new VBox(until, bar));""")
        self.ended(shown)
        busy = self.run_cell("""
            int rounds = 0;
            while (until.value() < 50) {
              long end = System.nanoTime() + 1_000_000;
              while (System.nanoTime() < end) Thread.onSpinWait();
              bar.value(++rounds % 1000);
            }
            "heard after some rounds: " + (rounds > 0)""")
        widths = set()
        end = time.monotonic() + PATIENCE
        while len(widths) < 5 and time.monotonic() < end:
            widths.add(self.page.ask("document.querySelector('.progress-bar')?.style.width"))
        self.assertGreaterEqual(len(widths), 5, widths)
        self.drag_slider(0.3)
        self.page.wait("parseFloat(document.querySelector('.progress-bar').style.width) > 40")
        self.assertTrue(self.is_running(busy))
        self.picture("computing")
        self.drag_slider(0.9)
        self.ended(busy)
        self.shows(busy, "heard after some rounds: true")
        # What it was set to last stands there in the end.
        self.assertEqual(self.page.ask("document.querySelector('.progress-bar').style.width"),
                         "%g%%" % (int(self.value("bar.value()")) / 10))

    def test_a_cell_that_computes_is_stopped_by_a_checkbox(self):
        cell = self.run_cell(samples()[1])
        self.page.click("input[type=checkbox]")
        self.ended(cell)
        self.assertEqual(self.value("stop.value()"), "true")

    def test_a_cell_waits_for_a_click(self):
        cell = self.run_cell(samples()[2])
        self.page.click("input[type=text]")
        self.page.type("Ada")
        self.heard("value", "Ada")
        self.assertTrue(self.is_running(cell))
        # The button is there before the line that waits for it is compiled: a person takes longer.
        end = time.monotonic() + PATIENCE
        while self.is_running(cell) and time.monotonic() < end:
            self.page.click(".jupyter-button")
            time.sleep(0.2)
        self.shows(cell, "hello, Ada")
        self.ended(cell)

    def test_each_kind_does_what_people_expect(self):
        cell = self.run_cell("""
            var name = new Text().description("name").placeholder("who?").onSubmit(t -> IO.println("hello " + t));
            var dish = new Dropdown<>("soup", "salad", "cake").description("dish");
            dish.onChange(d -> IO.println("a " + d));
            var hot = new Checkbox().description("hot");
            hot.onChange(on -> IO.println("hot: " + on));
            var order = new Button("Order").buttonStyle("success").icon("check");
            order.onClick(() -> { await(sleep(0.01)); IO.println("ordered"); });
            var heat = new FloatSlider(0.2, 0, 1).step(0.05).description("heat");
            var done = new FloatProgress(0.7, 0, 1).description("done").style("bar_color", "tomato");
            new VBox(new HTML("<h3>Today's <i>menu</i></h3>"), name, new HBox(dish, hot, order), heat, done,
                new Label("enjoy")).layout("border", "1px solid gray").layout("padding", "8px")""")
        self.page.click("input[type=text]")
        self.page.type("Ada")
        # A page sends events at once, and a person takes longer.
        self.heard("value", "Ada")
        self.page.press("Enter")
        self.shows(cell, "hello Ada")
        self.page.ask("document.querySelector('select').focus()")
        self.page.press("ArrowDown")
        self.shows(cell, "a salad")
        self.page.click("input[type=checkbox]")
        self.shows(cell, "hot: true")
        self.page.click(".jupyter-button")
        self.shows(cell, "ordered")
        self.drag_slider(0.5)
        self.page.wait("document.querySelector('.widget-readout').textContent !== '0.20'")
        readout = self.page.ask("document.querySelector('.widget-readout').textContent")
        self.heard("value", float(readout))
        self.assertEqual("%.2f" % float(self.value("heat.value()")), readout)
        self.assertTrue(self.page.ask("document.querySelector('h3 i').innerText === 'menu'"))
        self.assertEqual(self.page.ask("getComputedStyle(document.querySelector('.progress-bar')).backgroundColor"),
                         "rgb(255, 99, 71)")
        self.picture("all")
        self.value("order.close(); name.value(\"gone\");")
        self.page.wait("document.querySelectorAll('.jupyter-button').length === 0")
        self.assertEqual(self.page.ask("document.querySelector('input[type=text]').value"), "gone")

    def test_a_page_that_is_loaded_again_finds_all_while_a_cell_computes(self):
        shown = self.run_cell("""
            var free = new Checkbox().description("free");
            var level = new IntSlider(30, 0, 100).description("level");
            var both = new HBox(level, free);
            both""")
        self.ended(shown)
        self.drag_slider(0.8)
        self.page.wait("document.querySelector('.widget-readout').textContent !== '30'")
        readout = self.page.ask("document.querySelector('.widget-readout').textContent")
        self.heard("value", int(readout))
        box = self.page.ask("document.querySelector('.view').dataset.model")
        busy = self.run_cell("IO.println(\"busy\"); while (!free.value()) Thread.onSpinWait();")
        self.shows(busy, "busy")
        self.load(self.page.ask("kernelId"))
        self.page.ask("show(%s)" % json.dumps(box))
        self.page.wait("document.querySelector('.widget-readout')?.textContent === %s" % json.dumps(readout))
        self.picture("loaded-again")
        self.page.click("input[type=checkbox]")
        self.assertEqual(self.value('"through"'), '"through"')
        self.assertEqual(self.value("level.value()"), readout)

    def test_what_is_done_on_one_page_is_seen_on_another(self):
        self.ended(self.run_cell("new IntSlider(0, 100)"))
        model = self.page.ask("document.querySelector('.view').dataset.model")
        other = browser.Browser(browser.executable())
        self.addCleanup(other.close)
        other.open("%s&kernel=%s" % (self.address, self.page.ask("kernelId")))
        other.wait("window.ready || window.failures?.length")
        other.ask("show(%s)" % json.dumps(model))
        self.drag_slider(0.4)
        self.page.wait("document.querySelector('.widget-readout').textContent !== '0'")
        readout = self.page.ask("document.querySelector('.widget-readout').textContent")
        other.wait("document.querySelector('.widget-readout').textContent === %s" % json.dumps(readout))
        self.assertEqual(other.errors + other.ask("window.failures"), [])

    def test_models_have_the_names_and_defaults_of_the_pages_own_list(self):
        self.value("%reset -f")
        self.value("for (Widget<?> each : List.of(%s)) display(each);" % ", ".join(
            "new %s()" % each if each != "Dropdown<String>" else 'new Dropdown<>(List.<String>of())' for each in EVERY))
        with open(os.path.join(self.folder, SCHEMA)) as f:
            schema = {each["model"]["name"]: each for each in json.load(f)}
        states = self.page.ask("states()")
        names = {state["model_name"] for state in states.values()}
        self.assertLessEqual({re.sub("<.*", "", each) + "Model" for each in EVERY}, names)
        for state in states.values():
            attributes = {each["name"]: each for each in schema[state["model_name"]]["attributes"]}
            self.assertEqual(set(state["state"]), set(attributes), state["model_name"])
            for key, value in state["state"].items():
                told = "%s.%s" % (state["model_name"], key)
                if attributes[key]["type"] == "reference":
                    self.assertEqual(states[value[len("IPY_MODEL_"):]]["model_name"], attributes[key]["widget"] + "Model", told)
                else:
                    self.assertEqual(value, attributes[key]["default"], told)
                    self.assertEqual(isinstance(value, bool), attributes[key]["type"] == "bool" and value is not None, told)
        self.picture("defaults")


if __name__ == "__main__":
    unittest.main()
