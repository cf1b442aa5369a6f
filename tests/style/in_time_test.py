"""Tests of scripts/lib/in_time.sh: what ends a program at the deadline, and what is told of it."""

import os
import signal
import subprocess
import time
import unittest

from script_case import ROOT, ScriptCase

OUT_OF_TIME = 124
DEADLINE = 2  # seconds


class InTime(ScriptCase):
    def start(self, command, deadline=DEADLINE):
        """A shell that runs a command in time and ends with its code."""
        script = f"source '{ROOT}/scripts/lib/in_time.sh'; code=0; in_time {command} || code=$?; " \
                 "exit $code"
        environment = {**os.environ, "deadline": str(deadline), "patience": "0.3"}
        return subprocess.Popen(["bash", "-euo", "pipefail", "-c", script], env=environment,
                                cwd=self.tree, stdin=subprocess.DEVNULL)

    def run_in_time(self, script, deadline=DEADLINE):
        """Code and seconds of a shell script that runs in time."""
        self.write("program", f"#!/usr/bin/env bash\n{script}\n").chmod(0o755)
        begin = time.monotonic()
        code = self.start("./program", deadline).wait(timeout=30)
        return code, time.monotonic() - begin

    def await_file(self, name):
        """The number in a file, once it is there."""
        end = time.monotonic() + 10
        while not (self.tree / name).exists() or not (self.tree / name).read_text():
            self.assertLess(time.monotonic(), end, f"{name} was never written")
            time.sleep(0.01)
        return int((self.tree / name).read_text())

    def assert_ends(self, process):
        """A process ends at once; one that waits for nobody to ask after it has ended."""
        end = time.monotonic() + 1
        while self.is_running(process):
            self.assertLess(time.monotonic(), end, "a program outlived the deadline")
            time.sleep(0.01)

    @staticmethod
    def is_running(process):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8") as status:
                return status.read().rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False

    def test_a_program_is_ended_at_the_deadline_with_all_it_started(self):
        code, seconds = self.run_in_time("sleep 60 & echo $! > sleeper; wait")
        self.assertEqual(code, OUT_OF_TIME)
        self.assertGreater(seconds, DEADLINE - 1.1)  # the shell counts whole seconds
        self.assertLess(seconds, DEADLINE + 1)
        self.assert_ends(self.await_file("sleeper"))

    def test_a_program_that_is_deaf_to_the_signal_is_killed(self):
        code, seconds = self.run_in_time("trap '' TERM; sleep 60 & echo $! > sleeper; wait", 1)
        self.assertEqual(code, OUT_OF_TIME)
        self.assertLess(seconds, 5)
        self.assert_ends(self.await_file("sleeper"))

    def test_what_a_program_leaves_behind_is_killed_though_deaf(self):
        code, _ = self.run_in_time(
            "(trap '' TERM; exec sleep 60) & echo $! > sleeper; sleep 60", 1)
        self.assertEqual(code, OUT_OF_TIME)
        self.assert_ends(self.await_file("sleeper"))

    def test_a_limit_of_the_programs_own_is_a_failure(self):
        for own in ("exit 124", "exit 137", "kill -KILL $$", "timeout 0.1 sleep 60"):
            with self.subTest(own):
                code, seconds = self.run_in_time(own, 600)
                self.assertEqual(code, 1)
                self.assertLess(seconds, 5)

    def test_codes_of_programs_are_passed_on(self):
        for own in (0, 1, 3, 255):
            self.assertEqual(self.run_in_time(f"exit {own}", 600)[0], own)

    def test_nothing_begins_after_the_deadline(self):
        code, _ = self.run_in_time("touch begun", 0)
        self.assertEqual(code, OUT_OF_TIME)
        self.assertFalse((self.tree / "begun").exists())

    def test_an_interrupt_ends_the_program_too(self):
        shell = self.start("bash -c 'sleep 60 & echo $! > sleeper; wait'", 600)
        sleeper = self.await_file("sleeper")
        shell.send_signal(signal.SIGINT)
        self.assertEqual(shell.wait(timeout=5), 130)
        self.assert_ends(sleeper)


if __name__ == "__main__":
    unittest.main()
