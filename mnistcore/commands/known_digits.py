"""`python -m mnistcore known-digits`: what a network makes of MNIST, kept in a file."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `known-digits` takes."""
    parser.set_defaults(command=keep)
    parser.add_argument("file", metavar="FILE", type=Path, help="a checkpoint")


def keep(options: argparse.Namespace) -> int:
    """Look at MNIST through a checkpoint's network, and keep what `teaching` asks for."""
    from mnistcore.correcting.known_digits import SUFFIX, keep_known_digits
    from mnistcore.files import check_can_be_written
    from mnistcore.reading.classifier import load_classifier

    classifier = load_classifier(options.file)
    path = options.file.with_name(options.file.stem + SUFFIX)
    check_can_be_written(path)
    keep_known_digits(path, classifier)
    print(f"{path}: {path.stat().st_size:,} bytes")
    return 0
