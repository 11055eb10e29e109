"""Tell how well a classifier learns one person's hand from a few corrections.

For each hand, the first three drawings of every digit that it has misread are the corrections; its
other drawings are asked before and after, and so is MNIST's test set. Without `--strokes` the hands
are generated: each writes one digit in a way of its own that is no way of writing digits.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from torch import Tensor

from benchmarks.drawings import Images, add_strokes_argument, read_pen
from mnistcore.correcting.known_digits import split_head
from mnistcore.correcting.teaching import TaughtNetwork, taught
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.generator import PROBABILITIES_OF, STYLES_OF
from mnistcore.handwriting.hand import Points, write_by_hand
from mnistcore.handwriting.non_digit_styles import LETTERS, SIGNS
from mnistcore.handwriting.pen import draw_ink, ink_to_image
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import Classifier, load_classifier

SEED = 17
NUM_TAUGHT = 3  # drawings of each digit
MANY = 4  # errors, of which half should go
BATCH = 200


class Hand(NamedTuple):
    """One person's drawings: (N, 28, 28) uint8 and what they were meant to be, (N,)."""

    name: str
    images: Images
    labels: npt.NDArray[np.int64]


class Outcome(NamedTuple):
    """What teaching did to one hand."""

    network: TaughtNetwork
    before: int
    after: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_strokes_argument(parser)
    parser.add_argument("--checkpoint", type=Path, help="instead of the shipped one")
    parser.add_argument("--hands", type=int, default=20, help="generated hands (%(default)s)")
    parser.add_argument("--no-test", action="store_true", help="leave MNIST's test set out")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    classifier = load_classifier(options.checkpoint)
    hands = pen_hands(options.strokes) if options.strokes else generated_hands(options.hands)
    told = [teach(classifier, hand) for hand in hands]
    outcomes = [outcome for outcome in told if outcome is not None]
    report(outcomes)
    if not options.no_test:
        report_test(classifier, [outcome.network for outcome in outcomes])


def pen_hands(path: Path) -> Iterator[Hand]:
    """Yield the writers of a file (see `benchmarks.drawings`); `writers` (N,) tells them apart."""
    with np.load(path, allow_pickle=False) as arrays:
        writers = arrays["writers"]
    images, labels = read_pen(path)
    for writer in np.unique(writers):
        own = writers == writer
        yield Hand(f"writer {writer}", images[own], labels.numpy()[own])


def generated_hands(count: int) -> Iterator[Hand]:
    """Yield hands that write nine digits as others do, and one as a letter or a sign."""
    strange = list({**LETTERS, **SIGNS}.items())
    for number in range(count):
        rng = np.random.default_rng([SEED, number])
        own_digit = int(rng.integers(10))
        name, path = strange[rng.integers(len(strange))]
        images, labels = [], []
        for digit in range(10):
            style = DIGIT_STYLES[rng.choice(STYLES_OF[digit], p=PROBABILITIES_OF[digit])]
            lines = write_by_hand(path if digit == own_digit else style.path, rng)
            images += [ink_to_image(draw_ink(written_again(lines, rng), rng)) for _ in range(10)]
            labels += [digit] * 10
        yield Hand(f"{own_digit} as {name}", np.stack(images), np.array(labels))


def written_again(lines: list[Points], rng: Generator) -> list[Points]:
    """Return a drawing as the same hand would make it once more."""
    turned = np.eye(2) + rng.normal(0, 0.05, (2, 2))
    return [line @ turned.T + rng.normal(0, 1.5, 2) + wave(line, rng) for line in lines]


def wave(line: Points, rng: Generator) -> Points:
    angles = line[:, ::-1] / 25 + rng.uniform(0, 6, 2)
    moved: Points = rng.normal(0, 2, 2) * np.sin(angles)
    return moved


def teach(classifier: Classifier, hand: Hand) -> Outcome | None:
    """Correct what a hand has misread, print what becomes of its other drawings."""
    read = classifier.predict(hand.images).argmax(axis=1)
    misread = sorted(set(hand.labels[read != hand.labels].tolist()))
    if not misread:
        print(f"{hand.name:24s} nothing misread", flush=True)
        return None
    chosen = np.concatenate([np.flatnonzero(hand.labels == d)[:NUM_TAUGHT] for d in misread])
    others = np.setdiff1d(np.arange(len(hand.labels)), chosen)
    started = time.process_time()
    after = taught(classifier, hand.images[chosen], hand.labels[chosen])
    milliseconds = 1000 * (time.process_time() - started)
    reread = after.predict(hand.images[others]).argmax(axis=1)
    truth = hand.labels[others]
    before, now = int((read[others] != truth).sum()), int((reread != truth).sum())
    print(
        f"{hand.name:24s} {len(chosen):2d} corrections of {misread}, taught in "
        f"{milliseconds:4.0f} ms of one core: {before:2d} of {len(others)} others misread before, "
        f"{now} after",
        flush=True,
    )
    assert isinstance(after.model, TaughtNetwork)
    return Outcome(after.model, before, now)


def report(outcomes: list[Outcome]) -> None:
    many = [outcome for outcome in outcomes if outcome.before >= MANY]
    halved = sum(2 * outcome.after <= outcome.before for outcome in many)
    most_lost = max((outcome.after - outcome.before for outcome in outcomes), default=0)
    print(
        f"{halved} of {len(many)} hands with {MANY} errors or more have lost half of them; in all "
        f"{sum(o.before for o in outcomes)} errors before, {sum(o.after for o in outcomes)} after; "
        f"the hand that got worse most has {max(most_lost, 0)} errors more"
    )


@torch.inference_mode()
def report_test(classifier: Classifier, networks: list[TaughtNetwork]) -> None:
    """Print what teaching each hand did to MNIST's test set, whose features are made once."""
    test = load_split("test")
    body, _ = split_head(classifier.model)
    wrong = np.zeros((len(networks), 2), int)
    for images, labels in zip(test.images.split(BATCH), test.labels.split(BATCH), strict=True):
        features = body(classifier.inputs(images.numpy()))
        for place, network in enumerate(networks):
            wrong[place] += [_errors(logits, labels) for logits in network.answer(features)]
    lost = wrong[:, 1] - wrong[:, 0]
    print(
        f"MNIST's test set: {wrong[0, 0]} of {len(test.labels):,} misread before; after each "
        f"hand's lesson {lost.mean():+.1f} in the mean, {lost.max():+d} at worst"
    )


def _errors(logits: Tensor, labels: Tensor) -> int:
    return int((logits[:, :10].argmax(dim=1) != labels).sum())
