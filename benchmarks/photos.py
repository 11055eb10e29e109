"""Tell how well photos of pencil on paper are read, with and without the steps that clean them.

The photos are made here: digits in pencil on plain, ruled or squared paper, lit from one side, a
shadow's edge across many, with the camera's noise, dust, and a JPEG's losses.
"""

import argparse
import time
from io import BytesIO

import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.drawings import add_strokes_argument
from benchmarks.numbers import generated_digit, pen_digit
from benchmarks.written_numbers import Digit
from mnistcore.drawings.photo import PHOTO_STEPS, PhotoStep, clean_photo
from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.classifier import load_classifier, read_drawing

SEED = 17
SIZES_PX = ((640, 480), (480, 640), (1024, 768))
WAYS: dict[str, tuple[PhotoStep, ...]] = {
    "with all steps": (),
    "with form lines left": ("form_lines",),
    "without specks removed": ("specks",),
    "without even light": ("light",),
    "with none": PHOTO_STEPS,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_strokes_argument(parser)
    parser.add_argument("--count", type=int, default=500, help="photos (%(default)s)")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    classifier = load_classifier()
    draw_digit = generated_digit if options.strokes is None else pen_digit(options.strokes)
    rng = np.random.default_rng(SEED)
    right = dict.fromkeys(WAYS, 0)
    refused = dict.fromkeys(WAYS, 0)
    seconds = []
    for _ in range(options.count):
        digit = draw_digit(rng)
        photo = take_photo(digit, rng)
        for way, without in WAYS.items():
            started = time.perf_counter()
            drawing = clean_photo(photo, without).drawing
            if not without:
                seconds.append(time.perf_counter() - started)
            verdict = read_drawing(classifier, drawing)
            right[way] += verdict.digit == digit[0]
            refused[way] += not verdict.looks_like_a_digit
    for way in WAYS:
        low, high = accuracy_interval(right[way], options.count)
        print(
            f"{way:24s} {right[way] / options.count:6.1%} right of {options.count:,} "
            f"(95 % interval {low:.1%} to {high:.1%}), {refused[way] / options.count:.1%} refused"
        )
    median, late = (1000 * float(np.quantile(seconds, q)) for q in (0.5, 0.95))
    print(f"a photo cleaned in {median:.0f} ms (median), {late:.0f} ms (95th percentile), one core")


def take_photo(digit: Digit, rng: Generator) -> npt.NDArray[np.uint8]:
    """Return a photo of one digit, (H, W, 4) uint8 RGBA."""
    width, height = SIZES_PX[rng.integers(len(SIZES_PX))]
    paper = _paper(width, height, rng)
    pencil = _pencil(digit, width, height, rng)
    reflected = paper * (1 - rng.uniform(0.35, 0.8) * pencil)
    seen = 255 * np.clip(reflected * _light(width, height, rng), 0, 1)
    tint = rng.uniform(0.9, 1, 3)
    noisy = seen[..., None] * tint + rng.normal(0, rng.uniform(1, 6), (height, width, 3))
    file = BytesIO()
    image = Image.fromarray(np.rint(noisy.clip(0, 255)).astype(np.uint8))
    image.save(file, "JPEG", quality=int(rng.integers(40, 92)))
    return np.asarray(Image.open(file).convert("RGBA"))


def _paper(width: int, height: int, rng: Generator) -> npt.NDArray[np.float64]:
    sheet = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(sheet)
    kind, step, pale = rng.random(), int(rng.integers(24, 60)), int(rng.integers(215, 240))
    if kind < 0.5:
        for y in range(int(rng.integers(step)), height, step):
            draw.line((0, y, width, y), pale, 2)
    if kind < 0.25:
        for x in range(int(rng.integers(step)), width, step):
            draw.line((x, 0, x, height), pale, 2)
    for _ in range(rng.poisson(3)):  # dust
        x, y, r = (int(rng.integers(*limits)) for limits in ((0, width), (0, height), (1, 4)))
        draw.ellipse((x - r, y - r, x + r, y + r), int(rng.integers(60, 160)))
    grain = rng.normal(0, 0.01, (height, width))
    return np.asarray(sheet) / 255 * 0.95 + grain


def _pencil(digit: Digit, width: int, height: int, rng: Generator) -> npt.NDArray[np.float64]:
    """Return how much graphite there is, in [0, 1]: uneven along the stroke, soft at its edges."""
    strokes = digit[1]
    path = np.concatenate(strokes)
    low, high = path.min(axis=0), path.max(axis=0)
    side = min(width, height) * rng.uniform(0.3, 0.7)
    scale = side / max(float((high - low).max()), 1e-6)
    middle = np.array([width, height]) / 2 + rng.uniform(-0.1, 0.1, 2) * min(width, height)
    radius = side * rng.uniform(0.012, 0.04)
    sheet = Image.new("L", (width, height))
    draw = ImageDraw.Draw(sheet)
    for stroke in strokes:
        points = [tuple(map(float, p)) for p in (stroke - (low + high) / 2) * scale + middle]
        if len(points) > 1:
            draw.line(points, 255, max(2, round(2 * radius)), joint="curve")
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(rng.uniform(0.6, 1.5)))) / 255
    texture = np.clip(1 + rng.normal(0, 0.25, soft.shape), 0.3, 1.3)
    return np.clip(soft * texture, 0, 1)


def _light(width: int, height: int, rng: Generator) -> npt.NDArray[np.float64]:
    y, x = np.mgrid[:height, :width]
    angle = rng.uniform(0, 2 * np.pi)
    along = ((x / width - 0.5) * np.cos(angle) + (y / height - 0.5) * np.sin(angle)) * np.sqrt(2)
    light = 1 - rng.uniform(0.1, 0.6) * (along + 0.5)
    if rng.random() < 0.5:  # the edge of a shadow, of the hand or of the phone
        turned = rng.uniform(0, 2 * np.pi)
        across = (x - width / 2) * np.cos(turned) + (y - height / 2) * np.sin(turned)
        edge = (across - rng.uniform(-0.3, 0.3) * width) / rng.uniform(4, 40)
        light = light * (1 - rng.uniform(0.2, 0.55) / (1 + np.exp(-edge)))
    return np.asarray(light * rng.uniform(0.75, 1.0))
