"""Cost follows events: 100 times the audience with the same money and visits plays the same events
at the same cost, and an audience of two billion runs.

Cost is counted in instructions by valgrind, which no load on the machine disturbs, as the
difference between two runs of different length, so that the start of the program is left out."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM")
PLAN = pathlib.Path(__file__).with_name("crowd.toml")
LOOPS = ("targeting", "page_tests", "feedback", "reputation", "organic_growth", "marketplace")
VISITS = {20_000_000: "0.025", 2_000_000_000: "0.00025"}
COLUMNS = ("impressions", "clicks", "visits", "pool_entries", "root_customers",
           "organic_customers", "orders", "cohort_gross_revenue")


@unittest.skipUnless(PROGRAM, "the program is not built")
class AudienceSize(unittest.TestCase):
    settings = ()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        shutil.copy(PLAN, self.folder)

    def play(self, size, replications, *before):
        """Plays the plan for an audience of this size; what was written to stderr."""
        done = subprocess.run(
            [*before, PROGRAM, "run", "crowd.toml", "--output", f"{size}_{replications}.h5",
             "--replications", str(replications), "--threads", "1", "--quiet",
             "--freeze", "parameters,market", "--set", f"segment.everybody.size={size}",
             "--set", f"organic.visits_per_day={VISITS[size]}",
             *self.settings],
            cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def columns(self, size, replications):
        self.play(size, replications)
        summary = subprocess.run(
            [PROGRAM, "summary", f"{size}_{replications}.h5", "--json"],
            cwd=self.folder, capture_output=True, text=True, check=True)
        return json.loads(summary.stdout)["columns"]

    def instructions(self, size):
        """Instructions of four replications."""
        collected = []
        for replications in (2, 6):
            text = self.play(size, replications, "valgrind", "--tool=callgrind",
                             "--callgrind-out-file=/dev/null")
            collected.append(int(re.search(r"Collected : (\d+)", text).group(1)))
        return collected[1] - collected[0]

    def test_the_same_events_happen_in_any_crowd(self):
        few, many = (self.columns(size, 40) for size in VISITS)
        for name in COLUMNS:
            with self.subTest(column=name):
                error = (few[name]["mean_error"] ** 2 + many[name]["mean_error"] ** 2) ** 0.5
                self.assertGreater(few[name]["mean"], 0)
                self.assertLessEqual(abs(few[name]["mean"] - many[name]["mean"]), 5 * error)

    @unittest.skipUnless(shutil.which("valgrind"), "valgrind is not installed")
    def test_a_hundred_times_the_audience_costs_no_more_than_a_tenth_more(self):
        few, many = (self.instructions(size) for size in VISITS)
        print(f"instructions of four replications: {few:,} and {many:,}, ratio {many / few:.3f}")
        self.assertGreater(few, 1_000_000)
        self.assertLessEqual(many, 1.1 * few)


class AudienceSizeWithLoops(AudienceSize):
    """The same where every loop turns."""

    settings = tuple(word for loop in LOOPS for word in ("--set", f"loops.{loop}=true"))


if __name__ == "__main__":
    unittest.main()
