"""A run's file has the same bytes whatever instructions the machine offers.

The library's own kernels are chosen by FLYWHEEL_INSTRUCTIONS, glibc's by GLIBC_TUNABLES: what the
result depends on may change with neither."""

import hashlib
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM")
PLAN = """
[campaign]
name = "instructions"
start = 2027-03-01
flight_days = 20
cohort_days = 60
[segment.young]
size = 6_000
[segment.old]
size = 4_000
basket_factor = 1.2
[audience]
affinity = { family = "gamma", shape = { low = 1.2, high = 3.5 } }
[channel.social]
kind = "social"
budget = 900
click_rate = { low = 0.8%, high = 1.4% }
[channel.search]
kind = "search"
budget = 600
[flow.cart]
[day_zero]
customers = 100
"""
PLAN = PLAN.replace("0.8%", "0.008").replace("1.4%", "0.014")
WITHOUT = "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4"


@unittest.skipUnless(PROGRAM, "the program is not built")
class InstructionSets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "plan.toml").write_text(PLAN, encoding="utf-8")

    def play(self, name, seed=3, **environment):
        """Hash of the file of 20 replications played in this environment."""
        result = self.folder / f"{name}.h5"
        done = subprocess.run(
            [PROGRAM, "run", "plan.toml", "--output", result.name, "--replications", "20",
             "--threads", "2", "--seed", str(seed), "--quiet"],
            cwd=self.folder, env={**os.environ, **environment}, capture_output=True, text=True,
            check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return hashlib.sha256(result.read_bytes()).hexdigest()

    def test_our_kernels_give_the_same_bytes(self):
        best = self.play("best")
        self.assertNotEqual(best, self.play("other", seed=4))
        for instructions in ("portable", "avx2", "avx512"):
            with self.subTest(instructions=instructions):
                self.assertEqual(
                    best, self.play(instructions, FLYWHEEL_INSTRUCTIONS=instructions))

    def test_glibc_without_wide_instructions_gives_the_same_bytes(self):
        self.assertEqual(self.play("best"), self.play("plain", GLIBC_TUNABLES=WITHOUT))


if __name__ == "__main__":
    unittest.main()
