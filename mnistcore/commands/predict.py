"""`python -m mnistcore predict`: what digit or number pictures show, in print."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mnistcore.commands.evaluate import add_checkpoint
from mnistcore.errors import InvalidInputError

if TYPE_CHECKING:
    from mnistcore.reading.number import NumberReading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `predict` takes."""
    parser.set_defaults(command=predict)
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    add_checkpoint(parser)


def predict(options: argparse.Namespace) -> int:
    """Print what digit or number each picture shows, and how probable the network finds it."""
    from mnistcore.reading.classifier import load_classifier
    from mnistcore.reading.photo import read_photo

    classifier = load_classifier(options.checkpoint)
    exit_code = 0
    for path in options.pictures:
        try:
            for line in read_photo(path, classifier).lines:
                print(f"{path}: {_spoken(line)}")
        except InvalidInputError as error:
            print(f"{path}: {error}", file=sys.stderr)
            exit_code = 1
    return exit_code


def _spoken(reading: "NumberReading") -> str:
    if not reading.digits:
        return "blank"
    verdicts = [digit.verdict for digit in reading.digits]
    if len(verdicts) > 1:
        sure = ", ".join(f"{verdict.probabilities.max():.1%}" for verdict in verdicts)
        doubt = ", of which ? does not look like a digit" if "?" in reading.text else ""
        return f"{reading.text} ({sure}){doubt}"
    [verdict] = verdicts
    doubt = "" if verdict.looks_like_a_digit else ", but it does not look like a digit"
    return f"{verdict.digit} ({verdict.probabilities.max():.1%}){doubt}"
