"""The command line: `python -m mnistcore COMMAND`, each with `--help`.

Commands: train, runs, export, calibrate, evaluate, predict, verify.

Exit codes: 0 done, 1 something the caller can put right (told in a sentence), 2 unknown arguments,
130 stopped before the end.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mnistcore.commands import runs, train, verify
from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs

if TYPE_CHECKING:
    from mnistcore.reading.number import NumberReading


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        exit_code: int = options.command(options)
    except InvalidInputError as error:
        print(f"mnistcore: {error}", file=sys.stderr)
        return 1
    return exit_code


def export(options: argparse.Namespace) -> int:
    """Write a run's network without what only training needs."""
    from mnistcore.models.checkpoint import load_checkpoint, save_checkpoint

    run = all_runs.find_run(options.run)
    save_checkpoint(options.file, replace(load_checkpoint(run.checkpoint), training=None))
    print(f"{options.file}: {options.file.stat().st_size:,} bytes")
    return 0


def calibrate(options: argparse.Namespace) -> int:
    """Fit a checkpoint's temperature and threshold on the validation splits."""
    from mnistcore.handwriting.splits import load_split_with_drawings
    from mnistcore.models.checkpoint import load_checkpoint, save_checkpoint
    from mnistcore.reading.calibration import fit
    from mnistcore.reading.classifier import load_classifier

    split = load_split_with_drawings("valid")
    fitted = fit(load_classifier(options.file).logits(split.images.numpy()), split.labels)
    save_checkpoint(options.file, replace(load_checkpoint(options.file), **fitted._asdict()))
    print(f"{options.file}: temperature {fitted.temperature:.3f}, threshold {fitted.threshold}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print a checkpoint's accuracy on one split, with its 95 % interval."""
    from mnistcore.mnist.splits import load_split
    from mnistcore.models.evaluation import accuracy_interval
    from mnistcore.models.evaluation import evaluate as evaluate_split
    from mnistcore.models.glances import FiveGlances
    from mnistcore.reading.classifier import SHIPPED_CHECKPOINT, load_classifier

    classifier = load_classifier(options.checkpoint)
    split = load_split(options.split)
    model = FiveGlances(classifier.model) if options.glances else classifier.model
    result = evaluate_split(model, split, mean=classifier.mean, std=classifier.std).among_digits()
    low, high = accuracy_interval(result.num_correct, len(split))
    glances = ", five glances at each" if options.glances else ""
    print(
        f"{options.checkpoint or SHIPPED_CHECKPOINT.name}: {result.accuracy:.2%} of the "
        f"{len(split):,} {split.name} images{glances} (95 % interval {low:.2%} to {high:.2%}), "
        f"loss {result.loss:.4f}"
    )
    return 0


def predict(options: argparse.Namespace) -> int:
    """Print what digit or number each picture shows, and how probable the network finds it."""
    from mnistcore.drawings.photo import clean_photo
    from mnistcore.drawings.picture_files import read_picture
    from mnistcore.reading.classifier import load_classifier
    from mnistcore.reading.number import read_number

    classifier = load_classifier(options.checkpoint)
    exit_code = 0
    for path in options.pictures:
        try:
            drawing = clean_photo(read_picture(path)).drawing
            print(f"{path}: {_spoken(read_number(classifier, drawing))}")
        except InvalidInputError as error:
            print(f"{path}: {error}", file=sys.stderr)
            exit_code = 1
    return exit_code


def _spoken(reading: "NumberReading") -> str:
    if not reading.digits:
        return "blank"
    verdicts = [digit.verdict for digit in reading.digits]
    if len(verdicts) > 1:
        shares = ", ".join(f"{verdict.probabilities.max():.1%}" for verdict in verdicts)
        doubt = ", of which ? does not look like a digit" if "?" in reading.text else ""
        return f"{reading.text} ({shares}){doubt}"
    [verdict] = verdicts
    doubt = "" if verdict.looks_like_a_digit else ", but it does not look like a digit"
    return f"{verdict.digit} ({verdict.probabilities.max():.1%}){doubt}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mnistcore", description="Train, evaluate and ask networks on MNIST."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    train.add_arguments(
        commands.add_parser("train", help="start a training run, or go on with one")
    )
    runs.add_arguments(
        commands.add_parser("runs", help="list the runs; stop, pause, rename, delete one")
    )

    export_parser = commands.add_parser("export", help="write a run's network to a file")
    export_parser.set_defaults(command=export)
    export_parser.add_argument("run", metavar="RUN")
    export_parser.add_argument("file", metavar="FILE", type=Path)

    calibrate_parser = commands.add_parser(
        "calibrate", help="make a network's probabilities honest, and let it refuse non-digits"
    )
    calibrate_parser.set_defaults(command=calibrate)
    calibrate_parser.add_argument("file", metavar="FILE", type=Path)

    evaluate_parser = commands.add_parser("evaluate", help="accuracy of a checkpoint on a split")
    evaluate_parser.set_defaults(command=evaluate)
    evaluate_parser.add_argument("--split", choices=["train", "valid", "test"], default="test")
    evaluate_parser.add_argument(
        "--glances",
        action="store_true",
        help="answer by the mean of five looks: the image, and it moved by a pixel each way",
    )

    predict_parser = commands.add_parser(
        "predict", help="tell what digit or number a picture shows"
    )
    predict_parser.set_defaults(command=predict)
    predict_parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    for command in (evaluate_parser, predict_parser):
        command.add_argument(
            "--checkpoint", type=Path, help="a checkpoint or a plain state_dict (the shipped one)"
        )
    verify.add_arguments(
        commands.add_parser("verify", help="ask torch for the calculator's numbers")
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
