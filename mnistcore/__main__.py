"""The command line: `python -m mnistcore COMMAND`, each with `--help`.

Exit codes: 0 done, 1 something the caller can put right (told in a sentence), 2 unknown arguments,
130 stopped before the end.
"""

import argparse
import sys

from mnistcore.commands import calibrate, evaluate, export, predict, runs, train, verify
from mnistcore.errors import InvalidInputError

COMMANDS = {
    "train": (train, "start a training run, or go on with one"),
    "runs": (runs, "list the runs; stop, pause, rename, delete one"),
    "export": (export, "write a run's network to a file"),
    "calibrate": (
        calibrate,
        "make a network's probabilities honest, and let it refuse non-digits",
    ),
    "evaluate": (evaluate, "accuracy of a checkpoint on a split"),
    "predict": (predict, "tell what digit or number a picture shows"),
    "verify": (verify, "ask torch for the calculator's numbers"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        exit_code: int = options.command(options)
    except InvalidInputError as error:
        print(f"mnistcore: {error}", file=sys.stderr)
        return 1
    return exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mnistcore", description="Train, evaluate and ask networks on MNIST."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        module.add_arguments(commands.add_parser(name, help=summary))
    return parser


if __name__ == "__main__":
    sys.exit(main())
