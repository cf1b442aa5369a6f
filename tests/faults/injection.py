"""The library injection.c, built and preloaded: calls of the program that fail when told to."""

import contextlib
import os
import pathlib
import shutil
import subprocess

from campaign import PROGRAM, skip_all

SOURCE = pathlib.Path(__file__).with_name("injection.c")


class Injection:
    """Faults on paths below a desk's place; skips the test file where there can be none."""

    def __init__(self, desk):
        self.place = desk.place
        self.library = desk.folder / "injection.so"
        self.report = desk.folder / "calls"
        compiler = os.environ.get("CC") or shutil.which("cc")
        if not compiler:
            skip_all("no C compiler, which builds the library that injects faults")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", self.library, SOURCE, "-ldl"], check=True)
        tried = subprocess.run([PROGRAM, "version"], env=self.environment(), capture_output=True)
        if tried.returncode != 0:
            skip_all(f"the program takes no preloaded library: {tried.stderr.decode().strip()}")

    def environment(self, kind="none", at=0, error=0, lasting=False, floor=0):
        """`at` counts the calls of the kind from 1; `error` 0 moves half of the bytes."""
        return {
            **os.environ,
            "LD_PRELOAD": str(self.library),
            "FAULT_UNDER": str(self.place),
            "FAULT_KIND": kind,
            "FAULT_AT": str(at),
            "FAULT_ERROR": str(error),
            "FAULT_LASTING": str(int(lasting)),
            "FAULT_FLOOR": str(floor),
            "FAULT_REPORT": str(self.report),
        }

    @contextlib.contextmanager
    def faults(self, **fault):
        """The environment of one start, with a report of its own."""
        self.report.unlink(missing_ok=True)
        yield self.environment(**fault)

    def calls(self):
        """What the last start called: kind, "!" before it if it was made to fail, and path."""
        if not self.report.exists():
            return []
        lines = self.report.read_text(encoding="utf-8", errors="replace").splitlines()
        return [tuple(line.split(" ", 1)) for line in lines]
