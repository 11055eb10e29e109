"""`python -m mnistcore evaluate`: a checkpoint's accuracy on one split, in print."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `evaluate` takes."""
    parser.set_defaults(command=evaluate)
    parser.add_argument("--split", choices=["train", "valid", "test"], default="test")
    parser.add_argument(
        *("--tta", "--glances"),  # the second is what it was called first
        action="store_true",
        help="test-time augmentation: the mean of five answers, to the image and to it moved by a "
        "pixel each way",
    )
    add_checkpoint(parser)


def add_checkpoint(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a network, for every command that asks one."""
    parser.add_argument(
        "--checkpoint", type=Path, help="a checkpoint or a plain state_dict (the shipped one)"
    )


def evaluate(options: argparse.Namespace) -> int:
    """Print a checkpoint's accuracy on one split, with its 95 % interval."""
    from mnistcore.mnist.splits import load_split
    from mnistcore.models.evaluation import evaluate as evaluate_split
    from mnistcore.models.interval import accuracy_interval
    from mnistcore.models.tta import SHIFTS, ShiftAverage
    from mnistcore.reading.classifier import SHIPPED_CHECKPOINT, load_classifier

    classifier = load_classifier(options.checkpoint)
    split = load_split(options.split)
    model = ShiftAverage(classifier.model) if options.tta else classifier.model
    num_images = 1000 // len(SHIFTS) if options.tta else 1000
    result = evaluate_split(
        model, split, mean=classifier.mean, std=classifier.std, batch_size=num_images
    ).among_digits()
    low, high = accuracy_interval(result.num_correct, len(split))
    augmented = ", each moved five ways" if options.tta else ""
    print(
        f"{options.checkpoint or SHIPPED_CHECKPOINT.name}: {result.accuracy:.2%} of the "
        f"{len(split):,} {split.name} images{augmented} (95 % interval {low:.2%} to {high:.2%}), "
        f"loss {result.loss:.4f}"
    )
    return 0
