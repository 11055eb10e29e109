"""`import mnistcore` in a new process each time, by Python's own clock of imports."""

import argparse
import subprocess
import sys
from statistics import median


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=20, help="processes (%(default)s)")


def run(options: argparse.Namespace) -> None:
    times_ms = [_import_ms() for _ in range(options.rounds)]
    print(
        f"import mnistcore: {median(times_ms):.1f} ms in the median of {options.rounds} processes "
        f"({min(times_ms):.1f} to {max(times_ms):.1f})"
    )


def _import_ms() -> float:
    call = [sys.executable, "-X", "importtime", "-c", "import mnistcore"]
    report = subprocess.run(call, capture_output=True, text=True, check=True).stderr
    # import time: self [us] | cumulative | imported package
    (line,) = (line for line in report.splitlines() if line.split("|")[-1].strip() == "mnistcore")
    return int(line.split("|")[1]) / 1000
