#!/usr/bin/env python3
"""Reads results of flywheel: finished ones, and those of a run that is going or was ended.

    from flywheel_results import open_run, wait

    run = open_run("my_shop.h5")       # also while `flywheel run ... -o my_shop.h5` is going
    print(run.headline())
    futures = run.to_dataframe()       # one row a future

Usage: flywheel_results.py RESULT [--watch [--every SECONDS]] prints a short page.

Files are taken into memory whole, and only where their seal (SHA-256) holds, so that a run which
replaces or removes them meanwhile disturbs nobody. What goes wrong is told by one exception,
`ResultError`. Needs h5py and numpy; pandas and xarray only where one of theirs is returned.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime
import hashlib
import io
import itertools
import json
import os
import pathlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import h5py
import numpy

if TYPE_CHECKING:
    import pandas
    import xarray

FORMAT_VERSION = 1
SEAL = b"\n%flywheel sealed sha256 "
SEAL_LENGTH = len(SEAL) + 64 + 1
LARGEST_IN_MEMORY = 2 * 1024**3  # bytes; larger files are left where they are, and held open
LOOKS = 5  # at a run that replaces its files or has just ended
PAUSE = 0.05  # seconds between them
CHANCE = ("target_roas", "probability_of_target", "probability_low", "probability_high")
# What HDF5 and netCDF note for themselves.
INNER_ATTRIBUTES = {"CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST", "DIMENSION_LABELS"}


class ResultError(Exception):
    """What was looked for, what was found instead, and what to do."""


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a run is. What is not known is None."""

    state: str  # starting, running, complete, or why it ended: killed, signal, too many failed, ...
    done: int  # replications finished, failed ones among them
    failed: int
    wanted: int | None  # None: open, until a precision or a time is reached
    seconds: float | None  # that this process, or the one which finished, has worked
    replications_per_second: float | None
    is_alive: bool  # whether the process exists, on this machine
    target_roas: float | None = None
    probability_of_target: float | None = None
    probability_low: float | None = None
    probability_high: float | None = None

    @property
    def share(self) -> float | None:
        return self.done / self.wanted if self.wanted else None

    @property
    def seconds_left(self) -> float | None:
        if self.is_over or not self.wanted or not self.replications_per_second:
            return None
        return max(self.wanted - self.done, 0) / self.replications_per_second

    @property
    def is_over(self) -> bool:
        """No process works on it here: it is whole, or the same command has to go on with it."""
        return not self.is_alive

    def __str__(self) -> str:
        wanted = f" of {self.wanted:,} ({self.share:.1%})" if self.wanted else ""
        parts = [f"{self.state}: {self.done:,}{wanted} replications, {self.failed:,} failed"]
        if self.replications_per_second:
            parts.append(f"{self.replications_per_second:.3g} a second")
        if self.seconds_left is not None:
            parts.append(f"{self.seconds_left:,.0f} s left")
        if self.probability_of_target is not None:
            chance = (self.target_roas, self.probability_of_target, self.probability_low, self.probability_high)
            parts.append(chance_text(*chance))
        if self.is_over and self.done != self.wanted:
            parts.append("the same command goes on from there")
        return ", ".join(parts)


@dataclasses.dataclass(frozen=True)
class Headline:
    """P(net cohort ROAS >= target) with its 95 % interval, and the median with its error."""

    target_roas: float
    probability: float
    probability_low: float
    probability_high: float
    median: float
    median_error: float  # Monte Carlo
    replications: int  # behind the figures, without failed ones

    def __str__(self) -> str:
        chance = chance_text(self.target_roas, self.probability, self.probability_low, self.probability_high)
        return f"{chance}, median ROAS {self.median:.3g} ±{self.median_error:.2g}, {self.replications:,} futures"


