"""What the fault campaigns share: a tiny plan, runs of it, and the bytes it must come to.

FLYWHEEL_FAULTS_FULL=1 takes the counts of a release, FLYWHEEL_FAULTS_SEED=N another course of
random moments and places. Exit 77: what a campaign needs is not there.
"""

import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
FULL = os.environ.get("FLYWHEEL_FAULTS_FULL") == "1"
SEED = int(os.environ.get("FLYWHEEL_FAULTS_SEED", "20270301"))
PATIENCE_SECONDS = 120  # what hangs longer hangs for ever
PLAN = """
[campaign]
name = "faults"
start = 2027-03-01
flight_days = 2
conversion_days = 2
cohort_days = 7
[segment.everybody]
size = 300
[channel.social]
budget = 20
"""


def count(per_commit, release):
    return release if FULL else per_commit


def skip_all(reason):
    """Ends a test file as skipped, for ctest."""
    print(f"skipped: {reason}", flush=True)
    sys.exit(77)


def chance(name):
    """The random numbers of one campaign, which the name and the printed seed give again."""
    print(f"{name}: FLYWHEEL_FAULTS_SEED={SEED}", flush=True)
    return random.Random(f"{name} {SEED}")


def hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Ended:
    """How a start of the program ended; `code` is what a shell would say."""

    def __init__(self, returncode, page, messages, seconds):
        self.code = 128 - returncode if returncode < 0 else returncode
        self.page = page
        self.messages = messages
        self.seconds = seconds

    def __str__(self):
        return f"exit {self.code} after {self.seconds:.2f} s: {self.messages.strip() or 'no message'}"


def heed_signals():
    """What the shell that started the tests has ignored (nohup, &) is no matter of the program."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Start:
    """The program at work."""

    def __init__(self, command, **options):
        self.begun = time.monotonic()
        setting = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": heed_signals, **options}
        self.process = subprocess.Popen([str(word) for word in command], **setting)

    def end(self):
        """Waits; a hang is a failure of the test, and leaves no process behind."""
        try:
            page, messages = self.process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            page, messages = self.process.communicate()
            raise AssertionError(f"hangs: {self.process.args}, {messages}") from None
        texts = [(text or b"").decode(errors="replace") for text in (page, messages)]
        return Ended(self.process.returncode, *texts, time.monotonic() - self.begun)


class Desk:
    """A folder with a plan, the bytes of its undisturbed result, and a place to disturb it in."""

    def __init__(self, replications):
        self.replications = replications
        self.home = tempfile.TemporaryDirectory(prefix="flywheel-faults-")
        self.folder = pathlib.Path(self.home.name)
        self.plan = self.folder / "plan.toml"
        self.plan.write_text(PLAN, encoding="utf-8")
        self.place = self.folder / "desk"
        self.clear()
        undisturbed = self.run()
        assert undisturbed.code == 0, undisturbed
        self.seconds = undisturbed.seconds
        self.whole = hash_of(self.output)
        self.clear()

    @property
    def output(self):
        return self.place / "x.h5"

    @property
    def work(self):
        return self.place / "x.h5.run"

    def clear(self):
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()

    def hash_there(self):
        """The hash of the result, if there is one."""
        return hash_of(self.output) if self.output.exists() else None

    def lay_out(self, folder):
        """Puts a copy of a prepared folder in place."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(folder, self.place, symlinks=True)

    def command(self, *options, threads=1, keep_every=0, replications=None):
        return [PROGRAM, "run", self.plan, "-o", self.output, "--quiet", "--threads", threads, "--keep-every",
                keep_every, "--replications", replications or self.replications, *options]

    def run(self, *options, env=None, **setting):
        return Start(self.command(*options, **setting), env=env).end()

    def shards(self):
        """Those that have their names; none where a run that ends removes the folder meanwhile."""
        folder = self.work / "shards"
        try:
            return sorted(folder / name for name in os.listdir(folder) if name.endswith(".h5"))
        except FileNotFoundError:
            return []

    def wait_for_shards(self, least, process):
        """Until there are so many, or the process is gone."""
        while process.poll() is None and len(self.shards()) < least:
            time.sleep(0.002)

    def play_part(self, shards, folder, *options):
        """Prepares a folder in which a run ended after so many replications, one in a shard."""
        self.clear()
        start = Start(self.command(*options, replications=100_000))
        self.wait_for_shards(shards + 1, start.process)
        start.process.terminate()
        assert start.end().code == 128 + 15
        for file in self.shards()[shards:]:
            file.unlink()
        shutil.copytree(self.place, folder)
        self.clear()


class CampaignCase(unittest.TestCase):
    """A campaign on a desk of `replications`."""

    replications = 60

    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(cls.replications)
        cls.random = chance(cls.__name__)

    @classmethod
    def tearDownClass(cls):
        cls.desk.home.cleanup()

    def setUp(self):
        self.desk.clear()

    def expect_whole(self, ended):
        """The run is done, its result is the undisturbed one, and nothing else is left."""
        self.assertEqual(ended.code, 0, str(ended))
        self.assertEqual(hash_of(self.desk.output), self.desk.whole, f"other bytes: {ended}")
        left = sorted(path.name for path in self.desk.place.iterdir())
        self.assertLessEqual(set(left), {"x.h5", "x.h5.log.json"}, f"left behind by: {ended}")

    def expect_old_or_whole(self, old=None):
        """What has the result's name is wholly what it was before, or wholly what it shall be."""
        self.assertIn(self.desk.hash_there(), {old, self.desk.whole})
