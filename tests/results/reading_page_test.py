"""Every example of docs/reading_results.md runs, and the numbers it prints are the program's.

The examples are run in order in one folder, with a result of the plan that `flywheel init` writes.
Exit 77: a library is not installed.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

try:
    import h5py  # noqa: F401 (all of them for the examples)
    import pandas  # noqa: F401
    import xarray  # noqa: F401
    import netCDF4  # noqa: F401
except ImportError as error:
    print(error)
    sys.exit(77)

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
PAGE = (ROOT / "docs/reading_results.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROWS = 20
# A night takes some seconds here.
QUICKER = {"--replications 100000": "--replications 40 --keep-every 0.2", "--every 60": "--every 0.2",
           "every_seconds=60": "every_seconds=0.2"}


def blocks(language):
    return [text for kind, text in BLOCKS if kind == language]


class ReadingPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        commands = cls.folder / "bin"
        commands.mkdir()
        (commands / "flywheel").symlink_to(pathlib.Path(PROGRAM).absolute())
        (commands / "python3").symlink_to(sys.executable)
        (cls.folder / "scripts").symlink_to(ROOT / "scripts")
        cls.environment = {**os.environ, "PATH": f"{commands}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
                           "PYTHONPATH": "scripts", "PYTHONDONTWRITEBYTECODE": "1"}
        cls.call("flywheel", "init", "my_shop")
        cls.call("flywheel", "run", "my_shop/plan.toml", "-o", "my_shop.h5", "--replications", str(ROWS))
        page = json.loads(cls.call("flywheel", "summary", "my_shop.h5", "--json"))
        cls.chance = page["probability_of_target"]["value"]

    @classmethod
    def call(cls, *command):
        """What a command prints; what it complains of is a failure where it fails."""
        done = subprocess.run(command, cwd=cls.folder, env=cls.environment, capture_output=True,
                              encoding="utf-8", check=False)
        if done.returncode != 0:
            raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def example(self, language, number):
        """Runs one block of the page, a night of it in seconds; what it prints."""
        text = blocks(language)[number]
        for long, short in QUICKER.items():
            text = text.replace(long, short)
        command = {"python": ["python3", "-c"], "r": ["Rscript", "-e"], "bash": ["bash", "-euc"]}[language]
        return self.call(*command, text)

    def assert_tells_the_chance(self, printed):
        first = float(re.findall(r"\d\.\d+", printed)[0])
        self.assertAlmostEqual(first, self.chance, places=12)

    def test_every_block_of_the_page_is_run_here(self):
        kinds = [kind for kind, _ in BLOCKS]
        self.assertEqual({kind: kinds.count(kind) for kind in kinds},
                         {"bash": 4, "text": 1, "python": 4, "r": 1, "json": 1})
        self.assertEqual(PAGE.count("```"), 2 * len(BLOCKS))

    def test_the_script_prints_what_the_page_shows(self):
        shape = re.compile(r"[\d,]+(?:\.\d+)?")
        printed = self.example("bash", 0)
        self.assertEqual(shape.sub("0", printed), shape.sub("0", blocks("text")[0]))
        self.assertIn(f"P(ROAS >= 3) {100 * self.chance:.1f} %", printed)

    def test_the_module_reads_it(self):
        printed = self.example("python", 0)
        self.assert_tells_the_chance(printed)
        self.assertIn("spend_by_channel[search]", printed)

    def test_xarray_reads_it(self):
        self.assert_tells_the_chance(self.example("python", 1))

    def test_h5py_reads_it(self):
        printed = self.example("python", 2)
        self.assert_tells_the_chance(printed)
        self.assertIn("['search' 'social' 'retargeting']", printed)

    def test_r_reads_it(self):
        known = 'quit(status = !requireNamespace("ncdf4", quietly = TRUE))'
        if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", known], check=False).returncode != 0:
            self.skipTest("R's ncdf4 is not installed (Debian: r-cran-ncdf4)")
        printed = self.example("r", 0)
        self.assert_tells_the_chance(printed)
        self.assertRegex(printed, r"search +social +retargeting")
        self.assertIn('"2027-03-01"', printed)

    def test_ncdump_reads_it(self):
        if shutil.which("ncdump") is None:
            self.skipTest("ncdump is not installed (Debian: netcdf-bin)")
        printed = self.example("bash", 1)
        chance = re.search(r"^ +probability_of_target = ([\d.]+) ;$", printed, re.MULTILINE)
        self.assertAlmostEqual(float(chance.group(1)), self.chance, places=12)

    def start_the_night(self):
        """The run of the page, from its beginning, which has kept something."""
        (self.folder / "tonight.h5").unlink(missing_ok=True)
        shutil.rmtree(self.folder / "tonight.h5.run", ignore_errors=True)
        text = blocks("bash")[2]
        for long, short in QUICKER.items():
            text = text.replace(long, short)
        run = subprocess.Popen(["bash", "-euc", f"exec {text}"], cwd=self.folder, env=self.environment,
                               stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not (self.folder / "tonight.h5.run/status.json").exists():
            self.assertIsNone(run.poll())
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        return run

    def test_a_run_that_is_going_is_watched_by_the_script_and_by_the_module(self):
        run = self.start_the_night()
        status = json.loads((self.folder / "tonight.h5.run/status.json").read_text(encoding="utf-8"))
        self.assertLessEqual(set(status), set(json.loads(blocks("json")[0])))
        watched = self.example("bash", 3).splitlines()
        self.assertEqual(run.wait(), 0)
        self.assertTrue(watched[0].startswith("running: "), watched)
        self.assertTrue(watched[-3].startswith("complete: 40 of 40 (100.0%) replications"), watched)

        run = self.start_the_night()
        lines = self.example("python", 3).splitlines()
        self.assertEqual(run.wait(), 0)
        self.assertRegex(lines[0], r"^\d+ 40 (None|[\d.]+)$")
        self.assertEqual(lines[-2], "40 40 None")
        self.assertTrue(lines[-1].startswith("True 40 P(ROAS >= 3) "), lines)

    def test_the_words_for_the_end_of_a_run_are_those_of_the_page(self):
        module = "import sys, flywheel_results as f; print(next(f.wait('tonight.h5')).state)"
        for number, word in ((signal.SIGTERM, "signal"), (signal.SIGKILL, "killed")):
            run = self.start_the_night()
            run.send_signal(number)
            run.wait()
            self.assertEqual(self.call("python3", "-c", module), word + "\n")


if __name__ == "__main__":
    unittest.main()
