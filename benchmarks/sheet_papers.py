"""The kinds of paper that sheets of numbers are written on."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image

from mnistcore.handwriting import line_paper

Grey = npt.NDArray[np.floating[Any]]


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
