"""A run played by Slurm in parts is the run of one process, also after the death of a part.

The cluster is Slurm's own daemons, started here for this one machine. Exit 77: they are not
installed, or cannot run on this machine.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from slurm_cluster import Cluster, NoCluster

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
PLAN = """
[campaign]
name = "parts"
start = 2027-03-01
flight_days = 14
cohort_days = 60
[segment.everybody]
size = 5_000
[channel.social]
budget = 900
"""
HOSTILE = "a night's $HOME `x`"


class SlurmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        try:
            cls.cluster = Cluster(pathlib.Path(cls.scratch.name) / "cluster")
        except NoCluster as error:
            print(f"skipped: {error}", flush=True)
            cls.scratch.cleanup()
            sys.exit(77)
        cls.addClassCleanup(cls.cluster.stop)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / HOSTILE
        self.folder.mkdir()
        (self.folder / "plan.toml").write_text(PLAN)
        self.options = ("--seed", "7", "--set", "campaign.target_roas=2.5")

    def flywheel(self, *words):
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout}{done.stderr}")
        return done.stdout

    def script(self, replications, parts=3):
        text = self.flywheel("slurm-script", "plan.toml", "-o", "out.h5", "--parts", str(parts), "--replications",
                             str(replications), *self.options)
        (self.folder / "night.sh").write_text(text)

    def submit(self):
        return self.cluster.call("sh", str(self.folder / "night.sh"))

    def whole(self, replications):
        """What one process writes."""
        self.flywheel("run", "plan.toml", "-o", "whole.h5", "--replications", str(replications), "--quiet",
                      *self.options)
        return (self.folder / "whole.h5").read_bytes()

    def logs(self):
        return "\n".join(f"{path.name}: {path.read_text()}" for path in sorted(self.folder.glob("slurm-*.out")))

    def result(self):
        self.assertTrue((self.folder / "out.h5").exists(), self.logs())
        return (self.folder / "out.h5").read_bytes()

    def test_parts_of_an_array_are_joined_to_the_run(self):
        self.script(40)
        self.assertRegex(self.submit(), r"^array job \d+ plays 3 parts, job \d+ joins them\n$")
        self.cluster.wait_for_jobs()
        self.assertEqual(self.result(), self.whole(40))
        self.assertEqual(len(list(self.folder.glob("out.*-of-3.run"))), 3)

    def test_the_same_script_finishes_what_dead_parts_left(self):
        replications = 600
        self.script(replications)
        array = self.submit().split()[2]
        begun = [self.folder / f"out.{part}-of-3.run/plan.json" for part in (1, 2)]
        self.cluster.wait_until(lambda: all(path.exists() for path in begun), 120)
        time.sleep(1)
        self.cluster.call("scancel", "--full", "--signal=KILL", f"{array}_1")
        self.cluster.call("scancel", "--full", "--signal=TERM", f"{array}_2")
        self.cluster.wait_for_jobs()
        self.assertFalse((self.folder / "out.h5").exists())
        self.assertRegex(self.logs(), r"flywheel merge: .*out\.1-of-3\.run.* are not there: play the part again")
        kept = list((self.folder / "out.2-of-3.run/shards").iterdir())
        self.assertEqual(len(kept), 1, "what was finished before the signal is kept")
        self.submit()
        self.cluster.wait_for_jobs()
        self.assertEqual(self.result(), self.whole(replications))
        self.assertTrue(kept[0].exists(), "what was kept was not played again")


if __name__ == "__main__":
    unittest.main()
