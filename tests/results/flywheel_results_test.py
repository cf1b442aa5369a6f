"""scripts/flywheel_results.py says what is in a result, and of what it cannot read, why.

Runs the program (FLYWHEEL_PROGRAM) on a small plan. Exit 77: a library is not installed.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

try:
    import h5py
    import numpy
    import pandas
    import xarray
except ImportError as error:
    print(error)
    sys.exit(77)

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
MODULE = ROOT / "scripts/flywheel_results.py"
sys.path.insert(0, str(MODULE.parent))
import flywheel_results  # noqa: E402
from flywheel_results import ResultError, open_run, read_progress, wait  # noqa: E402

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
MEDIA_PLAN = "date,channel,amount\n2027-03-01,social,100\n2027-03-03,social,150\n"
# Ads as good as free, more than can be counted, fail one future in seven.
PLAN = """
[campaign]
name = "read by python"
currency = "EUR"
start = 2027-03-01
flight_days = 7
conversion_days = 5
cohort_days = 30
media_plan = "media plan.csv"
[segment."the north"]
size = 2_000
[segment."süden"]
size = 3_000
[channel.social]
[flow.cart]
[flow.thank_you]
[shock.free]
start = 2027-03-02
days = 5
price = { family = "discrete", values = [1e-300, 1], weights = [1, 6] }
"""
ROWS = 70
LONG = 100_000  # replications: longer than any test
SEAL = b"\n%flywheel sealed sha256 "


class ResultCase(unittest.TestCase):
    """A folder with a plan, and ways to play it and to change what comes out."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        (cls.folder / "media plan.csv").write_text(MEDIA_PLAN, encoding="utf-8")
        (cls.folder / "plan.toml").write_text(PLAN, encoding="utf-8")

    @classmethod
    def command(cls, name, replications, *more):
        return [PROGRAM, "run", cls.folder / "plan.toml", "-o", cls.folder / name, "--quiet", "--replications",
                str(replications), "--failures", str(LONG), *more]

    @classmethod
    def play(cls, name, replications=ROWS):
        subprocess.run(cls.command(name, replications), check=True)
        return cls.folder / name

    @classmethod
    def start(cls, name, replications=LONG):
        """A run that is going, and has kept something."""
        command = cls.command(name, replications, "--keep-every", "0.1")
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        status = cls.folder / (name + ".run") / "status.json"
        old = status.stat().st_mtime if status.exists() else 0
        end = time.monotonic() + 60
        while not status.exists() or status.stat().st_mtime == old:
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the run kept nothing; exit {process.returncode}")
            time.sleep(0.02)
        return process

    @classmethod
    def end(cls, process, number):
        process.send_signal(number)
        process.wait(timeout=60)

    def assert_refuses(self, path, *words):
        """open_run tells a sentence with these words."""
        with self.assertRaises(ResultError) as caught:
            open_run(path)
        for word in words:
            self.assertIn(word, str(caught.exception))


def sealed(path):
    """Gives a file that was changed a seal that holds."""
    content = path.read_bytes().rpartition(SEAL)[0] or path.read_bytes()
    path.write_bytes(content + SEAL + hashlib.sha256(content).hexdigest().encode() + b"\n")
    return path


