"""Batches of generated lines for the line reader: images, texts, boxes."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from numpy.random import Generator
from torch import Tensor

from mnistcore.drawings.line_image import LINE_HEIGHT_PX, normalised
from mnistcore.handwriting.glyphs import GlyphBank
from mnistcore.handwriting.line_paper import put_on_canvas, put_on_paper
from mnistcore.handwriting.line_writer import Line, write_line
from mnistcore.models.line_net import PX_TO_A_COLUMN, SHARE, Ground

CHUNK = 1024  # lines are drawn so many at a time, and sorted by width
PX_TO_A_BATCH = 11_000
# The share of lines that are ink on an even ground, for who is to read ink, and for paper.
ON_CANVAS: dict[Ground, float] = {"ink": 1.0, "paper": 0.25}


class LineBatch(NamedTuple):
    """Lines of about one width.

    Attributes:
        images: (N, 2, 40, W) float32.
        widths: (N,) columns that are the line's own.
        texts: (total,) the digits, one line after the other.
        lengths: (N,) how many each has.
        boxes: (N, T, 4) float32, as `Columns.boxes`.
        has_box: (N, T) bool, whether the column belongs to a digit.
    """

    images: Tensor
    widths: Tensor
    texts: Tensor
    lengths: Tensor
    boxes: Tensor
    has_box: Tensor


def draw_chunk(
    bank: GlyphBank, rng: Generator, ground: Ground, count: int = CHUNK
) -> list[LineBatch]:
    """Return so many lines to teach who is to read this ground, as batches in random order."""
    drawn = [_draw_one(bank, rng, ON_CANVAS[ground]) for _ in range(count)]
    drawn.sort(key=lambda pair: pair[0].shape[2])
    batches = list(_batches(drawn))
    return [batches[place] for place in rng.permutation(len(batches))]


def _draw_one(
    bank: GlyphBank, rng: Generator, on_canvas: float
) -> tuple[npt.NDArray[np.float32], Line]:
    line = write_line(bank, rng)
    put = put_on_canvas if rng.random() < on_canvas else put_on_paper
    return normalised(put(line, rng).astype(np.float32)), line


def _batches(drawn: list[tuple[npt.NDArray[np.float32], Line]]) -> Iterator[LineBatch]:
    start = 0
    while start < len(drawn):
        end = start
        while end < len(drawn) and (end + 1 - start) * drawn[end][0].shape[2] <= PX_TO_A_BATCH:
            end += 1
        end = max(end, start + 1)
        yield make_batch([image for image, _ in drawn[start:end]], [x for _, x in drawn[start:end]])
        start = end


def make_batch(images: list[npt.NDArray[np.float32]], lines: list[Line]) -> LineBatch:
    """Put lines side by side in one batch, the narrower ones filled up with what is paper."""
    widest = -(-max(image.shape[2] for image in images) // SHARE) * SHARE
    stacked = np.zeros((len(images), 2, LINE_HEIGHT_PX, widest), np.float32)
    num_columns = widest // PX_TO_A_COLUMN
    boxes = np.zeros((len(images), num_columns, 4), np.float32)
    has_box = np.zeros((len(images), num_columns), bool)
    for number, (image, line) in enumerate(zip(images, lines, strict=True)):
        stacked[number, :, :, : image.shape[2]] = image
        if len(line.boxes):
            boxes[number], has_box[number] = _column_boxes(line.boxes, num_columns)
    widths = [-(-image.shape[2] // PX_TO_A_COLUMN) for image in images]
    return LineBatch(
        torch.from_numpy(stacked),
        torch.tensor(widths),
        torch.tensor([digit for line in lines for digit in line.digits]),
        torch.tensor([len(line.digits) for line in lines]),
        torch.from_numpy(boxes),
        torch.from_numpy(has_box),
    )


def _column_boxes(
    boxes: npt.NDArray[np.float32], num_columns: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Return of each column the box whose middle is nearest, and whether it lies in it."""
    middles = (np.arange(num_columns, dtype=np.float32) + 0.5) * PX_TO_A_COLUMN
    nearest = abs(middles[:, None] - (boxes[:, 0] + boxes[:, 2]) / 2).argmin(axis=1)
    left, top, right, bottom = boxes[nearest].T
    inside = (left <= middles) & (middles < right)
    reach = np.stack([middles - left, right - middles, top, bottom], axis=1) / LINE_HEIGHT_PX
    return np.clip(reach, 0, None), inside
