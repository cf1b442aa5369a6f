"""Measures kernels, whole runs and their peers in turns and prints ratios: called by scripts/benchmark.

Usage: benchmark_ratios.py BUILD PEERS ROUNDS JSON. BUILD holds the programs flywheel and
flywheel_benchmarks. Each figure is taken in every round; its median counts, and the lowest and the
highest stand beside it: a ratio means no more than they allow. JSON gets all figures."""

import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOPPERS = "1000000"  # what configs/b1.toml has
KERNELS = ("block", "uniform", "log", "table", "decision")
B1, SHIPPED, STARTER = "play_plan/b1/threads:", "play_plan/three_to_one/threads:", "play_plan/starter/threads:"
# What is divided by what, and what engine.md of the design asks for: reach, then.
RATIOS = (
    ("np_smart.py / B1 on one core", "np_smart.py", B1 + "1", "25", "100"),
    ("np_day.py / B1 on one core", "np_day.py", B1 + "1", "", ""),
    ("numba_loop.py / B1 on one core", "numba_loop.py", B1 + "1", "", ""),
    ("naive.cpp / B1 on one core", "naive.cpp", B1 + "1", "300", "1200"),
    ("10 x the audience, the same events", "play_crowd/million:20", "play_crowd/million:2", "", ""),
    ("100 x the audience", "play_crowd/million:200", "play_crowd/million:2", "1.1", "1.02"),
    ("1000 x the audience", "play_crowd/million:2000", "play_crowd/million:2", "", ""),
    ("4 x the rotations, starter", "play_rotations/days:2", "play_rotations/days:8", "", ""),
    ("1 thread / 2 threads, b1", B1 + "1", B1 + "2", "1.86", "1.94"),
    ("1 thread / 2 threads, three_to_one", SHIPPED + "1", SHIPPED + "2", "1.86", "1.94"),
    *((f"{kernel} / its floor", f"kernel_{kernel}", f"floor_{kernel}", "", "") for kernel in KERNELS),
)


class Figures:
    """Every figure of every round, by name."""

    def __init__(self):
        self.taken = {}

    def add(self, name, value):
        self.taken.setdefault(name, []).append(value)

    def median(self, name):
        return statistics.median(self.taken[name])

    def three(self, name):
        """Lowest, median, highest."""
        return min(self.taken[name]), self.median(name), max(self.taken[name])


def measure_benchmarks(program, figures):
    """One round of kernels and whole runs; seconds of a replication or of a kernel's item."""
    done = subprocess.run(
        [program, "--benchmark_filter=^(play_|kernel_|floor_|write_.*:1000/)", "--benchmark_format=json"],
        stdout=subprocess.PIPE, text=True, check=True)
    for row in json.loads(done.stdout)["benchmarks"]:
        name = row["name"].removesuffix("/real_time")
        if "seconds_each" in row:
            figures.add(name, row["seconds_each"])
            figures.add(name + " ns per event", row["ns_per_event"])
        elif "writing_share" in row:
            figures.add(name + " share", row["writing_share"])
        else:
            figures.add(name, 1 / row["items_per_second"])


def measure_peer(command):
    """Median seconds of a peer's replications; the last column of what it prints. The first of a
    program that is compiled when it is called is left out."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds = [float(line.split()[-1]) for line in done.stdout.splitlines()]
    return statistics.median(seconds[1:] or seconds)


def find_peers(folder, scratch):
    """Name -> command of each peer that is there and can run; programs in C++ are compiled first."""
    commands = {}
    for name, replications in (("np_smart.py", "6"), ("np_day.py", "2"), ("numba_loop.py", "3")):
        command = [sys.executable, folder / name]
        tried = subprocess.run([*command, "1", "1000", "1"], capture_output=True, check=False)
        if tried.returncode == 0:
            commands[name] = [*command, replications, SHOPPERS, "1"]
    if (folder / "naive.cpp").exists():
        subprocess.run(["g++", "-O3", "-std=c++17", folder / "naive.cpp", "-o", scratch / "naive"],
                       check=True)
        commands["naive.cpp"] = [scratch / "naive", "1", SHOPPERS, "0", "1"]
    return commands


def peak_bytes(program, threads, scratch):
    """Most memory of a run of B1 on so many threads."""
    output = scratch / f"memory{threads}.h5"
    process = subprocess.Popen([program, "run", ROOT / "configs/b1.toml", "--output", output, "--quiet",
                                "--replications", "16", "--threads", str(threads)])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    output.unlink()
    return usage.ru_maxrss * 1024


def measure(build, peers, rounds, scratch):
    figures = Figures()
    for _ in range(rounds):
        for name, command in peers.items():
            figures.add(name, measure_peer(command))
        measure_benchmarks(build / "flywheel_benchmarks", figures)
        one, three = (peak_bytes(build / "flywheel", threads, scratch) for threads in (1, 3))
        figures.add("memory of a replication of b1 in flight, MB", (three - one) / 2e6)
    return figures


def print_figures(figures):
    print(f"{'figure':<52} {'lowest':>10} {'median':>10} {'highest':>10}")
    for name in figures.taken:
        unit, factor = ("", 1) if name.endswith(("event", "share", "MB")) else ("ms", 1e3)
        if name.startswith(("kernel_", "floor_")):
            unit, factor = "ns", 1e9
        values = "".join(f" {factor * value:10.3f}" for value in figures.three(name))
        print(f"{name + (', ' + unit if unit else ''):<52}{values}")


def ratios(figures):
    """Title -> lowest, median, highest, reach, then; of rounds, in each of which both were taken."""
    found = {}
    for title, above, below, reach, then in RATIOS:
        if above not in figures.taken or below not in figures.taken:
            print(f"skipped: {title}: not measured here")
            continue
        each = [a / b for a, b in zip(figures.taken[above], figures.taken[below], strict=True)]
        found[title] = (min(each), statistics.median(each), max(each), reach, then)
    return found


def print_ratios(found):
    print(f"\n{'ratio':<40} {'lowest':>9} {'median':>9} {'highest':>9} {'reach':>7} {'then':>7}")
    for title, (lowest, median, highest, reach, then) in found.items():
        print(f"{title:<40} {lowest:9.3f} {median:9.3f} {highest:9.3f} {reach:>7} {then:>7}")


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main():
    build, folder, rounds, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"note: the load was {load:.1f} before; other programs disturb what follows")
    with tempfile.TemporaryDirectory() as place:
        scratch = pathlib.Path(place)
        figures = measure(build, find_peers(folder, scratch), rounds, scratch)
    print_figures(figures)
    found = ratios(figures)
    print_ratios(found)
    machine = {"processor": processor(), "cores": os.cpu_count(), "load_before": load}
    pathlib.Path(page).write_text(json.dumps(
        {"machine": machine, "rounds": rounds, "figures": figures.taken, "ratios": found}, indent=1) + "\n",
        encoding="utf-8")
    print(f"\n{processor()}, {os.cpu_count()} cores; all figures: {page}")


if __name__ == "__main__":
    main()
