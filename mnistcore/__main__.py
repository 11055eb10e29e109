"""The command line: `python -m mnistcore COMMAND`, each with `--help`.

Commands: train, export, calibrate, evaluate, predict, verify.

Exit codes: 0 done, 1 something the caller can put right (told in a sentence), 2 unknown arguments,
130 stopped before the end.
"""

import argparse
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

from mnistcore import runs, verify_command
from mnistcore.errors import InvalidInputError
from mnistcore.recipes import RECIPES, Recipe

STEPS_BETWEEN_LINES = 50
STOPPED = 130  # as a shell has it for Ctrl-C


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        exit_code: int = options.command(options)
    except InvalidInputError as error:
        print(f"mnistcore: {error}", file=sys.stderr)
        return 1
    return exit_code


def train(options: argparse.Namespace) -> int:
    """Start a run or go on with one, printing step, loss and accuracy."""
    if options.resume:
        run = runs.find_run(options.resume)
        if runs.status(run) == "finished":
            print(f"The run {run.name} has finished already; there is nothing to go on with.")
            return 0
    else:
        recipe = _recipe(options)
        name = options.run or runs.suggest_name(f"{options.network}-{options.recipe}")
        run = runs.create_run(
            name, network=options.network, recipe=recipe, num_threads=options.threads
        )
    print(f"Run {run.name}, kept in {run.folder}", flush=True)

    from mnistcore.run_training import carry_out  # imports torch, which takes seconds
    from mnistcore.training import EpochEnd

    _stop_on_signals(run)
    for event in carry_out(run):
        if isinstance(event, EpochEnd):
            print(
                f"epoch {event.epoch:3d}  validation: loss {event.valid_loss:.4f}, accuracy "
                f"{event.valid_accuracy:.2%}  ({event.images_per_second:,.0f} images/s)",
                flush=True,
            )
        elif event.step % STEPS_BETWEEN_LINES == 0:
            print(
                f"step {event.step:6d}  loss {event.loss:.4f}, accuracy {event.accuracy:.1%}",
                flush=True,
            )
    status = runs.status(run)
    print(f"Run {run.name} {status}; its checkpoint is {run.checkpoint}")
    if status == "stopped":
        print(f"To go on: python -m mnistcore train --resume {run.name}")
    return 0 if status == "finished" else STOPPED


def export(options: argparse.Namespace) -> int:
    """Write a run's network without what only training needs."""
    from mnistcore.checkpoint import load_checkpoint, save_checkpoint

    run = runs.find_run(options.run)
    save_checkpoint(options.file, replace(load_checkpoint(run.checkpoint), training=None))
    print(f"{options.file}: {options.file.stat().st_size:,} bytes")
    return 0


def calibrate(options: argparse.Namespace) -> int:
    """Fit a checkpoint's temperature and threshold on the validation splits."""
    from mnistcore.calibration import fit
    from mnistcore.checkpoint import load_checkpoint, save_checkpoint
    from mnistcore.drawing_data import load_split_with_drawings
    from mnistcore.prediction import load_classifier

    split = load_split_with_drawings("valid")
    fitted = fit(load_classifier(options.file).logits(split.images.numpy()), split.labels)
    save_checkpoint(options.file, replace(load_checkpoint(options.file), **fitted._asdict()))
    print(f"{options.file}: temperature {fitted.temperature:.3f}, threshold {fitted.threshold}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print a checkpoint's accuracy on one split, with its 95 % interval."""
    from mnistcore.data import load_split
    from mnistcore.evaluation import accuracy_interval
    from mnistcore.evaluation import evaluate as evaluate_split
    from mnistcore.prediction import SHIPPED_CHECKPOINT, load_classifier

    classifier = load_classifier(options.checkpoint)
    split = load_split(options.split)
    result = evaluate_split(
        classifier.model, split, mean=classifier.mean, std=classifier.std
    ).among_digits()
    low, high = accuracy_interval(result.num_correct, len(split))
    print(
        f"{options.checkpoint or SHIPPED_CHECKPOINT.name}: {result.accuracy:.2%} of the "
        f"{len(split):,} {split.name} images (95 % interval {low:.2%} to {high:.2%}), "
        f"loss {result.loss:.4f}"
    )
    return 0


def predict(options: argparse.Namespace) -> int:
    """Print what digit each picture shows, and how probable the network finds it."""
    from mnistcore.picture_files import read_picture
    from mnistcore.prediction import load_classifier, read_drawing

    classifier = load_classifier(options.checkpoint)
    exit_code = 0
    for path in options.pictures:
        try:
            verdict = read_drawing(classifier, read_picture(path))
        except InvalidInputError as error:
            print(f"{path}: {error}", file=sys.stderr)
            exit_code = 1
            continue
        if verdict.digit is None:
            print(f"{path}: blank")
        else:
            doubt = "" if verdict.looks_like_a_digit else ", but it does not look like a digit"
            print(f"{path}: {verdict.digit} ({verdict.probabilities.max():.1%}){doubt}")
    return exit_code


def _stop_on_signals(run: runs.Run) -> None:
    """Let Ctrl-C and `kill` stop the run at its next step, keeping all; a second one, at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        runs.request_stop(run)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)


def _recipe(options: argparse.Namespace) -> Recipe:
    given = {
        name: getattr(options, name)
        for name in ("epochs", "batch_size", "learning_rate", "schedule", "augmentation", "seed")
        if getattr(options, name) is not None
    }
    return replace(RECIPES[options.recipe], **given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mnistcore", description="Train, evaluate and ask networks on MNIST."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_train(commands.add_parser("train", help="start a training run, or go on with one"))

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

    predict_parser = commands.add_parser("predict", help="tell what digit a picture shows")
    predict_parser.set_defaults(command=predict)
    predict_parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    for command in (evaluate_parser, predict_parser):
        command.add_argument(
            "--checkpoint", type=Path, help="a checkpoint or a plain state_dict (the shipped one)"
        )
    verify_command.add_arguments(
        commands.add_parser("verify", help="ask torch for the calculator's numbers")
    )
    return parser


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=train)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--run", metavar="NAME", help="name of the new run (made up if not given)")
    which.add_argument("--resume", metavar="NAME", help="go on with this run from its checkpoint")
    parser.add_argument("--network", choices=["mynet", "drawing-net"], default="mynet")
    parser.add_argument("--recipe", choices=list(RECIPES), default="default")
    parser.add_argument(
        "--threads", type=int, default=runs.default_num_threads(), help="of the CPU (%(default)s)"
    )
    own = parser.add_argument_group("instead of the recipe's own")
    own.add_argument("--epochs", type=int)
    own.add_argument("--batch-size", type=int)
    own.add_argument("--learning-rate", type=float)
    own.add_argument("--schedule", choices=["constant", "one-cycle"])
    own.add_argument("--augmentation", type=float, help="0 (none) to 1")
    own.add_argument("--seed", type=int)


if __name__ == "__main__":
    sys.exit(main())
