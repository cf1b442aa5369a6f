"""What the tests of the scripts share: a small project in a temporary folder, and a way to run."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR") or pathlib.Path(__file__).parents[2])


class ScriptCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def check(self, script):
        """Runs a check of scripts/ on the small project; its exit code and what it printed."""
        done = subprocess.run(
            [sys.executable, ROOT / "scripts" / script, self.tree],
            capture_output=True, text=True, check=False)
        self.assertNotIn("Traceback", done.stderr)
        return done.returncode, done.stdout

    def assert_passes(self, script):
        self.assertEqual(self.check(script), (0, ""))

    def assert_faults(self, script, *lines):
        """The check fails and prints exactly these lines."""
        code, printed = self.check(script)
        self.assertEqual(printed.splitlines(), list(lines))
        self.assertEqual(code, 1)
