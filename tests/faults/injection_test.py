"""A call of the operating system that fails ends a run in a documented way, and costs nothing.

Each open, write, fsync, rename, ... that a run makes fails once, or from then on for ever, as on a
full, broken, read-only or crowded disk; what a run calls is counted first, so no call is left out
when the program changes. Exit 77: no C compiler, or a program that takes no preloaded library.
"""

import errno
import itertools
import os
import shutil
import time
import unittest

from campaign import FULL, CampaignCase, Start
from injection import Injection

ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EMFILE)
SHORT = 0  # half of the bytes move
SKIPPED_KINDS = {"from", "lock"}  # no call of its own; tested by instances_test.py


def cases_of(kind, calls, most):
    """Where a kind of call fails, with what, once or for ever: `most` that meet all sorts.

    For a release all calls with all sorts; of reads and writes, which are thousands, a hundred times
    `most`, each with one sort. Reads of a result pass through a library, so more of them are tried.
    """
    errors = ERRORS + ((SHORT,) if kind in ("write", "read") else ())
    sorts = list(itertools.product(errors, (False, True)))
    if FULL and kind not in ("read", "write"):
        return [(at, *sort) for at in range(1, calls + 1) for sort in sorts]
    cases = min(calls, 100 * most if FULL else most)
    if kind == "read" and not FULL:
        cases = min(calls, 3 * most)
    # Seven shares no factor with the ten or twelve sorts.
    return [(1 + number * calls // cases, *sorts[(7 * number + calls) % len(sorts)]) for number in range(cases)]


class InjectionTest(CampaignCase):
    replications = 3

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.injection = Injection(cls.desk)
        cls.prepared = cls.desk.folder / "prepared"

    def run_with(self, **fault):
        """A start under injection, from what was prepared; how it ended and what it called."""
        self.desk.lay_out(self.prepared)
        with self.injection.faults(**fault) as environment:
            ended = self.desk.run(env=environment)
        return ended, self.injection.calls()

    def expect_told(self, ended, calls, fault):
        """One line names the file, or its folder, and the cause."""
        cause = os.strerror(fault["error"])
        lines = [line for line in ended.messages.splitlines() if cause in line]
        self.assertEqual(len(lines), 1, str(ended))
        paths = [path.removeprefix(f"{self.desk.place}/") for kind, path in calls if kind == "!" + fault["kind"]]
        places = {place for path in paths for place in (path, *itertools.accumulate(path.split("/"), "{}/{}".format))}
        self.assertTrue(any(place in lines[0] for place in places), f"no file in: {lines[0]}; {paths}")

    def check(self, fault, old):
        with self.subTest(**fault):
            ended, calls = self.run_with(**fault)
            self.assertIn(ended.code, (0, 4), str(ended))
            if fault["error"] == SHORT:
                self.assertEqual(ended.code, 0, str(ended))
            if ended.code == 4:
                self.expect_told(ended, calls, fault)
                self.expect_old_or_whole(old)
            else:
                self.assertEqual(self.desk.hash_there(), self.desk.whole, str(ended))
            self.expect_whole(self.desk.run())

    def check_all(self, most, old=None):
        """Counts the calls of a run, then lets each of them fail, or `most` of each kind."""
        ended, calls = self.run_with()
        self.expect_whole(ended)
        self.expect_durable(calls)
        kinds = [kind for kind, _ in calls if kind not in SKIPPED_KINDS]
        cases = {kind: cases_of(kind, kinds.count(kind), most) for kind in sorted(set(kinds))}
        for kind, places in cases.items():
            for at, error, lasting in places:
                self.check({"kind": kind, "at": at, "error": error, "lasting": lasting}, old)
        told = ", ".join(f"{kind} {len(places)}" for kind, places in cases.items())
        print(f"{self._testMethodName}: {len(kinds)} calls, {sum(map(len, cases.values()))} faults: {told}", flush=True)

    def expect_durable(self, calls):
        """Before a file gets its name its bytes are synced, after it the folder is."""
        for index, (kind, path) in enumerate(calls):
            if kind != "from":
                continue
            before = [one for one, name in calls[:index] if name == path and one in ("write", "resize", "sync")]
            self.assertEqual(before[-1:], ["sync"], f"{path} is named before it is synced")
            folder = os.path.dirname(calls[index + 1][1])
            self.assertIn(("sync", folder), calls[index:], f"the name of {path} is not synced")

    def test_of_a_new_run(self):
        shutil.rmtree(self.prepared, ignore_errors=True)
        self.prepared.mkdir()
        self.check_all(most=14)

    def test_of_a_run_that_goes_on(self):
        shutil.rmtree(self.prepared, ignore_errors=True)
        self.desk.play_part(2, self.prepared)
        self.check_all(most=3)

    def test_of_a_result_that_is_extended(self):
        shutil.rmtree(self.prepared, ignore_errors=True)
        self.assertEqual(self.desk.run(replications=2).code, 0)
        shutil.copytree(self.desk.place, self.prepared)
        self.check_all(most=3, old=self.desk.hash_there())

    def test_the_lock_of_a_folder_goes_last(self):
        """While it is there no other run begins in the folder that is being removed."""
        shutil.rmtree(self.prepared, ignore_errors=True)
        self.desk.play_part(2, self.prepared)
        _, calls = self.run_with()
        gone = [path.removeprefix(f"{self.desk.work}") for kind, path in calls
                if kind == "remove" and path.startswith(str(self.desk.work))]
        self.assertEqual(gone[-3:], ["/run.id", "/lock", ""])

    def test_a_result_that_comes_while_the_lock_is_asked_for(self):
        """Another process may be quicker; what it named is gone on from, and not replaced by less."""
        for ours, theirs in ((3, 2), (2, 3), (3, 3)):
            with self.subTest(ours=ours, theirs=theirs):
                self.desk.clear()
                with self.injection.faults(kind="lock", at=1, error=-1) as environment:
                    start = Start(self.desk.command(replications=ours), env=environment)
                time.sleep(1)
                self.assertEqual(self.desk.run(replications=theirs).code, 0)
                self.expect_whole(start.end())

    def test_of_a_file_system_that_cannot_keep_names(self):
        """Where renameat2 does not know its flag, names are given by link."""
        shutil.rmtree(self.prepared, ignore_errors=True)
        self.prepared.mkdir()
        ended, calls = self.run_with(kind="rename2", at=1, error=errno.EINVAL, lasting=True)
        self.expect_whole(ended)
        self.assertIn("link", [kind for kind, _ in calls])


if __name__ == "__main__":
    unittest.main()
