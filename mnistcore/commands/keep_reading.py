"""`python -m mnistcore keep-reading`: the test split as a network reads it, beside its weights."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `keep-reading` takes."""
    parser.set_defaults(command=keep)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")


def keep(options: argparse.Namespace) -> int:
    """Have each checkpoint read the test split, and keep what it reads."""
    from mnistcore.files import check_can_be_written
    from mnistcore.mnist.splits import load_split
    from mnistcore.reading.classifier import load_classifier
    from mnistcore.reading.kept_reading import keep_reading, reading_file

    split = load_split("test")
    for file in options.files:
        classifier = load_classifier(file)
        check_can_be_written(reading_file(file))
        probabilities = classifier.predict(split.images.numpy())
        keep_reading(file, probabilities)
        right = int((probabilities.argmax(axis=1) == split.labels.numpy()).sum())
        print(f"{reading_file(file)}: {right:,} of {len(split):,} test images read right")
    return 0
