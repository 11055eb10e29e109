"""Kill the server at random moments while runs train that it has started.

Each run goes on without it, to the weights of a run that nobody disturbed; the next server finds
every run; no process and no half file is left. Linux alone: it asks /proc.
"""

import argparse
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.kills import same_weights, weights_of
from benchmarks.visitors import open_page, run_apart
from mnistcore.runs import all_runs, standby
from mnistcore.runs.folder import Run
from mnistcore.runs.status import ACTIVE, status
from mnistcore.training.recipes import RECIPES
from tests.browser.server import running_process
from tests.damaged_runs import own_runs
from tests.waiting import wait_until

LONGEST_LIFE = 6.0  # seconds of a server, after its page stands
LEAVING_SECONDS = 60.0  # in which a process that stood by is gone


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=20, help="kills (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")


def run(options: argparse.Namespace) -> None:
    runs, faults = kill_servers(options.count, options.seed)
    for fault in faults:
        print(f"  {fault}")
    print(f"{options.count} kills of the server beside {runs} runs: {len(faults)} faults")
    if faults:
        sys.exit(1)


def kill_servers(count: int, seed: int) -> tuple[int, list[str]]:
    """Kill so many servers; return how many runs they started, and what went wrong."""
    chance, faults = random.Random(seed), list[str]()
    with own_runs() as folder, patch.dict(os.environ, MNISTCORE_RUN_NICENESS="0"):
        for _ in range(count):
            faults += _serve_and_kill(folder, chance)
        runs = all_runs.list_runs()
        wait_until(lambda: not any(status(each) in ACTIVE for each in runs))
        all_runs.start(_new_run("undisturbed"))
        undisturbed = all_runs.find_run("undisturbed")
        wait_until(lambda: status(undisturbed) not in ACTIVE)
        expected = weights_of(undisturbed)
        for each in runs:
            if status(each) != "finished":
                faults.append(f"{each.name} is {status(each)}")
            elif not same_weights(weights_of(each), expected):
                faults.append(f"{each.name} has other weights")
        halves = [path for path in folder.rglob(".*.*") if path.suffix[1:].isdecimal()]
        faults += [f"half a file: {path.name}" for path in halves]
        deadline = time.monotonic() + LEAVING_SECONDS
        while (left := processes_of(folder)) and time.monotonic() < deadline:
            time.sleep(0.1)
        faults += [f"a process is left: {name}" for name in left]
    return len(runs), faults


def _serve_and_kill(folder: Path, chance: random.Random) -> list[str]:
    """Start a server, have it start a run where none trains, and kill it; return the faults."""
    faults, known = [], all_runs.list_runs()
    seconds = {standby.SECONDS: "600"}
    with running_process(folder / "log.txt", **seconds) as (address, process):
        for one in known[-1:]:
            run_apart(open_page(address, "training", f"run={one.name}"))
        run_apart(open_page(address, "training"))  # has a process stand by
        if not any(status(each) in ACTIVE for each in known):
            if chance.random() < 0.7:
                wait_until(standby.is_ready)
            all_runs.start(_new_run(f"run-{len(known)}"))
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(process, signal.SIGKILL)
    found = {each.name: each.fault for each in all_runs.list_runs()}
    faults += [f"{each.name} is not found" for each in known if each.name not in found]
    faults += [f"{name}: {fault}" for name, fault in found.items() if fault]
    deadline = time.monotonic() + LEAVING_SECONDS
    while (left := _standing_by(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return [*faults, *(f"stands by for nobody: {name}" for name in left)]


def _new_run(name: str) -> Run:
    recipe = replace(RECIPES["article"], epochs=1)
    return all_runs.create_run(name, network="mynet", recipe=recipe, num_threads=1)


def _standing_by(folder: Path) -> list[str]:
    """Return the processes that stand by, and have no run."""
    if any(status(each) in ACTIVE for each in all_runs.list_runs()):
        return []  # who stood by may be the one that trains
    return [name for name in processes_of(folder) if "standby" in name]


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of this library's processes whose runs lie in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text().replace("\0", " ")
            environment = (process / "environ").read_text()
        except OSError:  # it has ended, or is somebody else's
            continue
        if "mnistcore" in command and f"MNISTCORE_RUNS={folder}/" in environment:
            found.append(f"{process.name}: {command}")
    return [name for name in found if not name.startswith(f"{os.getpid()}:")]
