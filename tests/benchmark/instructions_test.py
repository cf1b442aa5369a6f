"""How many instructions a few short runs take, against what instructions.json says they took.

Times differ from machine to machine and from minute to minute; instructions under valgrind do not
(some tens in 10^9), for one compiler and one kind of build. What costs more is found here at once;
what costs less is told too, so that the figure is renewed with the change that earned it. Exit 77:
another compiler, another kind of build, no valgrind or no AVX2.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR", "."))
BUILD = pathlib.Path(os.environ.get("FLYWHEEL_BUILD_DIR", "."))
STORED = pathlib.Path(__file__).with_name("instructions.json")
SLACK = 0.03
# What is counted: a plan, and two numbers of replications; with none, its start and its file count.
CASES = {
    "four replications of b1": ("b1", 2, 6),
    "start, file and two replications of b1": ("b1", 0, 2),
    "one replication of starter": ("starter", 1, 2),
}


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def setting(name):
    """What the build was configured with."""
    found = re.search(rf"^{name}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.MULTILINE)
    return found.group(1) if found else ""


def compiler():
    page = subprocess.run([PROGRAM, "version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"compiler (\S+)", page).group(1)


class Instructions(unittest.TestCase):
    counted = {}

    def count(self, plan, replications):
        """Instructions of one run; each run is made once."""
        if replications == 0:
            return 0
        if (plan, replications) not in self.counted:
            self.counted[plan, replications] = self.run_counted(plan, replications)
        return self.counted[plan, replications]

    def run_counted(self, plan, replications):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "run",
                 ROOT / "configs" / f"{plan}.toml", "--output", pathlib.Path(folder) / "run.h5",
                 "--replications", str(replications), "--threads", "1", "--quiet",
                 "--keep-every", "3600", "--preview-every", "86400"],
                capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return int(re.search(r"Collected : (\d+)", done.stderr).group(1))

    def test_no_run_takes_more_instructions_than_it_did(self):
        stored = json.loads(STORED.read_text(encoding="utf-8"))["millions"]
        self.assertEqual(set(stored), set(CASES))
        for name, (plan, fewer, more) in CASES.items():
            millions = (self.count(plan, more) - self.count(plan, fewer)) / 1e6
            ratio = millions / stored[name]
            print(f"{name}: {millions:,.1f} million, {ratio:.3f} of what is stored")
            with self.subTest(name):
                self.assertLessEqual(ratio, 1 + SLACK, "slower: find out by what")
                self.assertGreaterEqual(ratio, 1 - SLACK, f"faster: store it in {STORED.name}")


if __name__ == "__main__":
    if not shutil.which("valgrind"):
        skip("valgrind is not installed")
    if "avx2" not in pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii"):
        skip("the processor has no AVX2")
    if setting("CMAKE_BUILD_TYPE") != "RelWithDebInfo" or setting("FLYWHEEL_SANITIZE"):
        skip("another kind of build than the figures are of")
    if compiler() != json.loads(STORED.read_text(encoding="utf-8"))["compiler"]:
        skip(f"compiler {compiler()} is another than the figures are of")
    unittest.main()