@dataclasses.dataclass(frozen=True)
class Column:
    """A variable of a group, in memory."""

    name: str
    dimensions: tuple[str, ...]
    values: Any  # numpy array
    attributes: dict[str, Any]

    def labels(self) -> list[str]:
        """Of a coordinate: text as it is, days as dates, numbers as short as can be."""
        units = str(self.attributes.get("units", ""))
        if units.startswith("days since "):
            start = datetime.date.fromisoformat(units.split()[2])
            return [(start + datetime.timedelta(days=int(day))).isoformat() for day in self.values]
        return [value if isinstance(value, str) else f"{value:g}" for value in self.values]


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a run lies: the result, and the folder that is there until the result is whole."""

    result: pathlib.Path
    folder: pathlib.Path
    is_folder_asked: bool

    @staticmethod
    def of(path: str | os.PathLike[str]) -> Place:
        given = pathlib.Path(path)
        if given.name in ("preview.h5", "status.json") and given.parent.name.endswith(".run"):
            given = given.parent
        if given.name.endswith(".run"):
            return Place(given.with_name(given.name[: -len(".run")]), given, True)
        return Place(given, given.with_name(given.name + ".run"), False)

    def inside(self, name: str) -> pathlib.Path:
        return self.folder / name

    def is_folder_newer(self) -> bool:
        """Whether the folder tells of more than the result: of more replications of one that was
        whole already. A folder that a finished run had no time to remove does not."""
        return modified(self.inside("status.json")) > modified(self.result)

    def sources(self) -> list[pathlib.Path]:
        """What may be read, the better first."""
        wants_folder = self.is_folder_asked and (self.is_folder_newer() or modified(self.result) < 0)
        return [self.inside("preview.h5")] if wants_folder else [self.result, self.inside("preview.h5")]


class Run:
    """What a run has brought so far. Made by `open_run`; it does not change when the run goes on."""

    def __init__(self, source: pathlib.Path, stream: BinaryIO, place: Place) -> None:
        self.source = source  #: the file that was read
        self._stream = stream
        with self._file() as file:
            self.attributes = attributes_of(file)  #: of its root: seed, git_commit, plan_sha256, ...
        kind, version = self.attributes.get("file_type"), self.attributes.get("format_version")
        if kind != "run":
            raise ResultError(f"{source} holds {kind!r}, not a run: read it with xarray or h5py")
        if version != FORMAT_VERSION:
            raise ResultError(f"{source} has format_version {version}, and this module reads {FORMAT_VERSION}: "
                              "take the flywheel_results.py of the flywheel that wrote it")
        self.progress = self._progress(place)

    @property
    def is_complete(self) -> bool:
        return bool(self.attributes["complete"])

    @property
    def replications(self) -> int:
        """Finished so far. The file of a run that is going may be some behind, and a sample."""
        return self.progress.done

    @property
    def wanted(self) -> int | None:
        """Replications in all; None where something else ends the run."""
        return self.progress.wanted

    def to_dataframe(self, group: str = "replications", drop_failed: bool = False) -> pandas.DataFrame:
        """One row a replication, its number as index: with gaps where they are a sample.

        A column with further dimensions becomes one for each entry, `spend_by_channel[search]`.
        Failed replications keep their row, with NaN, unless `drop_failed`.
        """
        frame = self._frame(group, "replication")
        columns = self._columns("replications", {"replication", "failed"})
        failed = columns["replication"].values[columns["failed"].values != 0]
        return frame[~frame.index.isin(failed)] if drop_failed else frame

    def parameters(self) -> pandas.DataFrame:
        """What was drawn for every uncertain number, one row a replication."""
        return self.to_dataframe("parameters")

    def summary(self) -> pandas.DataFrame:
        """One row a column: mean, mean_error, quantile[0.05], quantile_error[0.05], ..."""
        return self._frame("summary", "column")

    def paths(self) -> xarray.Dataset:
        """ROAS and cash by day, with dates; of long runs for a sample (attribute `sample`)."""
        return self.to_dataset("paths")

    def to_dataset(self, group: str = "replications") -> xarray.Dataset:
        """The group as `xarray.open_dataset` gives it, but in memory: no file stays open."""
        import xarray

        columns = self._columns(group)
        with self._file() as file:
            attributes = attributes_of(file[group])
        variables = {name: (column.dimensions, column.values, column.attributes) for name, column in columns.items()}
        return xarray.decode_cf(xarray.Dataset(variables, attrs=attributes), decode_timedelta=False)

    def headline(self) -> Headline:
        columns = self._columns("summary")
        number = {name: float(column.values) for name, column in columns.items() if column.values.ndim == 0}
        row = list(columns["column"].values).index("cohort_roas_180")
        middle = int(numpy.argmin(abs(columns["share"].values - 0.5)))
        return Headline(
            target_roas=number["target_roas"],
            probability=number["probability_of_target"],
            probability_low=number["probability_of_target_low"],
            probability_high=number["probability_of_target_high"],
            median=float(columns["quantile"].values[row, middle]),
            median_error=float(columns["quantile_error"].values[row, middle]),
            replications=int(number["replications"] - number["replications_failed"]))

    def provenance(self, name: str = "plan") -> str:
        """A text that is kept with the result: plan, plan_full, settings, versions, run (the lines
        that make the run this run), or inputs/NAME, a CSV file."""
        with self._file() as file:
            group = file["provenance"]
            texts: list[str] = []
            group.visititems(lambda path, item: texts.append(path) if isinstance(item, h5py.Dataset) else None)
            if name not in texts:
                raise ResultError(f"{self.source} keeps no text {name!r}; there are: {', '.join(texts)}")
            text = group[name].asstr()[()]
        return text if isinstance(text, str) else "\n".join(text)

    def _progress(self, place: Place) -> Progress:
        if place.is_folder_newer():
            with contextlib.suppress(FileNotFoundError):  # it has just become whole
                return read_status(place)
        failed = self._columns("replications", {"failed"})["failed"].values
        log: dict[str, Any] = {}  # host, times and threads of the process that finished it
        with contextlib.suppress(FileNotFoundError, ResultError):
            log = read_json(self.source.with_name(self.source.name + ".log.json"))
        state, wanted = ("complete", len(failed)) if self.is_complete else ("preview", None)
        return Progress(state, len(failed), int((failed != 0).sum()), wanted, log.get("seconds"),
                        log.get("replications_per_second"), is_alive=False)

    @contextlib.contextmanager
    def _file(self) -> Iterator[Any]:
        """The file, opened for a moment: from a stream, so there are no locks, and the same bytes
        whatever happens to its name. What HDF5 complains of becomes a ResultError."""
        try:
            with h5py.File(self._stream, "r") as file:
                yield file
        except (OSError, RuntimeError, KeyError, ValueError) as error:
            raise ResultError(f"{self.source} cannot be read as a result: {error}") from error

    def _columns(self, group: str, names: set[str] | None = None) -> dict[str, Column]:
        with self._file() as file:
            if group not in file:
                raise ResultError(f"{self.source} has no group {group!r}; there are: {', '.join(file)}")
            return {name: read_column(name, item) for name, item in file[group].items()
                    if isinstance(item, h5py.Dataset) and (names is None or name in names)}

    def _frame(self, group: str, rows: str) -> pandas.DataFrame:
        import pandas

        columns = self._columns(group)
        if rows not in columns:
            raise ResultError(f"the group {group!r} has no dimension {rows!r}, so it makes no such table: "
                              f"take to_dataset({group!r})")
        index = pandas.Index(columns[rows].values, name=rows)
        flat: dict[str, Any] = {}
        for column in columns.values():
            if column.name == rows or column.dimensions[:1] != (rows,):
                continue
            labels = [columns[name].labels() for name in column.dimensions[1:]]
            values = column.values.reshape(len(index), -1)
            if values.dtype.kind == "i" and "_FillValue" in column.attributes:
                values = numpy.where(values == column.attributes["_FillValue"], numpy.nan, values)
            for place, entry in enumerate(itertools.product(*labels)):
                flat[column.name + (f"[{', '.join(entry)}]" if entry else "")] = values[:, place]
        return pandas.DataFrame(flat, index=index)


def open_run(path: str | os.PathLike[str]) -> Run:
    """Opens a result, or what there is so far of a run that is going or was ended.

    `path` is the result, whole or not yet there (then `<result>.run` is read), or the folder itself,
    also that of one part of a run, `my_shop.2-of-4.run`. Throws ResultError.
    """
    place = Place.of(path)
    for _ in range(LOOKS):
        begun = modified(place.result)
        for source in place.sources():
            with contextlib.suppress(FileNotFoundError):
                run = Run(source, held(source), place)
                if modified(place.result) == begun:  # no better one has come meanwhile
                    return run
        time.sleep(PAUSE)
    raise ResultError(why_there_is_none(place))


def read_progress(path: str | os.PathLike[str]) -> Progress:
    """How far a run is, from its status.json alone where it is going; quicker than `open_run`."""
    place = Place.of(path)
    for _ in range(LOOKS):
        if place.is_folder_newer():
            with contextlib.suppress(FileNotFoundError):
                return read_status(place)
        elif modified(place.inside("lock")) > modified(place.result) and process_exists(place):
            return Progress("starting", 0, 0, None, None, None, is_alive=True)
        elif modified(place.result) >= 0:
            return open_run(place.result).progress
        time.sleep(PAUSE)
    raise ResultError(why_there_is_none(place))


def wait(path: str | os.PathLike[str], every_seconds: float = 30.0) -> Iterator[Progress]:
    """Yields how far a run is, every so often, until it is over: whole, ended or killed.

    Whether its process still exists is only seen on the machine where it works.
    """
    while True:
        now = read_progress(path)
        yield now
        if now.is_over:
            return
        time.sleep(every_seconds)


def held(path: pathlib.Path) -> BinaryIO:
    """The bytes of a sealed file, found sound; of a very large one the open file."""
    try:
        stream: BinaryIO = open(path, "rb")
        if os.fstat(stream.fileno()).st_size <= LARGEST_IN_MEMORY:
            with stream:
                stream = io.BytesIO(stream.read())  # in one go: what is read is what is checked
        check_seal(stream, path)
        return stream
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ResultError(f"{path} cannot be read: {error.strerror}") from error


def check_seal(stream: BinaryIO, path: pathlib.Path) -> None:
    """Refuses what is damaged or foreign before HDF5 sees a byte of it."""
    length = stream.seek(0, io.SEEK_END) - SEAL_LENGTH
    stream.seek(max(length, 0))
    seal = stream.read()
    if not seal.startswith(SEAL):
        raise ResultError(f"{path} has no seal in its last line, so it is no result of flywheel, or was cut off or "
                          "changed; give what `flywheel run` wrote with -o, or a copy that is whole")
    digest = hashlib.sha256()
    stream.seek(0)
    while piece := stream.read(min(length, 1 << 20)):
        digest.update(piece)
        length -= len(piece)
    if digest.hexdigest().encode() != seal[len(SEAL):].strip():
        raise ResultError(f"{path} is damaged: its bytes have not the SHA-256 of its seal; "
                          "take a copy that is whole, or play the plan again")


def attributes_of(item: Any) -> dict[str, Any]:
    return {name: value for name, value in item.attrs.items()
            if name not in INNER_ATTRIBUTES and not name.startswith("_Netcdf4")}


def read_column(name: str, item: Any) -> Column:
    is_text = h5py.check_string_dtype(item.dtype) is not None
    values = item.asstr()[()] if is_text else item[()]
    is_axis = item.attrs.get("CLASS") == b"DIMENSION_SCALE"
    own = (name,) if is_axis else tuple(h5py.h5ds.get_scale_name(axis[0].id).decode() for axis in item.dims)
    return Column(name, own, numpy.asarray(values, dtype=object if is_text else None), attributes_of(item))


def read_status(place: Place) -> Progress:
    """What status.json says; FileNotFoundError where it is gone, as after the end of a run."""
    is_alive = process_exists(place)
    if not is_alive and not place.is_folder_newer():  # it has just become whole
        raise FileNotFoundError(place.inside("status.json"))
    status = read_json(place.inside("status.json"))
    state = str(status.get("state", "unknown"))
    if not is_alive and state == "running":
        state = "killed"
    elif is_alive and modified(place.inside("lock")) > modified(place.inside("status.json")):
        state = "running"  # again, and nothing is finished yet
    numbers = {name: value for name, value in status.items() if isinstance(value, (int, float))}
    done, seconds, kept = int(numbers.get("replications", 0)), numbers.get("seconds"), numbers.get("kept_before")
    return Progress(
        state=state,
        done=done,
        failed=int(numbers.get("failed", 0)),
        wanted=int(numbers.get("wanted", 0)) or None,
        seconds=seconds,
        replications_per_second=(done - kept) / seconds if seconds and kept is not None else None,
        is_alive=is_alive,
        **{name: numbers.get(name) for name in CHANCE})


def process_exists(place: Place) -> bool:
    """Whether the process that holds the folder's lock works on this machine. One that began after
    it was locked is another one, which was given the same number."""
    try:
        process = int(place.inside("lock").read_text("utf-8"))
        with contextlib.suppress(PermissionError):  # somebody else's: is it the one that locked?
            os.kill(process, 0)
    except (ValueError, PermissionError):
        return True  # it is just writing its number there, or the folder is somebody else's
    except (OSError, OverflowError):
        return False
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        up = float(pathlib.Path("/proc/uptime").read_text("utf-8").split()[0])
        begun = time.time() - up + int(fields[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, LookupError):
        return True  # a system without /proc
    return fields[0] != "Z" and begun < modified(place.inside("lock")) + 5  # Z: dead, but its parent has not asked


def why_there_is_none(place: Place) -> str:
    if modified(place.folder) < 0:
        return (f"there is neither a result {place.result} nor the folder {place.folder} of a run that is going; "
                f"`flywheel run PLAN -o {place.result}` makes them")
    try:
        now = read_status(place)
    except FileNotFoundError:
        return (f"the run in {place.folder} has not yet told how far it is; "
                "look again in some seconds, or give the same command once more if it was ended")
    wanted = f"of {now.wanted:,} " if now.wanted else ""
    kept = f"the run in {place.folder} has kept {now.done:,} {wanted}replications"
    if now.is_over:
        return f"{kept} and ended ({now.state}) before its first preview; the same command goes on from there"
    return f"{kept} but has no preview yet; it is written about every 30 s and when a signal ends the run"


def read_json(path: pathlib.Path) -> dict[str, Any]:
    try:
        page = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise ResultError(f"{path} cannot be read: {error}; a run that is going writes it anew") from error
    return page if isinstance(page, dict) else {}


def modified(path: pathlib.Path) -> float:
    """Seconds since 1970; -1 where there is no such file."""
    try:
        return path.stat().st_mtime
    except OSError:
        return -1.0


def chance_text(target: float | None, chance: float, low: float | None, high: float | None) -> str:
    interval = "" if low is None or high is None else f" (95 % interval {100 * low:.1f} to {100 * high:.1f} %)"
    return f"P(ROAS >= {target or 0:g}) {100 * chance:.1f} %{interval}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Prints how far a run is, and its headline.")
    parser.add_argument("result", help="result file, there or to be, or the folder of a run that is going")
    parser.add_argument("--watch", action="store_true", help="a line every so often, until the run is over")
    parser.add_argument("--every", type=float, default=30.0, metavar="SECONDS", help="between two lines; default 30")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.watch:
            for progress in wait(chosen.result, chosen.every):
                print(progress, flush=True)
        run = open_run(chosen.result)
        print(run.progress, run.headline(), f"read from {run.source}", sep="\n")
    except ResultError as error:
        print(f"flywheel_results: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
