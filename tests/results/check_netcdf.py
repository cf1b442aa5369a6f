"""Reads the sample result as notebooks do: with h5py, netCDF4 and xarray; no code of ours.

Usage: check_netcdf.py FILE h5py|netCDF4|xarray. Exit 0: all as expected; 77: the library is not
installed; 1: something is wrong, with a traceback. The expected values are those of
sample_result.hpp, written down here a second time on purpose.
"""

import sys

ROAS = [2.5, None, 3.25]
ORDERS = [[10, 20], [30, 40], [50, 60]]
CHANNELS = ["search", "réseaux"]
FAILURES = ["", "contract broken: naïve – 例", ""]
PLAN = '[campaign]\nname = "Ω"\n'
CASH = [[0.5, 1.5, 2.5, 3.5], [4.5, 5.5, 6.5, 7.5], [8.5, 9.5, 10.5, 11.5]]
ORDER = ["replication", "channel", "cohort_roas_180", "orders_by_channel", "payback_day",
         "rotations", "failed", "failure", "spend"]
ROOT = {"Conventions": "CF-1.10", "file_type": "run", "format_version": 1,
        "program_version": "0.1.0", "git_commit": "0123abc", "seed": 2**64 - 1,
        "plan_sha256": "a" * 64, "complete": 1}


def same(left, right):
    """Compares nested lists; None stands for a value that is not a number."""
    assert len(left) == len(right), (left, right)
    for one, two in zip(left, right):
        if isinstance(two, list):
            same(list(one), two)
        elif two is None:
            assert one != one, one
        else:
            assert one == two, (one, two)


def check_h5py(path):
    import h5py
    import numpy

    with h5py.File(path, "r") as file:
        for name, value in ROOT.items():
            assert file.attrs[name] == value, name
        group = file["replications"]
        assert list(group) == ORDER, list(group)
        same(group["cohort_roas_180"][:], ROAS)
        same(group["orders_by_channel"][:], ORDERS)
        same(list(group["failure"].asstr()[:]), FAILURES)
        assert group["spend"][()] == 1234.5
        assert file["provenance/plan"].asstr()[()] == PLAN
        assert "inputs" in file["provenance"]
        kinds = {"cohort_roas_180": "<f8", "orders_by_channel": "<i4", "payback_day": "<i8",
                 "failed": "|i1"}
        for name, kind in kinds.items():
            assert group[name].dtype == numpy.dtype(kind), name
            assert group[name].dims[0][0].name == "/replications/replication", name
        for name in ("cohort_roas_180", "payback_day"):
            assert group[name].attrs["_FillValue"].dtype == group[name].dtype, name
            assert group[name].compression == "gzip" and group[name].compression_opts == 1
            assert group[name].shuffle and group[name].fletcher32, name
        same([group["cohort_roas_180"].fillvalue], [None])
        assert group["payback_day"].fillvalue == -1
        assert "_FillValue" not in group["rotations"].attrs
        axes = ["replications/replication", "replications/channel", "paths/replication",
                "paths/day"]
        for number, axis in enumerate(axes):  # netCDF counts dimensions through the whole file
            attributes = file[axis].attrs
            assert attributes["_Netcdf4Dimid"] == number, axis
            assert attributes["CLASS"] == b"DIMENSION_SCALE", axis
            assert attributes["NAME"] == axis.split("/")[1].encode(), axis
        assert not group["failed"].id.get_create_plist().get_obj_track_times()


def check_netcdf4(path):
    import netCDF4
    import numpy

    with netCDF4.Dataset(path) as file:
        assert file.data_model == "NETCDF4"
        assert set(file.ncattrs()) == set(ROOT), file.ncattrs()
        for name, value in ROOT.items():
            assert file.getncattr(name) == value, name
        assert list(file.groups) == ["replications", "paths", "provenance"]
        group = file["replications"]
        assert group.sample == "all replications"
        assert list(group.variables) == ORDER, list(group.variables)
        assert {name: len(group.dimensions[name]) for name in group.dimensions} == {
            "replication": 3, "channel": 2}
        assert group["orders_by_channel"].dimensions == ("replication", "channel")
        assert group["spend"].dimensions == ()
        same(list(group["channel"][:]), CHANNELS)
        same(list(group["failure"][:]), FAILURES)
        same(numpy.ma.getdata(group["cohort_roas_180"][:]), ROAS)
        assert list(numpy.ma.getmaskarray(group["cohort_roas_180"][:])) == [False, True, False]
        assert list(numpy.ma.getmaskarray(group["payback_day"][:])) == [False, True, False]
        assert int(group["payback_day"][2]) == 2**53 + 1
        assert group["failed"].dtype == numpy.dtype("i1")
        assert list(group["failed"].flag_values) == [0, 1]
        assert group["failed"].flag_values.dtype == numpy.dtype("i1")
        assert group["failed"].flag_meanings == "no yes"
        assert group["cohort_roas_180"].units == "1"
        assert group["cohort_roas_180"].long_name == "ROAS after 180 days"
        assert group["cohort_roas_180"].description == "Revenue over spend"
        same(file["paths/cash"][:], CASH)
        assert file["paths/cash"].dtype == numpy.dtype("f4")
        assert file["paths/day"].calendar == "standard"
        assert file["provenance/plan"][...] == PLAN


def check_xarray(path):
    import numpy
    import xarray

    with xarray.open_dataset(path, group="replications", engine="netcdf4") as data:
        assert dict(data.sizes) == {"replication": 3, "channel": 2}, data.sizes
        assert set(data.coords) == {"replication", "channel"}, data.coords
        assert data["replication"].dtype == numpy.dtype("i8")
        same(data["cohort_roas_180"].values, ROAS)
        picked = data["orders_by_channel"].sel(replication=1, channel="réseaux")
        assert float(picked) == 40 and picked.dtype == numpy.dtype("i4")
        assert data["failed"].dtype == numpy.dtype("i1")
        assert data["rotations"].dtype == numpy.dtype("i4")
        same(data["payback_day"].values[:2], [12, None])
        assert data["spend"].attrs["units"] == "1"
        assert data["failure"].values[1] == FAILURES[1]
        frame = data[["cohort_roas_180", "orders_by_channel"]].to_dataframe()
        assert frame.loc[(2, "search"), "orders_by_channel"] == 50
    with xarray.open_dataset(path, group="paths") as data:  # the engine is found by itself
        assert str(data["day"].values[0]) == "2026-03-01T00:00:00.000000000", data["day"]
        last = data["cash"].sel(day="2026-03-04").values.ravel()
        same(last, [3.5, 7.5, 11.5])
    with xarray.open_dataset(path) as data:
        assert data.attrs["Conventions"] == "CF-1.10"


CHECKS = {"h5py": check_h5py, "netCDF4": check_netcdf4, "xarray": check_xarray}

if __name__ == "__main__":
    try:
        __import__(sys.argv[2])
    except ImportError as error:
        print(error)
        sys.exit(77)
    CHECKS[sys.argv[2]](sys.argv[1])
