"""Tell how well a digit in a puzzle's cell is read, cut out of a photo a little carelessly.

The puzzles are made here: a grid of thin and thick lines, photographed at a slant, small, unevenly
lit, blurred, with a camera's noise and a JPEG's losses. A line of the grid lies at most borders.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.drawings import add_strokes_argument
from benchmarks.numbers import generated_digit, pen_digit
from benchmarks.written_numbers import Digit
from mnistcore.drawings.picture_files import read_picture
from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.number_reading import UNREAD
from mnistcore.reading.photo import read_lines

SEED = 5
CELLS, CELL_PX, MARGIN_PX = 4, 100, 30
SLANT_PX, CARELESS = 8.0, 0.05  # of a corner of the photo; of a cut, in widths of a cell
SMALLEST_PX, LARGEST_PX = 24, 70  # of a cell in the photo

Cell = tuple[npt.NDArray[np.uint8], str]  # (H, W, 4) RGBA, and what stands in it
Fill = Callable[[ImageDraw.ImageDraw, tuple[float, float], int], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_strokes_argument(parser)
    parser.add_argument("--count", type=int, default=480, help="cells (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="(%(default)s)")
    parser.add_argument("--fonts", type=Path, nargs="+", help="printed digits, of these font files")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    classifier = load_classifier()
    rng = np.random.default_rng(options.seed)
    told: Counter[str] = Counter()
    started = time.process_time()
    cells = _cells(options, rng)
    for _ in range(options.count):
        picture, text = next(cells)
        read = "|".join(line.text for line in read_lines(picture, classifier).lines)
        told["right" if read == text else "flagged" if not read or UNREAD in read else "wrong"] += 1
    low, high = accuracy_interval(told["right"], options.count)
    print(
        f"{told['right'] / options.count:.1%} right of {options.count:,} cells "
        f"(95 % interval {low:.1%} to {high:.1%}), {told['wrong'] / options.count:.1%} misread "
        f"without a flag; {1000 * (time.process_time() - started) / options.count:.0f} ms each"
    )


def _cells(options: argparse.Namespace, rng: Generator) -> Iterator[Cell]:
    draw_digit = generated_digit if options.strokes is None else pen_digit(options.strokes)
    while True:
        fill = _pencil(draw_digit, rng) if options.fonts is None else _print(options.fonts, rng)
        yield from _cut(*_draw_puzzle(fill, rng), rng)


def _pencil(draw_digit: Callable[[Generator], Digit], rng: Generator) -> Fill:
    def fill(draw: ImageDraw.ImageDraw, middle: tuple[float, float], dark: int) -> str:
        digit, strokes = draw_digit(rng)
        points = np.concatenate(strokes)
        low, high = points.min(axis=0), points.max(axis=0)
        tall = CELL_PX * rng.uniform(0.4, 0.8)
        scale = min(tall / max(high[1] - low[1], 1e-6), 0.8 * CELL_PX / max(high[0] - low[0], 1e-6))
        offset = np.array(middle) + rng.normal(0, 6, 2)
        grey, pen = int(rng.uniform(60, 150)), int(rng.integers(3, 8))
        for stroke in strokes:
            line = (stroke - (low + high) / 2) * scale + offset
            draw.line([tuple(point) for point in line], fill=grey, width=pen, joint="curve")
        return str(digit)

    return fill


def _print(fonts: list[Path], rng: Generator) -> Fill:
    size = int(CELL_PX * rng.uniform(0.5, 0.85))
    font = ImageFont.truetype(fonts[rng.integers(len(fonts))], size)

    def fill(draw: ImageDraw.ImageDraw, middle: tuple[float, float], dark: int) -> str:
        text = str(rng.integers(1, 10))
        across, down = rng.normal(0, 2, 2)
        place = (middle[0] + across, middle[1] + down)
        draw.text(place, text, fill=dark, font=font, anchor="mm")
        return text

    return fill


def _draw_puzzle(fill: Fill, rng: Generator) -> tuple[Image.Image, list[list[str]]]:
    side = CELLS * CELL_PX + 2 * MARGIN_PX
    image = Image.new("L", (side, side), int(rng.uniform(200, 250)))
    draw, dark = ImageDraw.Draw(image), int(rng.uniform(10, 90))
    thin, thick = int(rng.integers(1, 4)), int(rng.integers(4, 9))
    first = MARGIN_PX + CELL_PX / 2
    texts = [
        [
            fill(draw, (first + column * CELL_PX, first + row * CELL_PX), dark)
            for column in range(CELLS)
        ]
        for row in range(CELLS)
    ]
    far = side - MARGIN_PX
    for line in range(CELLS + 1):
        at, width = MARGIN_PX + line * CELL_PX, thin if line % 3 else thick
        draw.line([(at, MARGIN_PX), (at, far)], fill=dark, width=width)
        draw.line([(MARGIN_PX, at), (far, at)], fill=dark, width=width)
    return image, texts


def _cut(puzzle: Image.Image, texts: list[list[str]], rng: Generator) -> Iterator[Cell]:
    """Photograph a puzzle, and cut its cells out."""
    side = puzzle.width
    corners = np.array([0, 0, 0, side, side, side, side, 0]) + rng.normal(0, SLANT_PX, 8)
    slanted = puzzle.transform(
        (side, side),
        Image.Transform.QUAD,
        data=tuple(corners),
        resample=Image.Resampling.BICUBIC,
        fillcolor=230,
    )
    cell = int(rng.uniform(SMALLEST_PX, LARGEST_PX))
    small = round(side * cell / CELL_PX)
    grey = np.asarray(slanted.resize((small, small), Image.Resampling.LANCZOS), np.float64)
    y, x = np.mgrid[:small, :small] / small - 0.5
    lit = grey * (1 + rng.normal(0, 0.15) * x + rng.normal(0, 0.15) * y) * rng.uniform(0.6, 1)
    lens = ImageFilter.GaussianBlur(rng.uniform(0, 0.025 * cell))
    seen = np.asarray(Image.fromarray(lit.clip(0, 255).astype(np.uint8)).filter(lens), np.float64)
    noisy = (seen + rng.normal(0, rng.uniform(1, 8), seen.shape)).clip(0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(noisy).convert("RGB").save(file, "JPEG", quality=int(rng.integers(40, 90)))
    photo = Image.fromarray(read_picture(BytesIO(file.getvalue())))
    first, step = MARGIN_PX * small / side, CELL_PX * small / side
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            left, top = first + column * step, first + row * step
            sides = np.array([left, top, left + step, top + step])
            left, top, right, bottom = (sides + rng.normal(0, CARELESS * cell, 4)).astype(int)
            yield np.asarray(photo.crop((left, top, right, bottom))), text
