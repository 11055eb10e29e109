"""The command line: `python -m mnistcore COMMAND`, each with `--help`.

Exit codes: 0 done, 1 something the caller can put right (told in a sentence), 2 unknown arguments,
130 stopped before the end.
"""

import argparse
import sys
from importlib import import_module
from typing import NoReturn

from mnistcore.commands.interruption import INTERRUPTION
from mnistcore.errors import InvalidInputError

COMMANDS = {
    "train": "start a training run, or go on with one",
    "runs": "list the runs; stop, pause, rename, delete one",
    "standby": "wait, with everything loaded, for the run that a page starts next",
    "export": "write a run's network to a file",
    "train-lines": "teach the reader of lines of digits from the beginning",
    "keep-reading": "keep what a network reads in the test split beside its weights",
    "calibrate": "make a network's probabilities honest, and let it refuse non-digits",
    "known-digits": "keep what a network makes of MNIST, so that it can be taught at once",
    "evaluate": "accuracy of a checkpoint on a split",
    "predict": "tell what digit or number a picture shows",
    "analyse": "print every number of a network in PyTorch code",
    "verify": "ask torch for the calculator's numbers",
}


def run() -> NoReturn:
    """Run the command that this process was started for."""
    if sys.argv[1:2] == ["train"]:
        INTERRUPTION.listen()  # importing the rest takes a moment, in which no Ctrl-C shall be lost
    exit_code = main(sys.argv[1:])
    INTERRUPTION.ignore()
    sys.exit(exit_code)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    options = _parser(next(iter(arguments), "")).parse_args(arguments)
    try:
        exit_code: int = options.command(options)
    except InvalidInputError as error:
        print(f"mnistcore: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return exit_code


def _parser(command: str) -> argparse.ArgumentParser:
    """Return what reads the command line; only the command that was asked for is imported."""
    parser = argparse.ArgumentParser(
        prog="python -m mnistcore", description="Train, evaluate and ask networks on MNIST."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        own = commands.add_parser(name, help=summary)
        if name == command:
            import_module(f"mnistcore.commands.{name.replace('-', '_')}").add_arguments(own)
    return parser


if __name__ == "__main__":
    run()
