"""Kill runs at random moments, go on with them, and compare with a run that nobody disturbed.

The weights have to be equal bit by bit. Half of the kills fall into a run's start, the others
between two of its steps. After each the run has to be found again, whole, with no process left.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.status import is_locked, status

SETTINGS = ("--recipe", "article", "--seed", "3", "--threads", "1")
LONGEST_START, LONGEST_AFTER_A_STEP = 4.0, 2.5  # seconds
PATIENCE_SECONDS = 600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=50, help="kills (%(default)s)")
    parser.add_argument("--epochs", type=int, default=2, help="of each run (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")


def run(options: argparse.Namespace) -> None:
    chance = random.Random(options.seed)
    with TemporaryDirectory() as folder:
        os.environ["MNISTCORE_RUNS"] = folder
        epochs = ("--epochs", str(options.epochs))
        _await(_train("--run", "undisturbed", *SETTINGS, *epochs))
        expected = weights_of(all_runs.find_run("undisturbed"))
        kills, finished, faults = 0, 0, 0
        while kills < options.count:
            name = f"killed-{finished}"
            process = _train("--run", name, *SETTINGS, *epochs)
            while kills < options.count and _kill(process, Run(Path(folder) / name), chance):
                kills += 1
                faults += _tell_faults(name)
                process = _train(*_going_on(name, epochs))
            _await(process)
            finished += 1
            same = same_weights(weights_of(all_runs.find_run(name)), expected)
            faults += not same
            print(
                f"{name}: {kills} kills so far, weights {'equal' if same else 'DIFFER'}", flush=True
            )
        print(
            f"{kills} kills in {finished} runs of {options.epochs} epochs: {faults} faults. Runs "
            f"found: {sorted(each.name for each in all_runs.list_runs())}"
        )


def _train(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mnistcore", "train", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)


def _going_on(name: str, epochs: tuple[str, str]) -> tuple[str, ...]:
    """Return how to go on with a run; anew if it was killed before it had come to be."""
    if any(each.name == name for each in all_runs.list_runs()):
        return "--resume", name
    return "--run", name, *SETTINGS, *epochs


def _kill(process: subprocess.Popen[bytes], run: Run, chance: random.Random) -> bool:
    """Kill a process at a random moment; False if it had ended by itself."""
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, LONGEST_START))
    else:
        known = _lines(run)
        while process.poll() is None and _lines(run) == known:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, LONGEST_AFTER_A_STEP))
    if process.poll() is not None:
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True


def _lines(run: Run) -> int:
    return run.metrics.stat().st_size if run.metrics.exists() else 0


def _tell_faults(name: str) -> int:
    """Return how much is wrong with a run that was killed, and print it."""
    found = [each for each in all_runs.list_runs() if each.name == name]
    if not found:  # killed before it had a folder
        return 0
    [killed] = found
    told = [killed.fault] if killed.fault else []
    if is_locked(killed.lock):
        told.append("a process is left")
    if status(killed) not in ("interrupted", "starting"):
        told.append(f"it is {status(killed)}")
    for fault in told:
        print(f"{name}: {fault}", flush=True)
    return len(told)


def _await(process: subprocess.Popen[bytes]) -> None:
    if process.wait(PATIENCE_SECONDS) != 0:
        raise RuntimeError(f"The run ended with {process.returncode}.")


def weights_of(run: Run) -> dict[str, torch.Tensor]:
    """Return the weights of a run's last checkpoint."""
    weights: dict[str, torch.Tensor] = torch.load(run.checkpoint, weights_only=True)["model"]
    return weights


def same_weights(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    """Tell whether weights are equal bit by bit."""
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)
