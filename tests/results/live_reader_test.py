"""A reader who looks all the time sees no error and no wrong value, whatever happens to the run.

Runs are played (FLYWHEEL_PROGRAM), ended by signals, killed, finished and extended, while they are
opened 1,000 times; FLYWHEEL_FAULTS_FULL=1: 10,000 times. Exit 77: a library is not installed.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

try:
    import pandas
    import h5py  # noqa: F401 (for the module that is tested)
except ImportError as error:
    print(error)
    sys.exit(77)

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
sys.path.insert(0, str(ROOT / "scripts"))
from flywheel_results import ResultError, open_run, read_progress  # noqa: E402

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
OPENS = 10_000 if os.environ.get("FLYWHEEL_FAULTS_FULL") == "1" else 1_000
PERIOD = 0.02  # seconds from one open to the next, so that much happens in between
PLAN = """
[campaign]
name = "watched"
start = 2027-03-01
flight_days = 7
cohort_days = 30
[segment.everybody]
size = 4_000
[channel.social]
budget = 300
[flow.cart]
"""
GOALS = (90, 180, 270)  # replications; each goal extends the result of the one before
ENDINGS = (signal.SIGTERM, signal.SIGKILL, signal.SIGTERM)  # on the way to each
BEFORE_A_FILE = ("there is neither", "has not yet told", "has no preview yet", "before its first preview")


def kept_in(file):
    """Replications that status.json tells of; None: there is none."""
    try:
        page = file.with_name(file.name + ".run").joinpath("status.json").read_text("utf-8")
    except FileNotFoundError:
        return None
    return json.loads(page)["replications"]


class Round(threading.Thread):
    """Plays one result after the other to its goals, with interruptions."""

    def __init__(self, file, seed):
        super().__init__()
        self.file, self.failures = file, []
        self.command = [PROGRAM, "run", file.with_name("plan.toml"), "-o", file, "--quiet", "--threads", "1",
                        "--seed", str(seed), "--keep-every", "0.1"]
        usage = subprocess.run([PROGRAM, "run", "--help"], check=True, capture_output=True).stdout
        if b"--preview-every" in usage:  # otherwise previews come from the endings
            self.command += ["--preview-every", "0.2"]

    def run(self):
        for goal in GOALS:
            for ending in (*ENDINGS, None):
                command = [*self.command, "--replications", str(goal)]
                process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
                if ending is not None:
                    self.await_more(process)
                    process.send_signal(ending)
                code = process.wait()
                if code not in (0, 128 + signal.SIGTERM, -signal.SIGTERM, -signal.SIGKILL):
                    self.failures.append(code)
            if ending is None and code != 0:
                self.failures.append(code)


    def await_more(self, process):
        """Until the run tells of more than it had, or is done."""
        before = kept_in(self.file) or 0
        while process.poll() is None and (kept_in(self.file) or 0) < before + 10:
            time.sleep(0.01)


class Reader:
    """Looks at a run that is going and remembers what it saw."""

    def __init__(self, file):
        self.file = file
        self.rows = pandas.DataFrame()  # by replication, as first read
        self.contents = set()  # seals of the files that were read
        self.opens = self.previews = self.done = self.told = 0

    def look(self):
        """At the result; it is there for good once there was a file."""
        try:
            run = open_run(self.file)
        except ResultError as error:
            if self.opens == 0 and any(words in str(error) for words in BEFORE_A_FILE):
                return
            raise
        if run.replications < self.done:
            raise AssertionError(f"{run.replications} replications after {self.done}")
        self.done = run.replications
        self.take(run)

    def look_into_the_folder(self):
        """At the preview of more replications; each has to begin with a first one."""
        try:
            self.take(open_run(self.file.with_name(self.file.name + ".run")))
        except ResultError as error:
            if not any(words in str(error) for words in BEFORE_A_FILE):
                raise

    def take(self, run):
        self.opens += 1
        self.previews += not run.is_complete
        seal = bytes(run._stream.getbuffer()[-65:])  # of sound bytes, so the same seal is the same content
        if seal in self.contents:
            return
        self.contents.add(seal)
        frame = run.to_dataframe()
        if len(frame) > run.replications:
            raise AssertionError(f"{len(frame)} rows of {run.replications} replications")
        self.compare(frame)

    def compare(self, frame):
        """Every value of every row is the one that was read before."""
        both = frame.index.intersection(self.rows.index)
        if len(both) > 0:
            pandas.testing.assert_frame_equal(frame.loc[both], self.rows.loc[both])
        new = frame.index.difference(self.rows.index)
        self.rows = pandas.concat([self.rows, frame.loc[new]])

    def look_at_status(self):
        """It is whole at any moment, and counts upward."""
        told = kept_in(self.file)
        if told is None:
            return
        if told < self.told:
            raise AssertionError(f"status.json: {told} after {self.told}")
        self.told = told
        if read_progress(self.file).done < told:
            raise AssertionError("progress is behind status.json")


class LiveReader(unittest.TestCase):
    def follow(self, folder, seed):
        """Reads through one round and compares what was seen with the finished file."""
        reader = Reader(folder / f"watched_{seed}.h5")
        player = Round(reader.file, seed)
        player.start()
        try:
            while player.is_alive():
                begin = time.monotonic()
                reader.look()
                reader.look_into_the_folder()
                reader.look_at_status()
                time.sleep(max(PERIOD - (time.monotonic() - begin), 0))
        finally:
            player.join()
        self.assertEqual(player.failures, [])
        finished = open_run(reader.file)
        self.assertTrue(finished.is_complete)
        frame = finished.to_dataframe()
        self.assertEqual(list(frame.index), list(range(GOALS[-1])))
        pandas.testing.assert_frame_equal(reader.rows.sort_index(), frame.loc[reader.rows.index.sort_values()])
        return reader

    def test_a_reader_of_runs_that_are_going_sees_no_error_and_no_wrong_value(self):
        opens = previews = contents = rounds = 0
        with tempfile.TemporaryDirectory() as name:
            (pathlib.Path(name) / "plan.toml").write_text(PLAN, encoding="utf-8")
            while opens < OPENS:
                rounds += 1
                reader = self.follow(pathlib.Path(name), rounds)
                opens += reader.opens
                previews += reader.previews
                contents += len(reader.contents)
        print(f"{opens} opens, {previews} of them previews; {contents} files in {rounds} rounds")
        self.assertGreater(previews, opens // 20)
        self.assertGreater(contents, 4 * rounds)  # more than the finished ones


if __name__ == "__main__":
    unittest.main()
