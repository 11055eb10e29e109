"""Many test digits as one picture, cut into buttons by the browser."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mnistcore.mnist.doubtful_labels import DOUBTFUL_TEST_LABELS
from mnistcore.reading.gallery import ReadSplit
from ui.components.loader import load
from ui.digits import Digit, data_uri

COLUMNS = 10  # of the picture that travels; on the screen there are as many as fit

_MOSAIC = load("mosaic")


def show_mosaic(
    reading: ReadSplit, indices: Sequence[int], *, key: str, on_click: Callable[[], None]
) -> None:
    """Show digits; in the callback `st.session_state[key].clicked` is the chosen one's index."""
    items = [
        {
            "index": index,
            "said": int(reading.predictions[index]),
            "truth": int(reading.labels[index]),
            "doubtful": index in DOUBTFUL_TEST_LABELS,
            "spoken": describe(reading, index),
        }
        for index in indices
    ]
    _mount("Test digits", reading.images[list(indices)], items, "4.1rem", key, on_click)


def show_samples(
    label: str, images: Digit, spoken: Sequence[str], *, key: str, on_click: Callable[[], None]
) -> None:
    """Show small pictures (N, 28, 28); `st.session_state[key].clicked` is the chosen one's place.

    Args:
        label: Of them all.
        images: One picture each.
        spoken: One description each.
        key: Of the component.
        on_click: Called after a click.
    """
    items = [{"index": place, "spoken": words} for place, words in enumerate(spoken)]
    _mount(label, images, items, "2.7rem", key, on_click)


def _mount(
    label: str,
    images: Digit,
    items: list[dict[str, Any]],
    side: str,
    key: str,
    on_click: Callable[[], None],
) -> None:
    _MOSAIC(
        key=key,
        on_clicked_change=on_click,
        data={
            "label": label,
            "picture": data_uri(tile_up(images)),
            "columns": COLUMNS,
            "side": side,
            "items": items,
        },
    )


def describe(reading: ReadSplit, index: int) -> str:
    """Return a test digit in words."""
    said, truth = reading.predictions[index], reading.labels[index]
    verdict = "right" if said == truth else "wrong"
    doubt = DOUBTFUL_TEST_LABELS.get(index)
    seen = f"; people saw {doubt.seen}" if doubt else ""
    return f"Test digit {index:,}: {truth}, read as {said}, {verdict}{seen}"


def tile_up(images: Digit) -> Digit:
    """Lay images (N, 28, 28) beside and below each other, ten to a row.

    >>> tile_up(np.zeros((11, 28, 28), np.uint8)).shape
    (56, 280)
    """
    num, height, width = images.shape
    rows = -(-num // COLUMNS)
    padded = np.zeros((rows * COLUMNS, height, width), np.uint8)
    padded[:num] = images
    grid = padded.reshape(rows, COLUMNS, height, width)
    return grid.transpose(0, 2, 1, 3).reshape(rows * height, COLUMNS * width)
