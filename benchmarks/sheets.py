"""Tell how well numbers on sheets of paper are read, each kind of paper and spacing by itself.

A number counts as read if a line says all of it; as flagged if what is there has a `?`; as missed
if nothing stands at its place; what is left is misread, which nobody would notice.
"""

import argparse
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from PIL import Image

from benchmarks.sheet_papers import KINDS
from mnistcore.handwriting.glyphs import GlyphBank, draw_bank
from mnistcore.handwriting.line_writer import SPACINGS, write_strip
from mnistcore.mnist.splits import load_split
from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.number_reading import NumberReading
from mnistcore.reading.photo import read_lines

SEED = 29
OUTCOMES = ("read", "flagged", "missed", "misread")


@dataclass(frozen=True)
class Sheet:
    """A picture of numbers.

    Attributes:
        picture: (H, W, 4) uint8 RGBA.
        numbers: What is written, from top to bottom.
        middles: How far down each lies, as a share of the height.
        spacings: How the digits of each are set, of `SPACINGS`.
    """

    picture: npt.NDArray[np.uint8]
    numbers: list[str]
    middles: list[float]
    spacings: list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=40, help="sheets of each kind (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the sheets (%(default)s)")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    classifier = load_classifier()
    bank = measuring_bank(options.seed)
    of_spacing = {spacing: Counter[str]() for spacing in SPACINGS[:4]}
    for kind in KINDS:
        counts, seconds = Counter[str](), []
        extra = 0
        for number in range(options.count):
            rng = np.random.default_rng([options.seed, list(KINDS).index(kind), number])
            sheet = draw_sheet(bank, kind, rng)
            started = time.perf_counter()
            lines = read_lines(sheet.picture, classifier).lines
            seconds.append(time.perf_counter() - started)
            outcomes, more = compare(sheet, [line for line in lines if line.digits])
            extra += more
            counts.update(outcomes)
            for spacing, outcome in zip(sheet.spacings, outcomes, strict=True):
                of_spacing[spacing][outcome] += 1
        told = f"{extra} lines that are none; {np.median(seconds):.2f} s"
        print(f"{kind:20s} {_told(counts)}, {told}", flush=True)
    for spacing, counts in of_spacing.items():
        if counts:
            print(f"digits {spacing:13s} {_told(counts)}")


def _told(counts: Counter[str]) -> str:
    total = counts.total()
    low, high = accuracy_interval(counts["read"], total)
    others = ", ".join(f"{counts[name] / total:.1%} {name}" for name in OUTCOMES[1:])
    return f"{counts['read'] / total:6.1%} read of {total} ({low:.1%} to {high:.1%}), {others}"


def measuring_bank(seed: int) -> GlyphBank:
    """Draw digits that training has not seen: other seeds, MNIST's validation split."""
    split = load_split("valid")
    return draw_bank(
        split.images.numpy().reshape(-1, 28, 28),
        split.labels.numpy(),
        np.random.default_rng([seed, 7]),
        digits=4200,
        marks=700,
    )


def compare(sheet: Sheet, lines: list[NumberReading]) -> tuple[list[str], int]:
    """Return what became of each number, and how many lines were read where none is."""
    height = sheet.picture.shape[0]
    middles = [
        float(np.median([(digit.box.top + digit.box.bottom) / 2 for digit in line.digits])) / height
        for line in lines
    ]
    outcomes, used = [], set()
    gap = 0.4 / max(2, len(sheet.numbers))
    for number, middle in zip(sheet.numbers, sheet.middles, strict=True):
        near = [k for k, at in enumerate(middles) if abs(at - middle) < gap and k not in used]
        if not near:
            outcomes.append("missed")
            continue
        at = min(near, key=lambda k: abs(middles[k] - middle))
        used.add(at)
        text = lines[at].text
        outcomes.append("read" if text == number else "flagged" if "?" in text else "misread")
    return outcomes, len(lines) - len(used)


def draw_sheet(bank: GlyphBank, kind: str, rng: Generator) -> Sheet:
    """Draw one sheet of a kind in `KINDS`."""
    count = int(rng.integers(2, 13)) if kind == "several lines" else int(rng.integers(1, 4))
    tall = int(rng.integers(26, 80))
    leading = rng.uniform(1.5, 2.4) * tall
    strips, numbers, spacings = [], [], []
    for _ in range(count):
        spacing = SPACINGS[rng.choice(4, p=[0.55, 0.2, 0.15, 0.1])]
        length = int(rng.integers(2, 9))
        is_amount = kind == "amounts"
        line = write_strip(bank, rng, length=length, spacing=spacing, is_amount=is_amount)
        scale = tall / line.ink.shape[0] * np.exp(rng.normal(0, 0.1))
        size = (max(2, round(line.ink.shape[1] * scale)), max(2, round(line.ink.shape[0] * scale)))
        image = Image.fromarray(line.ink.astype(np.float32)).resize(size, Image.Resampling.BOX)
        strips.append(np.asarray(image))
        numbers.append("".join(map(str, line.digits)))
        spacings.append(spacing)
    margin = round(tall * rng.uniform(0.6, 2.5))
    width = max(strip.shape[1] for strip in strips) + 2 * margin + int(rng.integers(0, 200))
    height = round(leading * count + 2 * margin)
    ink = np.zeros((height, width))
    middles = []
    for place, strip in enumerate(strips):
        top = round(margin + leading * (place + 0.5) - strip.shape[0] / 2)
        left = int(rng.integers(margin // 2, width - strip.shape[1] - margin // 3))
        rows = slice(max(0, top), min(height, top + strip.shape[0]))
        own = strip[rows.start - top : rows.stop - top]
        ink[rows, left : left + strip.shape[1]] = own
        middles.append((rows.start + rows.stop) / 2 / height)
    picture = KINDS[kind](ink, tall, rng)
    return Sheet(picture, numbers, middles, spacings)
