"""Readers that are not ours find the same in a result of the shipped campaign.

What they should find is what the plan says and what `flywheel summary --json` prints. A reader
that is not installed is skipped, with the Debian package that holds it. check_netcdf.py looks at the
layout; here is what a reader makes of it.
"""

import datetime
import importlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import tomllib
import unittest

ROOT = pathlib.Path(os.environ.get("FLYWHEEL_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
PROGRAM = os.environ.get("FLYWHEEL_PROGRAM", "")
PLAN = ROOT / "configs/three_to_one.toml"
ROWS = 6
CONVERSION_AND_COHORT_DAYS = 30 + 180  # defaults of the plan

R_SCRIPT = """
library(ncdf4)
file <- nc_open(commandArgs(TRUE)[1])
spend <- file$var[["replications/spend_by_channel"]]
channels <- spend$dim[[1]]$vals
by_channel <- rowMeans(ncvar_get(file, "replications/spend_by_channel"))
quantiles <- ncvar_get(file, "summary/quantile")
column <- ncvar_get(file, "summary/column") == "cohort_roas_180"
middle <- which.min(abs(ncvar_get(file, "summary/share") - 0.5))
units <- ncatt_get(file, "paths/day", "units")$value
days <- as.Date(sub("days since ", "", units)) + ncvar_get(file, "paths/day")
missing <- sum(is.na(ncvar_get(file, "replications/payback_day")))
line <- function(name, ...) cat(paste(c(name, ...), collapse = "\\t"), "\\n", sep = "")
line("probability", format(ncvar_get(file, "summary/probability_of_target"), digits = 17))
line("median", format(quantiles[middle, column], digits = 17))
line("channels", channels)
line("segments", ncvar_get(file, "replications/segment"))
line("spend", format(by_channel, digits = 17))
line("units", spend$units)
line("days", format(range(days)))
line("missing", missing)
line("plan_sha256", ncatt_get(file, 0, "plan_sha256")$value)
"""


def library(name, package):
    """A library, or a skipped test that tells where it is."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise unittest.SkipTest(f"{name} is not installed (Debian: {package})") from None


class OtherReaders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.file = pathlib.Path(folder.name) / "three_to_one.h5"
        command = [PROGRAM, "run", PLAN, "-o", cls.file, "--replications", str(ROWS), "--quiet"]
        subprocess.run(command, check=True)
        page = subprocess.run([PROGRAM, "summary", cls.file, "--json"], check=True, capture_output=True)
        cls.expected = cls.told(json.loads(page.stdout), tomllib.loads(PLAN.read_text(encoding="utf-8")))

    @staticmethod
    def told(page, plan):
        """What the program's page and the plan say."""
        days = plan["campaign"]["flight_days"] + CONVERSION_AND_COHORT_DAYS
        start = plan["campaign"]["start"]
        entries = page["breakdowns"]["spend_by_channel"]["entries"]
        return {
            "probability": page["probability_of_target"]["value"],
            "median": page["columns"]["cohort_roas_180"]["quantiles"][page["shares"].index(0.5)],
            "channels": [*plan["channel"], "retargeting"],
            "segments": list(plan["segment"]),
            "spend": [entry["mean"] for entry in entries],
            "units": plan["campaign"]["currency"],
            "days": [str(start), str(start + datetime.timedelta(days=days - 1))],
            "missing": round(ROWS * (1 - page["payback_probability"]["value"])),
            "plan_sha256": page["plan_sha256"],
        }

    def assert_found(self, found):
        self.assertEqual(list(found), list(self.expected))
        for name, value in self.expected.items():
            if name in ("probability", "median", "spend"):
                mine = value if isinstance(value, list) else [value]
                yours = found[name] if isinstance(value, list) else [found[name]]
                self.assertEqual(len(yours), len(mine), name)
                for one, two in zip(yours, mine):
                    self.assertAlmostEqual(float(one), two, delta=1e-9 * abs(two), msg=name)
            else:
                self.assertEqual(found[name], value, name)

    def test_the_run_has_what_is_looked_for(self):
        self.assertGreater(self.expected["missing"], 0)
        self.assertLess(self.expected["missing"], ROWS)
        self.assertNotEqual(self.expected["probability"], self.expected["median"])

    def test_xarray_finds_it(self):
        xarray = library("xarray", "python3-xarray")
        library("netCDF4", "python3-netcdf4")

        def group(name):
            with xarray.open_dataset(self.file, group=name) as data:
                return data.load()

        data, summary, paths = group("replications"), group("summary"), group("paths")
        with xarray.open_dataset(self.file) as root:
            plan = root.attrs["plan_sha256"]
        self.assert_found({
            "probability": summary["probability_of_target"],
            "median": summary["quantile"].sel(column="cohort_roas_180", share=0.5),
            "channels": list(data["channel"].values),
            "segments": list(group("detail")["segment"].values),
            "spend": data["spend_by_channel"].mean("replication").values,
            "units": data["spend_by_channel"].attrs["units"],
            "days": [str(day)[:10] for day in paths["day"].values[[0, -1]]],
            "missing": int(data["payback_day"].isnull().sum()),
            "plan_sha256": plan,
        })

    def test_h5py_finds_it(self):
        h5py, numpy = library("h5py", "python3-h5py"), library("numpy", "python3-numpy")
        with h5py.File(self.file, "r") as file:
            data, summary, day = file["replications"], file["summary"], file["paths/day"]
            row = list(summary["column"].asstr()[:]).index("cohort_roas_180")
            start = datetime.date.fromisoformat(day.attrs["units"].removeprefix("days since "))
            self.assert_found({
                "probability": summary["probability_of_target"][()],
                "median": summary["quantile"][row, list(summary["share"][:]).index(0.5)],
                "channels": list(data["spend_by_channel"].dims[1][0].asstr()[:]),
                "segments": list(file["detail/segment"].asstr()[:]),
                "spend": data["spend_by_channel"][:].mean(axis=0),
                "units": data["spend_by_channel"].attrs["units"],
                "days": [str(start + datetime.timedelta(days=int(day[place]))) for place in (0, -1)],
                "missing": int(numpy.isnan(data["payback_day"][:]).sum()),
                "plan_sha256": file.attrs["plan_sha256"],
            })

    def test_netcdf4_finds_it(self):
        netcdf4, numpy = library("netCDF4", "python3-netcdf4"), library("numpy", "python3-numpy")
        with netcdf4.Dataset(self.file) as file:
            data, summary, day = file["replications"], file["summary"], file["paths/day"]
            spend = data["spend_by_channel"]
            row = list(summary["column"][:]).index("cohort_roas_180")
            dates = netcdf4.num2date(day[:], day.units, day.calendar)
            self.assert_found({
                "probability": summary["probability_of_target"][...],
                "median": summary["quantile"][row, int(numpy.argmin(abs(summary["share"][:] - 0.5)))],
                "channels": list(data[spend.dimensions[1]][:]),
                "segments": list(file["detail/segment"][:]),
                "spend": spend[:].mean(axis=0),
                "units": spend.units,
                "days": [str(date)[:10] for date in dates[[0, -1]]],
                "missing": int(numpy.ma.getmaskarray(data["payback_day"][:]).sum()),
                "plan_sha256": file.plan_sha256,
            })

    def ncdump(self, *options):
        if shutil.which("ncdump") is None:
            self.skipTest("ncdump is not installed (Debian: netcdf-bin)")
        done = subprocess.run(["ncdump", *options, self.file], check=True, capture_output=True, encoding="utf-8")
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_ncdump_prints_the_header(self):
        header = self.ncdump("-h")
        self.assertTrue(header.startswith("netcdf three_to_one {"))
        for line in (f"replication = {ROWS} ;", f"channel = {len(self.expected['channels'])} ;",
                     "double spend_by_channel(replication, channel) ;",
                     f'string spend_by_channel:units = "{self.expected["units"]}" ;',
                     f'string day:units = "days since {self.expected["days"][0]}" ;',
                     f'string :plan_sha256 = "{self.expected["plan_sha256"]}" ;', "payback_day:_FillValue = NaN ;"):
            self.assertIn("\t" + line, header)

    def test_ncdump_prints_values(self):
        names = ("paths/day", "replications/channel", "replications/payback_day", "summary/probability_of_target")
        text = self.ncdump("-v", ",".join("/" + name for name in names))
        value = dict(re.findall(r"^ +(\w+) = ([^;]*) ;$", text[text.index("data:"):], re.MULTILINE))
        self.assertEqual(re.findall(r'"([^"]*)"', value["channel"]), self.expected["channels"])
        start, end = (datetime.date.fromisoformat(day) for day in self.expected["days"])
        days = [int(day) for day in value["day"].split(",")]  # -t makes no dates of them: units are a string
        self.assertEqual(days, list(range((end - start).days + 1)))
        self.assertEqual(value["payback_day"].split(", ").count("_"), self.expected["missing"])
        self.assertAlmostEqual(float(value["probability_of_target"]), self.expected["probability"], places=12)

    def test_r_finds_it(self):
        script = self.file.with_name("read.R")
        script.write_text(R_SCRIPT, encoding="utf-8")
        known = 'quit(status = !requireNamespace("ncdf4", quietly = TRUE))'
        if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", known], check=False).returncode != 0:
            self.skipTest("R's ncdf4 is not installed (Debian: r-cran-ncdf4)")
        done = subprocess.run(["Rscript", script, self.file], check=True, capture_output=True,
                              encoding="utf-8", env={**os.environ, "LC_ALL": "C.UTF-8"})
        found = {name: values for name, *values in (line.split("\t") for line in done.stdout.splitlines())}
        lists = ("channels", "segments", "spend", "days")
        found = {name: values if name in lists else values[0] for name, values in found.items()}
        self.assert_found({**found, "missing": int(found["missing"])})


if __name__ == "__main__":
    unittest.main()
