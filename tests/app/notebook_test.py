"""A result opens in xarray with names, labels, units and dates, and says what the program says.

Runs the program (FLYWHEEL_PROGRAM) on a small plan. Exit 77: a library is not installed.
"""

import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import numpy
    import xarray
except ImportError as error:
    print(error)
    sys.exit(77)

PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
MEDIA_PLAN = "date,channel,amount\n2027-03-01,social,100\n2027-03-03,social,150\n"
PLAN = """
[campaign]
name = "notebook"
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
"""
ROWS = 60
HORIZON = 7 + 5 + 30


class NotebookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        (folder / "media plan.csv").write_text(MEDIA_PLAN, encoding="utf-8")
        (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
        cls.file = folder / "result.h5"
        command = [PROGRAM, "run", folder / "plan.toml", "-o", cls.file, "--replications", str(ROWS), "--quiet"]
        subprocess.run(command, check=True)
        page = subprocess.run([PROGRAM, "summary", cls.file, "--json"], check=True, capture_output=True)
        cls.page = json.loads(page.stdout)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def open(self, group):
        return xarray.open_dataset(self.file, group=group)

    def test_replications_have_labels_and_units(self):
        with self.open("replications") as data:
            self.assertEqual(dict(data.sizes)["replication"], ROWS)
            self.assertEqual(list(data["channel"].values), ["social", "retargeting"])
            self.assertEqual(list(data["segment"].values), ["the north", "süden"])
            self.assertEqual(list(data["flow"].values), ["cart", "thank_you"])
            self.assertEqual(data["contribution"].attrs["units"], "EUR")
            self.assertEqual(data["cohort_roas_180"].attrs["units"], "1")
            self.assertEqual(data["payback_day"].dtype, numpy.dtype("f8"))  # no timedelta
            spend = data["spend_by_channel_segment"]
            self.assertEqual(spend.dims, ("replication", "channel", "segment"))
            total = spend.sum(["channel", "segment"])
            numpy.testing.assert_allclose(total, data["media_spend"], rtol=1e-9)
            self.assertEqual(int(data["failed"].sum()), 0)

    def test_quantiles_are_numpys(self):
        with self.open("replications") as data, self.open("summary") as summary:
            for column in ("cohort_roas_180", "contribution", "orders"):
                for share in (0.05, 0.5, 0.95):
                    mine = float(summary["quantile"].sel(column=column, share=share))
                    self.assertAlmostEqual(mine, float(numpy.quantile(data[column], share)), places=9)
                mean = float(summary["mean"].sel(column=column))
                self.assertAlmostEqual(mean, float(data[column].mean()), places=6)
            reached = float((data["cohort_roas_180"] >= 3).mean())
            self.assertAlmostEqual(float(summary["probability_of_target"]), reached, places=12)
            self.assertAlmostEqual(self.page["probability_of_target"]["value"], reached, places=12)
            share = summary["spend_by_channel_mean"].sel(channel="social")
            self.assertAlmostEqual(float(share), float(data["spend_by_channel"].sel(channel="social").mean()), places=9)

    def test_paths_have_dates_and_end_at_the_columns(self):
        with self.open("paths") as paths, self.open("replications") as data:
            self.assertEqual(str(paths["day"].values[0])[:10], "2027-03-01")
            self.assertEqual(paths.sizes["day"], HORIZON)
            last = paths["calendar_roas"].isel(day=-1)
            numpy.testing.assert_allclose(last, data["calendar_roas"], rtol=1e-6)
            deepest = numpy.minimum(paths["cash"].min("day"), 0)
            numpy.testing.assert_allclose(deepest, numpy.minimum(data["deepest_cash"], 0), rtol=1e-5, atol=0.01)

    def test_parameters_are_the_rows_of_the_replications(self):
        with self.open("parameters") as drawn:
            self.assertEqual(drawn.sizes["replication"], ROWS)
            price = drawn["channel_social_price"]
            self.assertEqual(price.attrs["key"], "channel.social.price")
            self.assertEqual(price.attrs["units"], "EUR")
            self.assertGreater(float(price.std()), 0)

    def test_provenance_holds_plan_and_inputs(self):
        with self.open("provenance") as texts:
            self.assertEqual(str(texts["plan"].values), PLAN)
            self.assertIn("seed 1", list(texts["run"].values))
            self.assertIn("[campaign]", str(texts["plan_full"].values))
        with self.open("provenance/inputs") as inputs:
            self.assertEqual(str(inputs["media_plan_csv"].values), MEDIA_PLAN)
            self.assertEqual(inputs["media_plan_csv"].attrs["file"], "media plan.csv")

    def test_the_plan_kept_in_the_file_is_the_same_run(self):
        """The plan with all defaults, run again, gives the same figures."""
        folder = self.file.parent
        with self.open("provenance") as texts:
            (folder / "full.toml").write_text(str(texts["plan_full"].values), encoding="utf-8")
        again = folder / "again.h5"
        command = [PROGRAM, "run", folder / "full.toml", "-o", again, "--replications", "5", "--quiet"]
        subprocess.run(command, check=True)
        with self.open("replications") as data, xarray.open_dataset(again, group="replications") as copy:
            for column in ("cohort_roas_180", "contribution", "impressions"):
                numpy.testing.assert_array_equal(copy[column], data[column][:5])

    def test_the_root_names_the_run(self):
        with xarray.open_dataset(self.file) as root:
            self.assertEqual(root.attrs["file_type"], "run")
            self.assertEqual(root.attrs["complete"], 1)
            self.assertEqual(len(root.attrs["plan_sha256"]), 64)
            self.assertEqual(int(root.attrs["seed"]), 1)

    def test_the_seal_is_the_hash_of_all_before_it(self):
        content, _, seal = self.file.read_bytes().rpartition(b"\n%flywheel sealed sha256 ")
        self.assertEqual(seal.strip().decode(), hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    unittest.main()
