"""Short visits for a while: what the server's memory does when people come and go.

Each visitor comes anew, opens every page in turn, draws a few digits, and leaves. Linux alone: it
asks /proc.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import resident_bytes
from benchmarks.school_class import Report
from benchmarks.visitors import DrawnDigit, draw_digit, open_page, run_apart, visitor
from mnistcore.reading.classifier import load_classifier
from tests.browser.server import running_process

PAGES = ("", "lesson", "convolution", "calculator", "training", "network")
DRAWINGS_A_VISIT = 3
NUM_DRAWINGS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, default=60, help="(%(default)s)")


def run(options: argparse.Namespace) -> None:
    report, visits = soak(60 * options.minutes)
    print(f"{visits:,} visits of {len(PAGES) + 1} pages and {DRAWINGS_A_VISIT} drawings each")
    print(f"  faults: {dict(report.faults) or 'none'}")
    for minute in range(int(options.minutes) + 1):
        at, used = min(report.memory, key=lambda look: abs(look[0] - 60 * minute))
        print(f"  memory after {at:5.0f} s: {used / 1e6:5.0f} MB")
    if (growth := report.growth()) is not None:
        print(f"  it grows by {growth / 1e6:.2f} MB a minute after the first two")


def soak(seconds: float) -> tuple[Report, int]:
    """Have visitors come and go, one after the other; return what they met with, and how many."""
    reader = load_classifier()
    drawings = [draw_digit(seed, reader) for seed in range(NUM_DRAWINGS)]
    report, visits = Report(), 0

    async def come_and_go(address: str, process: int) -> None:
        nonlocal visits
        begun = time.monotonic()
        while (at := time.monotonic() - begun) < seconds:
            report.memory.append((at, resident_bytes(process)))
            start = visits * DRAWINGS_A_VISIT % NUM_DRAWINGS
            try:
                await _visit(address, drawings[start : start + DRAWINGS_A_VISIT], report)
            except Exception as fault:  # whatever it is, it is counted
                report.faults[f"{type(fault).__name__}: {str(fault)[:80]}"] += 1
            visits += 1

    with TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        with running_process(log, MNISTCORE_RUNS=f"{folder}/runs") as (address, process):
            run_apart(come_and_go(address, process))
        report.faults["tracebacks on the server"] += log.read_text().count("Traceback")
    report.faults = +report.faults
    return report, visits


async def _visit(address: str, drawings: list[DrawnDigit], report: Report) -> None:
    for page in PAGES:
        await open_page(address, page)
    async with visitor(address) as one:
        for drawing in drawings:
            answer = await one.draw(drawing)
            report.faults["an answer to another drawing"] += not answer.is_own
