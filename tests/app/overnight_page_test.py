"""Every example of docs/overnight.md runs, in order, a night of it in seconds.

Exit 77: pandas is not installed.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import pandas  # noqa: F401 (for the example)
except ImportError as error:
    print(error)
    sys.exit(77)

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
PAGE = (ROOT / "docs/overnight.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUICKER = {"--replications 100000": "--replications 30", "--replications 150000": "--replications 40",
           '--time "8 hours"': "--time 6"}


def blocks(language):
    return [text for kind, text in BLOCKS if kind == language]


class OvernightPage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        commands = self.folder / "bin"
        commands.mkdir()
        (commands / "flywheel").symlink_to(pathlib.Path(PROGRAM).absolute())
        (commands / "python3").symlink_to(sys.executable)
        (self.folder / "configs").symlink_to(ROOT / "configs")
        self.environment = {**os.environ, "PATH": f"{commands}:{os.environ['PATH']}"}
        self.call("flywheel", "init", "my_shop")

    def call(self, *command, code=0):
        """What a command prints, all of it."""
        done = subprocess.run(command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, code, f"{command}\n{done.stdout}")
        return done.stdout

    def example(self, number):
        """Runs one shell block of the page."""
        text = blocks("bash")[number]
        for long, short in QUICKER.items():
            text = text.replace(long, short)
        return self.call("bash", "-euc", text)

    def bytes_of(self, name):
        return (self.folder / name).read_bytes()

    def test_every_block_of_the_page_is_run_here(self):
        kinds = [kind for kind, _ in BLOCKS]
        self.assertEqual({kind: kinds.count(kind) for kind in kinds},
                         {"bash": 6, "toml": 1, "python": 1})
        self.assertEqual(PAGE.count("```"), 2 * len(BLOCKS))

    def test_a_run_is_started_looked_at_and_extended(self):
        self.call("bash", "-euc", "timeout --preserve-status -s INT 2 " + blocks("bash")[0].strip() + " --preview-every 0", code=130)
        self.assertIn("not complete", self.example(1))
        self.assertIn("from before", self.example(0))
        self.assertIn("from before", self.example(2))

    def test_a_batch_has_an_index(self):
        printed = self.example(3)
        self.assertIn("early_budget-12000", printed)
        self.assertIn("10 of 10 runs are done", printed)
        names = {path.name for path in (self.folder / "night").glob("*.h5")}
        self.assertEqual(len(names), 10)
        self.assertIn("night.early_budget-12000.h5", names)
        table = self.call("python3", "-c", blocks("python")[0])
        self.assertIn("front_loaded", table)
        self.assertIn("24000", table)

    def test_the_sweep_shown_is_that_of_the_shipped_night(self):
        shipped = re.sub(r"\s*#.*", "", (ROOT / "configs/night.toml").read_text(encoding="utf-8"))
        for line in re.sub(r"\s*#.*", "", blocks("toml")[0]).splitlines():
            self.assertIn(line, shipped.splitlines())

    def test_parts_make_the_file_of_one_run(self):
        self.example(4)
        self.assertIn("30 replications of 2 parts joined", self.example(5))
        self.call("flywheel", "run", "my_shop/plan.toml", "-o", "one.h5", "--replications", "30")
        self.assertEqual(self.bytes_of("one.h5"), self.bytes_of("wide.h5"))

    def test_every_column_of_the_index_is_explained(self):
        self.call("bash", "-euc", "flywheel run configs/night.toml -o night --replications 3")
        head = (self.folder / "night/index.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        for column in head:
            if "." in column:
                continue  # a key of the plan
            explained = column.replace("cohort_expected_shortfall_", "..._")
            self.assertIn(f"`{explained}`", PAGE)


if __name__ == "__main__":
    unittest.main()
