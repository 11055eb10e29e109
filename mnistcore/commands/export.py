"""`python -m mnistcore export`: a run's network in a file, without what only training needs."""

import argparse
from dataclasses import replace
from pathlib import Path

from mnistcore.runs import all_runs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `export` takes."""
    parser.set_defaults(command=export)
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("file", metavar="FILE", type=Path)


def export(options: argparse.Namespace) -> int:
    """Write a run's network without what only training needs."""
    from mnistcore.models.checkpoint import load_checkpoint, save_checkpoint

    run = all_runs.find_run(options.run)
    save_checkpoint(options.file, replace(load_checkpoint(run.checkpoint), training=None))
    print(f"{options.file}: {options.file.stat().st_size:,} bytes")
    return 0
