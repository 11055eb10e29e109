"""Sets of generated drawings: many digits, or many things that are none, from one seed.

Made in batches, each from a seed of its own, by as many processes as there are cores: the same
seed gives the same set on one core as on many. Imports no torch, so that a process starts fast.
"""

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.hand import write_by_hand
from mnistcore.handwriting.non_digits import draw_non_digit
from mnistcore.handwriting.pen import draw_ink, ink_to_image

NOT_A_DIGIT = 10  # the label beside 0 to 9
BATCH = 500


class Drawings(NamedTuple):
    """Generated images, and what was meant.

    Attributes:
        images: (N, 28, 28) uint8, as `preprocessing.drawing_to_image` gives them.
        labels: (N,) int64 in 0 to 10.
        styles: (N,) int64, the index of the style in `DIGIT_STYLES`; -1 for what is no digit.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    styles: npt.NDArray[np.int64]


def generate_digits(count: int, *, seed: int) -> Drawings:
    """Draw digits, as many of each, in styles as frequent as their weights.

    >>> generate_digits(12, seed=1).labels.tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    """
    return _generate(_draw_digits, count, seed)


def generate_non_digits(count: int, *, seed: int) -> Drawings:
    """Draw letters, signs, shapes, scribbles and noise.

    >>> generate_non_digits(3, seed=1).labels.tolist()
    [10, 10, 10]
    """
    return _generate(_draw_non_digits, count, seed)


Task = tuple[int, int, int]  # seed, number of the batch, drawings in it


def _generate(draw_batch: Callable[[Task], Drawings], count: int, seed: int) -> Drawings:
    sizes = [min(BATCH, count - start) for start in range(0, count, BATCH)]
    tasks = [(seed, number, size) for number, size in enumerate(sizes)]
    if len(tasks) < 5:  # starting processes would take longer than the work
        return join(map(draw_batch, tasks))
    # A forked process would inherit torch's threads in whatever state they are.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        return join(pool.map(draw_batch, tasks))


def join(batches: Iterable[Drawings]) -> Drawings:
    """Return all the drawings as one set, in order."""
    return Drawings(*(np.concatenate(parts) for parts in zip(*batches, strict=True)))


def _draw_digits(task: Task) -> Drawings:
    seed, number, size = task
    rng = np.random.default_rng([seed, number])
    labels = np.arange(size) % 10
    styles = np.array([rng.choice(STYLES_OF[digit], p=PROBABILITIES_OF[digit]) for digit in labels])
    drawn = [draw_ink(write_by_hand(DIGIT_STYLES[style].path, rng), rng) for style in styles]
    return Drawings(np.stack([ink_to_image(ink) for ink in drawn]), labels, styles)


def _draw_non_digits(task: Task) -> Drawings:
    seed, number, size = task
    rng = np.random.default_rng([seed, number, NOT_A_DIGIT])
    images = np.stack([ink_to_image(draw_non_digit(rng)) for _ in range(size)])
    return Drawings(images, np.full(size, NOT_A_DIGIT), np.full(size, -1))


def _probabilities(styles: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    weights = np.array([DIGIT_STYLES[style].weight for style in styles])
    probabilities: npt.NDArray[np.float64] = weights / weights.sum()
    return probabilities


STYLES_OF = [
    np.array([i for i, style in enumerate(DIGIT_STYLES) if style.digit == digit])
    for digit in range(10)
]
PROBABILITIES_OF = [_probabilities(styles) for styles in STYLES_OF]
