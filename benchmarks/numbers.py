"""Tell how well numbers are read, and how often something else is taken for one.

A number counts as read if all of it is right; as flagged if the answer has a `?` in it, or is a
single digit's refusal.
"""

import argparse
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageOps

from benchmarks import non_digits
from benchmarks.drawings import add_strokes_argument
from benchmarks.written_numbers import SPACINGS, Digit, Written, write_number
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.generator import PROBABILITIES_OF, STYLES_OF
from mnistcore.handwriting.hand import write_by_hand
from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.classifier import Classifier, load_classifier
from mnistcore.reading.number import read_number
from mnistcore.reading.number_reading import UNREAD, NumberReading

SEED = 13
LENGTHS = (2, 3, 4, 5)
SHEET_COLUMNS, SHEET_ROWS = 6, 6
CELL_WIDTH_PX, CELL_HEIGHT_PX, TITLE_PX = 170, 84, 14

DrawDigit = Callable[[Generator], Digit]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_strokes_argument(parser)
    parser.add_argument(
        "--count", type=int, default=250, help="numbers of each length and spacing (%(default)s)"
    )
    parser.add_argument("--sheet", type=Path, help="a picture of numbers misread, to be written")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    classifier = load_classifier()
    draw_digit = generated_digit if options.strokes is None else pen_digit(options.strokes)
    misread = []
    for spacing in SPACINGS:
        total = np.zeros(3, int)
        for length in LENGTHS:
            rng = np.random.default_rng([SEED, SPACINGS.index(spacing), length])
            written = [write_number(draw_digit, length, spacing, rng) for _ in range(options.count)]
            read, wrong = read_all(classifier, written)
            print(f"{spacing}, {length} digits: {told(read)}", flush=True)
            total += read
            misread += wrong
        print(f"{spacing}, in all: {told(total)}", flush=True)
    report_singles(classifier, draw_digit, 4 * options.count)
    report_non_digits(classifier, 2 * options.count)
    if options.sheet:
        draw_sheet(misread).save(options.sheet, optimize=True)


def generated_digit(rng: Generator) -> Digit:
    """A digit by the project's generator, from a seed that training has not seen."""
    digit = int(rng.integers(10))
    style = DIGIT_STYLES[rng.choice(STYLES_OF[digit], p=PROBABILITIES_OF[digit])]
    return digit, write_by_hand(style.path, rng)


def pen_digit(path: Path) -> DrawDigit:
    """Return a function that picks one of the pen digits in a file (see `benchmarks.drawings`)."""
    with np.load(path, allow_pickle=False) as arrays:
        points, labels = arrays["points"].astype(float), arrays["labels"]
        starts, samples = arrays["stroke_start"], list(pairwise(arrays["sample_start"]))

    def draw_digit(rng: Generator) -> Digit:
        index = int(rng.integers(len(labels)))
        strokes = [points[starts[k] : starts[k + 1]] for k in range(*samples[index])]
        return int(labels[index]), strokes

    return draw_digit


def read_all(
    classifier: Classifier, written: list[Written]
) -> tuple[np.ndarray, list[tuple[Written, NumberReading]]]:
    """Return how many were read right, flagged and wrong, and those that were not right."""
    counts = np.zeros(3, int)
    misread = []
    for number in written:
        reading = read_number(classifier, number.drawing)
        right, flagged = reading.text == number.text, UNREAD in reading.text
        counts[0 if right else 1 if flagged else 2] += 1
        if not right:
            misread.append((number, reading))
    return counts, misread


def told(counts: np.ndarray) -> str:
    right, flagged, wrong = counts.tolist()
    total = right + flagged + wrong
    low, high = accuracy_interval(right, total)
    return (
        f"{right / total:6.1%} right of {total:,} (95 % interval {low:.1%} to {high:.1%}), "
        f"{flagged / total:.1%} flagged, {wrong / total:.1%} wrong and not flagged"
    )


def report_singles(classifier: Classifier, draw_digit: DrawDigit, count: int) -> None:
    """Print how often a digit drawn alone is taken for a number, and how fast it is read."""
    rng = np.random.default_rng([SEED, 1])
    taken, seconds = 0, []
    for _ in range(count):
        drawing = write_number(draw_digit, 1, "apart", rng).drawing
        started = time.perf_counter()
        taken += len(read_number(classifier, drawing).digits) > 1
        seconds.append(time.perf_counter() - started)
    low, high = accuracy_interval(taken, count)
    median, late = (1000 * float(np.quantile(seconds, q)) for q in (0.5, 0.95))
    print(
        f"single digits taken for a number: {taken / count:.2%} of {count:,} "
        f"(95 % interval {low:.2%} to {high:.2%}); read in {median:.1f} ms (median), "
        f"{late:.1f} ms (95th percentile), one core",
        flush=True,
    )


def report_non_digits(classifier: Classifier, count: int) -> None:
    """Print how often what is no digit is taken for a number, without a flag."""
    rng = np.random.default_rng([SEED, 2])
    kinds = {
        "letters": non_digits.letters(rng, count, like_digits=False),
        "scribbles": non_digits.scribbles(rng, count),
        "shapes": non_digits.shapes(rng, count),
        "noise": non_digits.noise(rng, count),
    }
    for name, inks in kinds.items():
        drawings = [np.dstack([ink] * 3 + [np.full_like(ink, 255)]) for ink in inks]
        readings = [read_number(classifier, drawing) for drawing in drawings]
        taken = sum(len(r.digits) > 1 and UNREAD not in r.text for r in readings)
        flagged = sum(len(r.digits) > 1 and UNREAD in r.text for r in readings)
        print(
            f"{name}: {taken / count:.1%} of {count:,} taken for a number, "
            f"{flagged / count:.1%} for one with a `?`",
            flush=True,
        )


def draw_sheet(misread: list[tuple[Written, NumberReading]]) -> Image.Image:
    """Numbers that were not read right, each with what was found, under meant and read."""
    step = max(1, len(misread) // (SHEET_COLUMNS * SHEET_ROWS))
    shown = misread[::step][: SHEET_COLUMNS * SHEET_ROWS]
    height = CELL_HEIGHT_PX + TITLE_PX
    sheet = Image.new("L", (SHEET_COLUMNS * CELL_WIDTH_PX, SHEET_ROWS * height), 255)
    draw = ImageDraw.Draw(sheet)
    for place, (written, reading) in enumerate(shown):
        row, column = divmod(place, SHEET_COLUMNS)
        x, y = column * CELL_WIDTH_PX, row * height
        tile = ImageOps.expand(Image.fromarray(255 - written.drawing[..., 0]), 6, 255)
        boxes = ImageDraw.Draw(tile)
        for digit in reading.digits:
            boxes.rectangle([edge + 6 for edge in digit.box], outline=150, width=2)
        left, top, right, bottom = Image.fromarray(written.drawing[..., 0]).getbbox() or (0,) * 4
        tile = tile.crop((left, top, right + 12, bottom + 12))
        tile.thumbnail((CELL_WIDTH_PX - 8, CELL_HEIGHT_PX - 6))
        sheet.paste(tile, (x + 4, y + TITLE_PX))
        draw.text((x + 4, y), f"{written.text} as {reading.text}", 0)
    return sheet.quantize(16)
