"""`python -m mnistcore standby`: wait, with everything loaded, for the run that is started next.

A page has it started, and `runs.standby` says how a run comes to it.
"""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from mnistcore.commands.interruption import INTERRUPTION
from mnistcore.commands.train import add_arguments as add_arguments_of_train
from mnistcore.commands.train import train
from mnistcore.commands.urgency import let_others_go_first
from mnistcore.files import open_file
from mnistcore.runs import standby

if TYPE_CHECKING:
    from mnistcore.runs.folder import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `standby` takes."""
    parser.set_defaults(command=stand_by)
    parser.add_argument("--parent", type=int, help="a process; when it is gone, this one leaves")


def stand_by(options: argparse.Namespace) -> int:
    """Wait for a run and carry it out; nothing is left to do where another process waits."""
    let_others_go_first()
    with standby.place() as is_mine:
        if not is_mine:
            return 0
        from mnistcore.worker.warming import warm_up  # imports torch, which takes seconds

        warm_up()
        run = standby.await_run(options.parent)
    if run is not None:
        _carry_out(run)
    return 0  # whatever has become of the run, which was stopped, perhaps: the next may stand by


def _carry_out(run: "Run") -> None:
    INTERRUPTION.listen()
    with open_file(run.log, "ab") as log:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            os.dup2(log.fileno(), stream.fileno())
    parser = argparse.ArgumentParser()
    add_arguments_of_train(parser)
    train(parser.parse_args(["--background", "--resume", run.name]))
