"""Measures whole runs and their peers in turns and prints the ratios: called by scripts/benchmark.

Usage: benchmark_ratios.py BENCHMARKS PEERS ROUNDS. Each figure is the median of as many rounds, and
its spread, highest over lowest, is printed beside it: a ratio means no more than that allows."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

SHOPPERS = "1000000"  # what configs/b1.toml has
RUNS = ("play_plan/b1/threads:1", "play_plan/b1/threads:2",
        "play_plan/three_to_one/threads:1", "play_plan/three_to_one/threads:2",
        "play_plan/starter/threads:1", "play_crowd/million:20", "play_crowd/million:2000")


def measure_runs(program):
    """One round of all whole runs: name -> counters."""
    done = subprocess.run(
        [program, "--benchmark_filter=^play_", "--benchmark_format=json"],
        stdout=subprocess.PIPE, text=True, check=True)
    rows = json.loads(done.stdout)["benchmarks"]
    return {row["name"].removesuffix("/real_time"): row for row in rows}


def measure_peer(command):
    """Median seconds of a peer's replications; the last column of what it prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return statistics.median(float(line.split()[-1]) for line in done.stdout.splitlines())


def find_peers(folder, scratch):
    """Name -> command of each peer that is there; programs in C++ are compiled first."""
    commands = {}
    if (folder / "np_smart.py").exists():
        commands["np_smart.py"] = [sys.executable, folder / "np_smart.py", "5", SHOPPERS]
    if (folder / "naive.cpp").exists():
        subprocess.run(["g++", "-O3", "-std=c++17", folder / "naive.cpp", "-o", scratch / "naive"],
                       check=True)
        commands["naive.cpp"] = [scratch / "naive", "1", SHOPPERS, "0", "1"]
    return commands


class Figures:
    """Every figure of every round, by name."""

    def __init__(self):
        self.taken = {}

    def add(self, name, value):
        self.taken.setdefault(name, []).append(value)

    def median(self, name):
        return statistics.median(self.taken[name])

    def spread(self, name):
        return max(self.taken[name]) / min(self.taken[name])


def measure(program, peers, rounds):
    figures = Figures()
    for _ in range(rounds):
        for name, command in peers.items():
            figures.add(name, measure_peer(command))
        for name, row in measure_runs(program).items():
            figures.add(name, row["seconds_each"])
            figures.add(name + " ns", row["ns_per_event"])
    return figures


def print_figures(figures, names):
    print(f"{'one replication':<36} {'ms':>9} {'spread':>7} {'ns per event':>13}")
    for name in names:
        events = f"{figures.median(name + ' ns'):13.1f}" if name + " ns" in figures.taken else ""
        print(f"{name:<36} {1e3 * figures.median(name):9.2f} {figures.spread(name):7.2f} {events}")


def print_ratios(figures, peers, folder):
    one, two = "threads:1", "threads:2"
    ratios = [(f"{peer} / B1 on one core", peer, "play_plan/b1/" + one) for peer in peers]
    if (os.cpu_count() or 1) >= 2:
        ratios += [(f"1 thread / 2 threads, {plan}", f"play_plan/{plan}/{one}",
                    f"play_plan/{plan}/{two}") for plan in ("b1", "three_to_one")]
    else:
        print("skipped: 1 against 2 threads, since this machine has one core")
    ratios.append(("100 x the audience, the same events", RUNS[-1], RUNS[-2]))
    if "np_smart.py" not in peers:
        print(f"skipped: B1 against NumPy, since there is no {folder}/np_smart.py")
    print(f"\n{'ratio':<44} {'':>8}")
    for title, above, below in ratios:
        print(f"{title:<44} {figures.median(above) / figures.median(below):8.3f}")


def main():
    program, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"note: the load was {load:.1f} before; other programs disturb what follows")
    with tempfile.TemporaryDirectory() as scratch:
        peers = find_peers(folder, pathlib.Path(scratch))
        figures = measure(program, peers, rounds)
    print_figures(figures, [*peers, *RUNS])
    print_ratios(figures, peers, folder)


if __name__ == "__main__":
    main()
