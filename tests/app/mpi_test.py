"""A run that several processes share by MPI is the run of one process, whatever happens to them.

Exit 77: there is no mpirun, or the program was built without MPI.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
PLAN = """
[campaign]
name = "ranks"
start = 2027-03-01
flight_days = 14
cohort_days = 60
[segment.everybody]
size = 5_000
[channel.social]
budget = 900
"""
# Bearable for root, and for more processes than cores; others refuse the options they do not know.
LAUNCHER = ["mpirun", "--allow-run-as-root", "--oversubscribe"]


def reason_to_skip():
    if shutil.which("mpirun") is None:
        return "there is no mpirun"
    versions = subprocess.run([PROGRAM, "version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return "the program was built without MPI" if "without MPI" in versions else None


class MpiTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "plan.toml").write_text(PLAN)

    def start(self, *words, ranks=1):
        launcher = [] if ranks == 1 else [*LAUNCHER, "-n", str(ranks)]
        return subprocess.Popen([*launcher, PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")

    def run_plan(self, output, replications, *options, ranks=1, code=0):
        process = self.start("run", "plan.toml", "-o", output, "--replications", str(replications), "--quiet",
                             *options, ranks=ranks)
        printed, _ = process.communicate(timeout=300)
        self.assertEqual(process.returncode, code, printed)
        return printed

    def bytes_of(self, name):
        return (self.folder / name).read_bytes()

    def workers(self, mpirun):
        """Processes of the program that mpirun started, in the order of their starts."""
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(mpirun.pid)], stdout=subprocess.PIPE, text=True,
                                check=False).stdout.split()
        return sorted(int(number) for number in listed)

    def interrupt_midway(self, send):
        """Starts a long run on three processes, and sends something once a shard is there."""
        process = self.start("run", "plan.toml", "-o", "out.h5", "--replications", "100000", "--keep-every", "0.2",
                             "--quiet", ranks=3)
        shards = self.folder / "out.h5.run/shards"
        end = time.monotonic() + 60
        while not (shards.is_dir() and any(shards.iterdir())):
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)
        send(process)
        printed, _ = process.communicate(timeout=60)
        self.assertNotEqual(process.returncode, 0, printed)
        self.assertFalse((self.folder / "out.h5").exists())
        return len(list(shards.iterdir()))

    def finish_elsewhere(self, shards):
        """A shorter run of the same command goes on from what they left, on other processes."""
        self.assertGreaterEqual(shards, 1)
        self.run_plan("out.h5", 60, ranks=2)
        self.run_plan("whole.h5", 60)
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))

    def test_one_two_and_four_processes_write_the_same_file(self):
        self.run_plan("one.h5", 50, "--seed", "3")
        for ranks, threads in ((2, 1), (4, 1), (2, 3)):
            name = f"{ranks}-{threads}.h5"
            self.run_plan(name, 50, "--seed", "3", "--threads", str(threads), ranks=ranks)
            self.assertEqual(self.bytes_of(name), self.bytes_of("one.h5"), name)

    def test_a_batch_is_shared_too(self):
        (self.folder / "other.toml").write_text(PLAN.replace("900", "500"))
        for folder, ranks in (("here", 1), ("there", 3)):
            process = self.start("run", "plan.toml", "other.toml", "-o", folder, "--replications", "20", "--quiet",
                                 ranks=ranks)
            printed, _ = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, printed)
        names = sorted(path.name for path in (self.folder / "here").glob("*.h5"))
        self.assertEqual(len(names), 2)
        for name in names:
            self.assertEqual(self.bytes_of(f"here/{name}"), self.bytes_of(f"there/{name}"))

    def test_after_the_death_of_a_process_the_same_command_goes_on(self):
        self.finish_elsewhere(self.interrupt_midway(lambda mpirun: os.kill(self.workers(mpirun)[-1], signal.SIGKILL)))

    def test_after_the_death_of_the_leader_the_same_command_goes_on(self):
        self.finish_elsewhere(self.interrupt_midway(lambda mpirun: os.kill(self.workers(mpirun)[0], signal.SIGKILL)))

    def test_a_signal_to_mpirun_ends_all(self):
        self.finish_elsewhere(self.interrupt_midway(lambda mpirun: mpirun.send_signal(signal.SIGTERM)))

    def test_what_is_wrong_is_told_once(self):
        printed = self.run_plan("out.h5", 20, "--set", "no.such=1", ranks=3, code=3)
        self.assertEqual(printed.count("unknown section"), 1, printed)

    def test_what_is_done_stays(self):
        self.run_plan("out.h5", 20, ranks=2)
        before = self.bytes_of("out.h5")
        self.run_plan("out.h5", 20, ranks=3)
        self.assertEqual(self.bytes_of("out.h5"), before)


if __name__ == "__main__":
    if reason := reason_to_skip():
        print(f"skipped: {reason}")
        sys.exit(77)
    unittest.main()
