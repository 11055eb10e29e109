"""`python -m mnistcore calibrate`: a checkpoint's probabilities made honest, in its file."""

import argparse
from dataclasses import replace
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `calibrate` takes."""
    parser.set_defaults(command=calibrate)
    parser.add_argument("file", metavar="FILE", type=Path)


def calibrate(options: argparse.Namespace) -> int:
    """Fit a checkpoint's temperature and threshold on the validation splits."""
    from mnistcore.files import check_can_be_written
    from mnistcore.handwriting.splits import load_split_with_drawings
    from mnistcore.models.checkpoint import load_checkpoint, save_checkpoint
    from mnistcore.reading.calibration import fit
    from mnistcore.reading.classifier import load_classifier

    classifier = load_classifier(options.file)
    check_can_be_written(options.file)
    split = load_split_with_drawings("valid")
    fitted = fit(classifier.logits(split.images.numpy()), split.labels)
    save_checkpoint(options.file, replace(load_checkpoint(options.file), **fitted._asdict()))
    print(f"{options.file}: temperature {fitted.temperature:.3f}, threshold {fitted.threshold}")
    return 0
