"""Draw the pictures of docs/drawings.md: every style of every digit, and what is still misread."""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from benchmarks.drawings import add_strokes_argument, read_pen
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.hand import Points, parse_path, smooth, write_by_hand
from mnistcore.handwriting.pen import Ink
from mnistcore.handwriting.splits import load_drawings
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import Classifier, load_classifier

SEED = 5
CELL_PX = 48
HANDS = 3
MISREAD_TO_A_ROW = 24
MOST_MISREAD = 96
INK, PAPER, TAUGHT_PAPER = 20, 255, 220


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_strokes_argument(parser)
    parser.add_argument("--folder", type=Path, default=Path("docs"), help="where the pictures go")


def run(options: argparse.Namespace) -> None:
    options.folder.mkdir(parents=True, exist_ok=True)
    draw_styles().save(options.folder / "drawing-styles.png", optimize=True)
    classifier = load_classifier()
    test, drawn = load_split("test"), load_drawings("test")
    is_digit = drawn.labels < 10
    sets = {
        "mnist": (test.images.numpy(), test.labels.numpy()),
        "generated": (drawn.images[is_digit], drawn.labels[is_digit]),
    }
    if options.strokes:
        pen, meant = read_pen(options.strokes)
        sets["pen"] = (pen, meant.numpy())
    for name, (images, labels) in sets.items():
        sheet = draw_misread(classifier, images, labels)
        sheet.save(options.folder / f"misread-{name}.png", optimize=True)


def draw_styles() -> Image.Image:
    """Every style as it is taught, on grey, and under it as some hands write it."""
    rng = np.random.default_rng(SEED)
    columns = []
    for style in DIGIT_STYLES:
        taught = _draw([smooth(stroke) for stroke in parse_path(style.path)], TAUGHT_PAPER)
        by_hand = [_draw(write_by_hand(style.path, rng), PAPER) for _ in range(HANDS)]
        columns.append((style.digit, np.concatenate([taught, *by_hand])))
    rows = []
    for digit in range(10):
        row = np.concatenate([column for owner, column in columns if owner == digit], axis=1)
        rows.append(np.pad(row, ((0, 4), (0, 0)), constant_values=PAPER))
    width = max(row.shape[1] for row in rows)
    rows = [np.pad(row, ((0, 0), (0, width - row.shape[1])), constant_values=PAPER) for row in rows]
    return Image.fromarray(np.concatenate(rows))


def draw_misread(
    classifier: Classifier, images: npt.NDArray[np.uint8], labels: npt.NDArray[np.int64]
) -> Image.Image:
    """Misread images, each under what was meant and what was read instead."""
    answers = classifier.predict(images).argmax(axis=1)
    wrong = np.flatnonzero(answers != labels)[:MOST_MISREAD]
    wrong = wrong[np.argsort(labels[wrong], kind="stable")]
    height = CELL_PX + 14
    num_rows = -(-len(wrong) // MISREAD_TO_A_ROW)
    sheet = Image.new("L", (MISREAD_TO_A_ROW * CELL_PX, num_rows * height), PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, index in enumerate(wrong):
        row, column = divmod(place, MISREAD_TO_A_ROW)
        x, y = column * CELL_PX, row * height
        tile = Image.fromarray(255 - images[index]).resize((CELL_PX, CELL_PX))
        sheet.paste(tile, (x, y + 14))
        draw.text((x + 14, y), f"{labels[index]} as {answers[index]}", INK)
    return sheet


def _draw(lines: list[Points], paper: int) -> Ink:
    path = np.concatenate(lines)
    low, high = path.min(axis=0), path.max(axis=0)
    scale = (CELL_PX - 14) / max(float((high - low).max()), 1.0)
    cell = Image.new("L", (2 * CELL_PX, 2 * CELL_PX), paper)
    for line in lines:
        place = 2 * ((line - (low + high) / 2) * scale + CELL_PX / 2)
        ImageDraw.Draw(cell).line([(float(x), float(y)) for x, y in place], INK, 4, "curve")
    return np.asarray(cell.reduce(2))