class FinishedRun(ResultCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.play("whole.h5")
        cls.run_ = open_run(cls.file)

    def test_the_run_says_how_far_it_is(self):
        self.assertTrue(self.run_.is_complete)
        self.assertEqual((self.run_.replications, self.run_.wanted), (ROWS, ROWS))
        self.assertEqual(self.run_.source, self.file)
        self.assertEqual(self.run_.attributes["seed"], 1)
        progress = self.run_.progress
        self.assertEqual((progress.state, progress.share, progress.is_alive), ("complete", 1, False))
        log = json.loads((self.folder / "whole.h5.log.json").read_text())
        self.assertEqual((progress.failed, progress.seconds), (log["failed"], log["seconds"]))
        self.assertEqual(list(wait(self.file, 1000)), [progress])

    def test_a_dataframe_holds_every_entry_of_every_column_under_its_labels(self):
        for group in ("replications", "parameters", "paths"):
            frame = self.run_.to_dataframe(group)
            seen = set()
            with xarray.open_dataset(self.file, group=group) as data:
                self.assertEqual(list(frame.index), list(data["replication"].values))
                for name, column in data.data_vars.items():
                    days = column.dims[1:2] == ("day",)
                    for place in numpy.ndindex(column.shape[1:]):
                        axes = zip(column.dims[1:], place)
                        labels = [str(data[axis].values[index])[: 10 if days else None] for axis, index in axes]
                        full = name + (f"[{', '.join(labels)}]" if labels else "")
                        numpy.testing.assert_array_equal(frame[full], column.values[(..., *place)], full)
                        seen.add(full)
            self.assertEqual(set(frame.columns), seen)

    def test_labels_are_those_of_the_plan(self):
        self.assertIn("spend_by_channel_segment[social, süden]", self.run_.to_dataframe())
        self.assertIn("spend_by_channel[retargeting]", self.run_.to_dataframe())
        self.assertEqual(self.run_.to_dataframe("paths").columns[0], "calendar_roas[2027-03-01]")
        self.assertEqual(self.run_.to_dataframe().index.name, "replication")

    def test_failed_rows_are_kept_as_missing_or_dropped(self):
        frame = self.run_.to_dataframe()
        failed = frame["failed"] == 1
        self.assertGreater(failed.sum(), 0)
        self.assertLess(failed.sum(), ROWS)
        self.assertEqual(len(frame), ROWS)
        self.assertTrue(frame.loc[failed, "contribution"].isna().all())
        self.assertTrue(frame.loc[failed, "failure"].str.contains("contract broken").all())
        for group in ("replications", "parameters", "paths"):
            kept = self.run_.to_dataframe(group, drop_failed=True)
            self.assertEqual(list(kept.index), list(frame.index[~failed]), group)
        self.assertFalse(self.run_.to_dataframe(drop_failed=True)["contribution"].isna().any())

    def test_a_dataset_is_that_of_xarray(self):
        for group in ("replications", "parameters", "paths", "summary", "chain", "provenance"):
            with xarray.open_dataset(self.file, group=group) as data:
                xarray.testing.assert_identical(self.run_.to_dataset(group), data.load())
        self.assertEqual(str(self.run_.paths()["day"].values[0])[:10], "2027-03-01")

    def test_no_file_stays_open(self):
        data = open_run(self.file).to_dataset()
        held = [os.readlink(entry.path) for entry in os.scandir("/proc/self/fd") if os.path.exists(entry.path)]
        self.assertNotIn(str(self.file), held)
        self.assertEqual(data.sizes["replication"], ROWS)

    def test_the_summary_is_that_of_the_rows(self):
        rows, summary = self.run_.to_dataframe(drop_failed=True), self.run_.summary()
        for column in ("cohort_roas_180", "contribution", "orders"):
            self.assertAlmostEqual(summary.loc[column, "mean"], rows[column].mean(), places=6)
            self.assertAlmostEqual(summary.loc[column, "quantile[0.95]"], rows[column].quantile(0.95), places=9)
        self.assertEqual(summary.index.name, "column")

    def test_the_headline_is_that_of_the_program(self):
        page = subprocess.run([PROGRAM, "summary", self.file, "--json"], check=True, capture_output=True)
        expected = json.loads(page.stdout)["probability_of_target"]
        headline = self.run_.headline()
        rows = self.run_.to_dataframe(drop_failed=True)["cohort_roas_180"]
        self.assertEqual(headline.target_roas, 3)
        self.assertEqual(headline.replications, len(rows))
        self.assertAlmostEqual(headline.probability, expected["value"], places=12)
        self.assertAlmostEqual(headline.probability, (rows >= 3).mean(), places=12)
        self.assertLess(headline.probability_low, headline.probability)
        self.assertGreater(headline.probability_high, headline.probability)
        self.assertAlmostEqual(headline.median, rows.median(), places=12)
        self.assertGreater(headline.median_error, 0)

    def test_texts_of_the_run_are_kept(self):
        self.assertEqual(self.run_.provenance(), PLAN)
        self.assertEqual(self.run_.provenance("inputs/media_plan_csv"), MEDIA_PLAN)
        self.assertIn("seed 1", self.run_.provenance("run").splitlines())
        with self.assertRaisesRegex(ResultError, "no text 'secret'; there are: .*plan_full"):
            self.run_.provenance("secret")

    def test_what_is_no_group_or_no_table_is_told(self):
        with self.assertRaisesRegex(ResultError, "no group 'detail'; there are: .*replications"):
            self.run_.to_dataframe("detail")
        with self.assertRaisesRegex(ResultError, r"no dimension 'replication'.*to_dataset\('summary'\)"):
            self.run_.to_dataframe("summary")

    def test_a_large_file_is_read_where_it_lies(self):
        copy = pathlib.Path(shutil.copy(self.file, self.folder / "large.h5"))
        with mock.patch.object(flywheel_results, "LARGEST_IN_MEMORY", 1000):
            large = open_run(copy)
            copy.unlink()  # as a run does that extends it
            pandas.testing.assert_frame_equal(large.to_dataframe(), self.run_.to_dataframe())

    def test_a_file_that_somebody_holds_locked_is_read(self):
        with open(self.file, "rb") as holder, mock.patch.dict(os.environ, {"HDF5_USE_FILE_LOCKING": "TRUE"}):
            fcntl.flock(holder, fcntl.LOCK_EX)  # as HDF5 does that writes
            for largest in (flywheel_results.LARGEST_IN_MEMORY, 1000):
                with mock.patch.object(flywheel_results, "LARGEST_IN_MEMORY", largest):
                    self.assertEqual(open_run(self.file).headline(), self.run_.headline())

    def test_the_script_prints_a_page(self):
        command = [sys.executable, MODULE, self.file, "--watch"]
        page = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
        self.assertTrue(page[0].startswith(f"complete: {ROWS} of {ROWS} (100.0%) replications, "), page[0])
        self.assertEqual(page[1:], [page[0], str(self.run_.headline()), f"read from {self.file}"])
        self.assertTrue(page[2].startswith("P(ROAS >= 3) "))
        wrong = subprocess.run([sys.executable, MODULE, "nothing.h5"], check=False, capture_output=True)
        self.assertEqual(wrong.returncode, 1)
        self.assertTrue(wrong.stderr.startswith(b"flywheel_results: there is neither a result nothing.h5"))


class WrongFile(ResultCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.play("sound.h5", 5)

    def copy(self, name):
        return pathlib.Path(shutil.copy(self.file, self.folder / name))

    def changed(self, attribute, value):
        """A copy with another attribute and a seal that holds."""
        path = self.copy("changed.h5")
        with h5py.File(path, "r+") as file:
            file.attrs[attribute] = value
        return sealed(path)

    def test_a_flipped_bit_anywhere_is_damage(self):
        sound = self.file.read_bytes()
        for place in (0, 100, len(sound) // 2, len(sound) - 95, len(sound) - 40):
            path = self.folder / "flipped.h5"
            path.write_bytes(sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1:])
            self.assert_refuses(path, str(path), "is damaged", "take a copy that is whole")
        with mock.patch.object(flywheel_results, "LARGEST_IN_MEMORY", 0):
            self.assert_refuses(path, "is damaged")

    def test_what_is_cut_off_or_foreign_has_no_seal(self):
        cut = self.folder / "cut.h5"
        cut.write_bytes(self.file.read_bytes()[:-1000])
        foreign = self.folder / "foreign.h5"
        with h5py.File(foreign, "w") as file:
            file["numbers"] = [1, 2, 3]
        text, empty = self.folder / "text.h5", self.folder / "empty.h5"
        text.write_text("not even HDF5\n")
        empty.touch()
        for path in (cut, foreign, text, empty):
            self.assert_refuses(path, str(path), "no seal in its last line")

    def test_a_sealed_file_of_something_else_is_told_apart(self):
        foreign = self.folder / "sealed.h5"
        with h5py.File(foreign, "w") as file:
            file["numbers"] = [1, 2, 3]
        self.assert_refuses(sealed(foreign), "holds None, not a run")
        self.assert_refuses(self.changed("file_type", "drivers"), "holds 'drivers', not a run")
        text = self.folder / "sealed.txt"
        text.write_text("not even HDF5\n")
        self.assert_refuses(sealed(text), "cannot be read as a result")

    def test_another_format_version_is_refused(self):
        self.assert_refuses(self.changed("format_version", 2), "has format_version 2", "reads 1", "that wrote it")
        self.assertEqual(open_run(self.changed("seed", 7)).attributes["seed"], 7)

    def test_what_is_not_there_is_told_with_the_folder_that_was_looked_for(self):
        missing = self.folder / "missing.h5"
        self.assert_refuses(missing, f"neither a result {missing}", f"{missing}.run", "flywheel run PLAN -o")
        for use in (read_progress, lambda path: next(wait(path))):
            with self.assertRaisesRegex(ResultError, "there is neither"):
                use(missing)
        self.assert_refuses(self.folder, "cannot be read: Is a directory")


class EndedRun(ResultCase):
    """A run that was ended by a signal, killed after it went on, and finished."""

    def test_what_there_is_can_be_read_however_it_ended(self):
        file = self.folder / "ended.h5"
        self.end(self.start(file.name), signal.SIGTERM)
        ended = open_run(file)
        self.assertFalse(ended.is_complete)
        self.assertEqual((ended.progress.state, ended.wanted, ended.progress.is_over), ("signal", LONG, True))
        frame = ended.to_dataframe()
        self.assertEqual(list(frame.index), list(range(ended.replications)))
        folder = self.folder / "ended.h5.run"
        for path in (folder, folder / "preview.h5", str(file)):
            self.assertEqual(open_run(path).source, folder / "preview.h5")
        self.assertEqual(list(wait(file, 1000)), [ended.progress])

        self.end(self.start(file.name), signal.SIGKILL)
        killed = open_run(file)
        self.assertEqual(killed.progress.state, "killed")
        self.assertIn("the same command goes on", str(killed.progress))
        self.assertGreater(killed.replications, len(frame))  # kept, though in no preview

        self.play(file.name, killed.replications + 5)
        whole = open_run(file)
        self.assertTrue(whole.is_complete)
        pandas.testing.assert_frame_equal(whole.to_dataframe().loc[frame.index], frame)

    def test_a_run_without_a_preview_says_so(self):
        file = self.folder / "early.h5"
        process = self.start(file.name)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        going = read_progress(file)
        self.assertEqual((going.state, going.is_alive, going.wanted), ("running", True, LONG))
        self.assert_refuses(file, "has kept ", f" of {LONG:,} replications but has no preview yet", "about every 30 s")
        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and its parent has not asked
        self.assertEqual([progress.state for progress in wait(file, 1000)], ["killed"])
        self.assert_refuses(file, "ended (killed) before its first preview", "the same command goes on")

    def test_waiting_ends_when_the_run_is_whole(self):
        process = self.start("waited.h5", 300)
        steps = list(wait(self.folder / "waited.h5", 0.05))
        self.assertEqual(process.wait(), 0)
        done = [step.done for step in steps]
        self.assertEqual(done, sorted(done))
        self.assertGreater(len(set(done)), 2)
        self.assertEqual({step.state for step in steps[:-1]}, {"running"})
        self.assertEqual((steps[-1].state, steps[-1].done), ("complete", 300))


class ChangingFolder(ResultCase):
    """Runs that change what lies there between two looks, played by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.play("whole.h5", 20)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "my_shop.h5"
        self.work = self.file.with_name("my_shop.h5.run")
        self.work.mkdir()
        self.tell(12)
        self.preview([0, 2, 4, 6, 8, 10])

    def tell(self, done, **more):
        (self.work / "lock").write_text(f"{os.getpid()}\n")
        page = {"state": "running", "replications": done, "failed": 0, "wanted": 20, "seconds": 2.5, **more}
        (self.work / "status.json").write_text(json.dumps(page))

    def preview(self, numbers):
        """A preview that holds a sample, as those of long runs do."""
        with h5py.File(self.work / "preview.h5", "w") as file:
            file.attrs.update({"file_type": "run", "format_version": 1, "complete": 0})
            group = file.create_group("replications")
            group["replication"] = numbers
            group["replication"].make_scale("replication")
            for name, values in (("failed", [0] * len(numbers)), ("orders", [10 * number for number in numbers])):
                group[name] = values
                group[name].dims[0].attach_scale(group["replication"])
            group["orders"].attrs["_FillValue"] = group["orders"].dtype.type(40)  # as if that were none
        sealed(self.work / "preview.h5")

    def become_whole(self):
        shutil.copy(self.whole, self.file)
        shutil.rmtree(self.work)

    def read_while(self, change, gone):
        """open_run, where something happens as it reads its first file, which then is gone or not."""
        real, calls = flywheel_results.held, []

        def held(path):
            if path.name != "preview.h5" or calls:
                return real(path)
            calls.append(path)
            stream = real(path)
            change()
            if gone:
                raise FileNotFoundError(path)
            return stream

        with mock.patch.object(flywheel_results, "held", held):
            return open_run(self.file)

    def test_rows_of_a_sample_keep_their_numbers(self):
        run = open_run(self.file)
        self.assertEqual((run.replications, run.wanted, run.is_complete), (12, 20, False))
        frame = run.to_dataframe()
        self.assertEqual(list(frame.index), [0, 2, 4, 6, 8, 10])
        self.assertEqual([None if value != value else value for value in frame["orders"]], [0, 20, None, 60, 80, 100])

    def test_a_run_that_becomes_whole_while_it_is_read_is_read_whole(self):
        for gone in (True, False):
            with self.subTest(gone=gone):
                run = self.read_while(self.become_whole, gone)
                self.assertTrue(run.is_complete)
                self.assertEqual((run.replications, run.progress.state), (20, "complete"))
                self.assertEqual(open_run(self.work).source, self.file)  # who asked for the folder, too
                self.setUp()

    def test_progress_is_that_of_the_result_once_the_folder_is_gone(self):
        real = flywheel_results.read_json

        def read_json(path):
            if self.work.exists():
                self.become_whole()
            return real(path)

        with mock.patch.object(flywheel_results, "read_json", read_json):
            self.assertEqual(read_progress(self.file).state, "complete")

    def test_a_folder_that_a_finished_run_left_is_passed_over(self):
        shutil.copy(self.whole, self.file)
        for path in (self.file, self.work):
            self.assertEqual((open_run(path).source, read_progress(path).state), (self.file, "complete"))

    def test_more_replications_of_a_finished_result_are_told(self):
        shutil.copy(self.whole, self.file)
        os.utime(self.file, (1, 1))
        run = open_run(self.file)
        self.assertEqual((run.is_complete, run.progress.state, run.replications), (True, "running", 12))
        self.assertEqual(open_run(self.work).source, self.work / "preview.h5")

    def test_chance_and_speed_are_told_where_the_status_tells_them(self):
        progress = read_progress(self.file)
        self.assertEqual((progress.replications_per_second, progress.seconds_left), (None, None))
        self.assertIsNone(progress.probability_of_target)
        self.tell(12, kept_before=2, target_roas=3, probability_of_target=0.25, probability_low=None)
        progress = read_progress(self.file)
        self.assertEqual((progress.replications_per_second, progress.seconds_left), (4, 2))
        self.assertEqual(progress.probability_of_target, 0.25)
        self.assertEqual(str(progress), "running: 12 of 20 (60.0%) replications, 0 failed, 4 a second, 2 s left, "
                                        "P(ROAS >= 3) 25.0 %")
        self.tell(12, wanted=0)
        self.assertEqual((read_progress(self.file).wanted, read_progress(self.file).share), (None, None))

    def test_a_process_that_began_after_the_lock_is_another_one(self):
        self.assertTrue(read_progress(self.file).is_alive)
        os.utime(self.work / "lock", (1, 1))
        self.assertEqual((read_progress(self.file).is_alive, read_progress(self.file).state), (False, "killed"))

    def test_a_process_of_another_user_is_the_one_that_locked_or_another(self):
        with mock.patch("os.kill", side_effect=PermissionError):
            self.assertEqual(read_progress(self.file).state, "running")
            os.utime(self.work / "lock", (1, 1))
            self.assertEqual(read_progress(self.file).state, "killed")

    def test_a_result_that_is_being_extended_is_not_complete(self):
        shutil.copy(self.whole, self.file)
        (self.work / "status.json").unlink()
        os.utime(self.file, (1, 1))
        self.assertEqual((read_progress(self.file).state, read_progress(self.file).is_alive), ("starting", True))
        os.utime(self.work / "lock", (0, 0))
        self.assertEqual(read_progress(self.file).state, "complete")

    def test_a_run_that_goes_on_is_running_before_it_tells_so(self):
        self.tell(12, state="signal")
        os.utime(self.work / "status.json", (1, 1))
        self.assertEqual(read_progress(self.file).state, "running")

    def test_a_run_that_has_just_begun_is_starting(self):
        (self.work / "status.json").unlink()
        self.assertEqual(read_progress(self.file).state, "starting")
        (self.work / "preview.h5").unlink()
        self.assert_refuses(self.file, "has not yet told how far it is")

    def test_a_part_of_a_run_is_read_from_its_folder(self):
        part = self.work.rename(self.work.with_name("my_shop.2-of-4.run"))
        self.assertEqual(open_run(part).replications, 12)

    def test_a_status_that_is_no_status_is_told(self):
        (self.work / "status.json").write_text("{")
        with self.assertRaisesRegex(ResultError, "status.json cannot be read"):
            read_progress(self.file)


class Types(unittest.TestCase):
    def test_mypy_finds_nothing(self):
        if importlib.util.find_spec("mypy") is None:
            self.skipTest("mypy is not installed (Debian: mypy)")
        with tempfile.TemporaryDirectory() as cache:
            command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--cache-dir", cache]
            done = subprocess.run([*command, MODULE], check=False, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()
