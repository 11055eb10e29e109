"""Tell how well numbers on sheets of paper are read, each kind of paper and spacing by itself.

A number counts as read if a line says all of it; as flagged if what is there has a `?`; as missed
if nothing stands at its place; what is left is misread, which nobody would notice.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from PIL import Image

from mnistcore.handwriting import line_paper
from mnistcore.handwriting.glyphs import GlyphBank, draw_bank
from mnistcore.handwriting.line_writer import SPACINGS, write_strip
from mnistcore.mnist.splits import load_split
from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.number_reading import NumberReading
from mnistcore.reading.photo import read_lines

SEED = 29
Grey = npt.NDArray[np.floating[Any]]
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


def _seen(ink: Grey, paper: Grey, rng: Generator, depth: float | None = None) -> Grey:
    depth = rng.uniform(0.4, 0.9) if depth is None else depth
    strip = paper * (1 - depth * line_paper.pressed(ink.astype(np.float32), rng))
    return np.clip(strip + rng.normal(0, rng.uniform(0.003, 0.02), strip.shape), 0, 1)


def _ground(ink: Grey, rng: Generator) -> Grey:
    return np.array(line_paper.ground(ink.shape[0], ink.shape[1], rng))


def _rgba(grey: Grey, tint: npt.NDArray[np.float64] | None = None) -> npt.NDArray[np.uint8]:
    colours = grey[..., None] * (np.ones(3) if tint is None else tint)
    rgb = np.rint(255 * np.clip(colours, 0, 1)).astype(np.uint8)
    return np.dstack([rgb, np.full(grey.shape, 255, np.uint8)])


def _plain(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    return _rgba(_seen(ink, _ground(ink, rng), rng))


def _ruled(ink: Grey, tall: int, rng: Generator, *, squared: bool = False) -> npt.NDArray[np.uint8]:
    paper = _ground(ink, rng)
    step, depth = int(tall * rng.uniform(0.5, 1.8)), rng.uniform(0.1, 0.4)
    thick = int(rng.integers(1, 3))
    for row in range(int(rng.integers(step)), ink.shape[0], step):
        paper[row : row + thick] *= 1 - depth
    for column in range(int(rng.integers(step)), ink.shape[1] if squared else 0, step):
        paper[:, column : column + thick] *= 1 - depth
    return _rgba(_seen(ink, paper, rng, rng.uniform(0.5, 0.9)))


def _squared(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    return _ruled(ink, tall, rng, squared=True)


def _patterned(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    paper, depth = _ground(ink, rng), rng.uniform(0.45, 0.9)
    for _ in range(int(rng.integers(1, 4))):
        paper = paper * (1 - line_paper.pattern(len(ink), ink.shape[1], 0.4 * depth, rng))
    return _rgba(_seen(ink, paper, rng, depth))


def _coloured(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    paper = _ground(ink, rng)[..., None] * rng.uniform(0.45, 1, 3)
    pen = rng.uniform(0.05, 0.6, 3)
    soft = line_paper.pressed(ink.astype(np.float32), rng)[..., None]
    seen = paper * (1 - soft) + pen * paper * soft + rng.normal(0, 0.01, paper.shape)
    return np.dstack(
        [np.rint(255 * seen.clip(0, 1)).astype(np.uint8), np.full(ink.shape, 255, np.uint8)]
    )


def _shadowed(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    height, width = ink.shape
    y, x = np.mgrid[:height, :width]
    turned = rng.uniform(0, 2 * np.pi)
    across = (x - width * rng.uniform(0.2, 0.8)) * np.cos(turned)
    across = across + (y - height * rng.uniform(0.2, 0.8)) * np.sin(turned)
    shadow = 1 - rng.uniform(0.3, 0.6) * (np.tanh(across / rng.uniform(4, 60)) / 2 + 0.5)
    light = 1 - rng.uniform(0, 0.4) * x / width
    return _rgba(_seen(ink, line_paper.ground(height, width, rng) * shadow * light, rng))


def _on_table(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    sheet = _seen(ink, _ground(ink, rng), rng)
    table = rng.uniform(0.02, 0.3)
    sides = rng.integers(0, max(3, tall // 2), 4)
    seen = np.pad(sheet, ((sides[0], sides[1]), (sides[2], sides[3])), constant_values=float(table))
    return _rgba(seen)


def _tilted(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    degrees = rng.uniform(-7, 7)
    sheet = np.asarray(_seen(ink, _ground(ink, rng), rng), np.float32)
    paper = float(np.median(sheet))
    image = Image.fromarray(sheet).rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=paper
    )
    return _rgba(np.clip(np.asarray(image), 0, 1))


def _chalk(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    return _rgba(1 - _seen(ink, _ground(ink, rng), rng, rng.uniform(0.5, 0.9)))


def _any_paper(ink: Grey, tall: int, rng: Generator) -> npt.NDArray[np.uint8]:
    papers = (_plain, _ruled, _patterned, _coloured)
    return papers[rng.integers(len(papers))](ink, tall, rng)


KINDS: dict[str, Callable[[Grey, int, Generator], npt.NDArray[np.uint8]]] = {
    "plain": _plain,
    "several lines": _plain,
    "ruled": _ruled,
    "squared": _squared,
    "patterned": _patterned,
    "coloured": _coloured,
    "shadow": _shadowed,
    "on a table": _on_table,
    "tilted": _tilted,
    "chalk on a board": _chalk,
    "amounts": _any_paper,
}
