"""Tests of what scripts/test does with its stages, with pretended compilers and tests."""

import os
import shutil
import subprocess
import unittest

from script_case import ROOT, ScriptCase

SANITIZERS = "address and undefined-behavior sanitizers"


class Stages(ScriptCase):
    def setUp(self):
        super().setUp()
        for name in ("test", "packages.txt", "lib/packages.sh", "lib/build.sh",
                     "lib/in_time.sh"):
            self.write(f"scripts/{name}", (ROOT / "scripts" / name).read_text())
        self.program("bin/cmake", "true")
        self.program("bin/ctest", 'echo "100% tests passed"')
        self.program("bin/dpkg-query", "echo installed")
        self.program("scripts/fuzz", "echo fuzzing")
        self.program("build/asan/flywheel_tests", 'echo "sanitized $*"')

    def program(self, path, script):
        self.write(path, f"#!/bin/sh\n{script}\n").chmod(0o755)

    def run_stages(self, minutes_gone=0, full=""):
        """Runs the script as if it had begun so long ago; its exit code, output and complaints."""
        environment = {**os.environ, "PATH": f"{self.tree / 'bin'}:{os.environ['PATH']}",
                       "SECONDS": str(60 * minutes_gone), "FLYWHEEL_FULL": full}
        done = subprocess.run([shutil.which("bash"), self.tree / "scripts/test"], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_all_stages_run_and_the_tests_proper_come_last(self):
        code, output, complaints = self.run_stages()
        self.assertEqual((code, complaints), (0, ""))
        self.assertIn("sanitized ~[statistical]\n", output)
        self.assertIn("fuzzing\n", output)
        self.assertTrue(output.endswith("== tests\n100% tests passed\n"), output)

    def test_a_full_run_has_all_tests_sanitized_and_no_limit_of_time(self):
        code, output, complaints = self.run_stages(minutes_gone=600, full="1")
        self.assertEqual((code, complaints), (0, ""))
        self.assertIn("sanitized \n", output)
        self.assertIn("== thread sanitizer\n", output)

    def test_what_there_is_no_time_for_is_told_and_no_failure(self):
        code, output, complaints = self.run_stages(minutes_gone=21)
        self.assertEqual(code, 0)
        self.assertIn(f"-- {SANITIZERS}: NOT DONE, since 21 minutes have gone already\n", output)
        self.assertNotIn("fuzzing\n", output, "they need the build that there was no time for")
        self.assertEqual(complaints, f"NOT DONE: {SANITIZERS}\nNOT DONE: fuzzers\n")

    def test_tests_that_hang_fail_while_there_is_time(self):
        self.program("build/asan/flywheel_tests", "exit 124")  # as their own limit ends them
        code, output, complaints = self.run_stages()
        self.assertEqual((code, complaints), (1, f"FAILED: {SANITIZERS}\n"))
        self.assertIn(f"-- {SANITIZERS}: FAILED after", output)

    def test_a_failed_stage_is_remembered_and_the_others_run(self):
        self.program("build/asan/flywheel_tests", "exit 1")
        code, output, complaints = self.run_stages()
        self.assertEqual((code, complaints), (1, f"FAILED: {SANITIZERS}\n"))
        self.assertIn("fuzzing\n", output)
        self.assertIn("100% tests passed\n", output)

    def test_failed_tests_fail_the_run(self):
        self.program("bin/ctest", "exit 8")
        code, _, complaints = self.run_stages()
        self.assertEqual((code, complaints), (1, "FAILED: tests\n"))


if __name__ == "__main__":
    unittest.main()
