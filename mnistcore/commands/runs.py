"""`python -m mnistcore runs`: all runs in a table, and what can be asked of one.

Imports no torch: it answers at once.
"""

import argparse

from mnistcore.models.catalogue import network_title
from mnistcore.runs import all_runs
from mnistcore.runs.comparison import differences
from mnistcore.runs.control import (
    request_learning_rate,
    request_pause,
    request_stop,
    request_unpause,
)
from mnistcore.runs.folder import Run, runs_folder
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.queue import runs_before
from mnistcore.runs.status import outcome_message, status

COLUMNS = "{:<24} {:<12} {:<18} {:>15} {:>11}  {}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `runs` takes."""
    parser.set_defaults(command=list_all)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, command, summary in (
        ("stop", stop, "end a run at its next step; everything is kept"),
        ("pause", pause, "let a run wait, and others train meanwhile"),
        ("unpause", unpause, "let a paused run go on, behind those that wait in line"),
        ("learning-rate", change_learning_rate, "train on with another learning rate"),
        ("rename", rename, "give a run another name"),
        ("delete", delete, "remove a run with all that it holds"),
        ("compare", compare, "show the settings in which runs differ"),
    ):
        own = commands.add_parser(name, help=summary, description=summary)
        own.set_defaults(command=command)
        own.add_argument("run", metavar="RUN", nargs="+" if name == "compare" else None)
        if name == "learning-rate":
            own.add_argument("learning_rate", type=float, metavar="RATE")
        if name == "rename":
            own.add_argument("name", metavar="NAME")


def list_all(options: argparse.Namespace) -> int:
    """Print every run, the newest first."""
    known = all_runs.list_runs()
    if not known:
        print(f"No runs yet in {runs_folder()}. Begin one: python -m mnistcore train")
        return 0
    print(COLUMNS.format("run", "status", "network", "step", "validation", ""))
    for run in known:
        print(describe(run).rstrip())
    return 0


def describe(run: Run) -> str:
    """Return a run's line in the table."""
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    steps = "–"
    if metrics.begin is not None:
        steps = f"{0 if metrics.step is None else metrics.step.step:,}/{metrics.num_steps:,}"
    accuracy = f"{metrics.epochs[-1].valid_accuracy:.2%}" if metrics.epochs else "–"
    before = [other.name for other in runs_before(run)]
    remark = f"behind {', '.join(before)}" if before else outcome_message(run)
    network = "–" if run.fault else network_title(run.config.network)
    return COLUMNS.format(run.name, status(run), network, steps, accuracy, remark)


def stop(options: argparse.Namespace) -> int:
    """Ask a run to stop."""
    request_stop(all_runs.find_run(options.run))
    return 0


def pause(options: argparse.Namespace) -> int:
    """Ask a run to wait."""
    request_pause(all_runs.find_run(options.run))
    return 0


def unpause(options: argparse.Namespace) -> int:
    """Ask a paused run to go on."""
    request_unpause(all_runs.find_run(options.run))
    return 0


def change_learning_rate(options: argparse.Namespace) -> int:
    """Ask a run to train on with another learning rate."""
    request_learning_rate(all_runs.find_run(options.run), options.learning_rate)
    return 0


def rename(options: argparse.Namespace) -> int:
    """Give a run another name."""
    all_runs.rename_run(all_runs.find_run(options.run), options.name)
    return 0


def delete(options: argparse.Namespace) -> int:
    """Remove a run."""
    all_runs.delete_run(all_runs.find_run(options.run))
    return 0


def compare(options: argparse.Namespace) -> int:
    """Print the settings in which runs differ."""
    compared = [all_runs.find_run(name) for name in options.run]
    table = {"": [run.name for run in compared], **differences(compared)}
    for name, values in table.items():
        print(f"{name:<18}", *(f"{value!s:<24}" for value in values))
    return 0
