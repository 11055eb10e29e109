"""`python -m mnistcore predict`: what digits and numbers pictures show, in print."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mnistcore.commands.evaluate import add_checkpoint
from mnistcore.errors import InvalidInputError

if TYPE_CHECKING:
    from mnistcore.reading.number_reading import NumberReading
    from mnistcore.reading.photo import PhotoReading

SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `predict` takes."""
    parser.set_defaults(command=predict)
    parser.add_argument(
        "pictures", nargs="+", type=Path, metavar="PICTURE", help="a file, or a folder of them"
    )
    parser.add_argument(
        "--json", action="store_true", help="an object a line, with boxes and probabilities"
    )
    add_checkpoint(parser)


def predict(options: argparse.Namespace) -> int:
    """Print what each picture shows, line by line, and how probable the networks find it."""
    from mnistcore.reading.classifier import load_classifier
    from mnistcore.reading.photo import read_photo

    classifier = load_classifier(options.checkpoint)
    exit_code = 0
    paths = list(_files(options.pictures))
    shows_progress = len(paths) > 1 and sys.stderr.isatty()
    for number, path in enumerate(paths, start=1):
        if shows_progress:
            print(f"\r{number} of {len(paths)}", end="\r", file=sys.stderr, flush=True)
        try:
            if path.is_dir():
                raise InvalidInputError("there is no picture in this folder. Check the path.")
            reading = read_photo(path, classifier)
        except InvalidInputError as error:
            print(f"{path}: {error}", file=sys.stderr)
            exit_code = 1
            continue
        print(as_json(path, reading) if options.json else as_text(path, reading), flush=True)
    return exit_code


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    """Return the paths, a folder replaced by the pictures in it if there are any."""
    for path in paths:
        inside = path.iterdir() if path.is_dir() else ()
        yield from sorted(file for file in inside if file.suffix.lower() in SUFFIXES) or [path]


def as_text(path: Path, reading: "PhotoReading") -> str:
    """Return what a picture shows in words, a line of text for each line."""
    if len(reading.lines) == 1:
        return f"{path}: {_spoken(reading.lines[0])}"
    return "\n".join(
        f"{path}, line {number}: {_spoken(line)}"
        for number, line in enumerate(reading.lines, start=1)
    )


def as_json(path: Path, reading: "PhotoReading") -> str:
    """Return what a picture shows as one JSON object; boxes are left, top, right, bottom."""
    lines = [
        {
            "text": line.text,
            "digits": [
                {
                    "text": digit.text,
                    "box": list(digit.box),
                    "probabilities": [
                        round(float(share), 5) for share in digit.verdict.probabilities
                    ],
                }
                for digit in line.digits
            ],
            "left_out": [list(mark) for mark in line.left_out],
        }
        for line in reading.lines
    ]
    return json.dumps({"picture": str(path), "lines": lines}, ensure_ascii=False)


def _left_out(count: int) -> str:
    if not count:
        return ""
    return f"; left out, as no digit{'' if count == 1 else 's'}: {count} mark{'s' * (count != 1)}"


def _spoken(reading: "NumberReading") -> str:
    from mnistcore.reading.photo import spelled

    if not reading.digits:
        return "blank"
    verdicts = [digit.verdict for digit in reading.digits]
    if len(verdicts) > 1:
        sure = ", ".join(f"{verdict.probabilities.max():.1%}" for verdict in verdicts)
        doubt = ", of which ? does not look like a digit" if "?" in reading.text else ""
        return f"{spelled(reading)} ({sure}){doubt}{_left_out(len(reading.left_out))}"
    [verdict] = verdicts
    doubt = "" if verdict.looks_like_a_digit else ", but it does not look like a digit"
    return f"{verdict.digit} ({verdict.probabilities.max():.1%}){doubt}"
