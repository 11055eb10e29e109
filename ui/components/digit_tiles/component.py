"""Digits as tiles: what a network reads in each is written below it, and a click chooses one.

All digits travel as one picture: fifty of them cost one message, not fifty requests.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mnistcore.mnist.doubtful_labels import DOUBTFUL_TEST_LABELS
from mnistcore.reading.gallery import ReadSplit
from ui.components.loader import load
from ui.digits import Digit, data_uri
from ui.language import _

COLUMNS = 10  # of the picture that travels; on the screen there are as many as fit
SMALL, MEDIUM, LARGE = "2.7rem", "4.1rem", "17rem"

_TILES = load("digit_tiles")


@dataclass(frozen=True)
class Tile:
    """A digit and what is written on it.

    Attributes:
        index: What a click on it tells.
        image: (28, 28) uint8, bright ink on black.
        spoken: The same in words.
        said: What is read in it; None if nobody has read it.
        truth: What it is; a wrong reading stands in a frame, with the truth beside it.
        doubtful: Whether people doubt the truth.
    """

    index: int
    image: Digit
    spoken: str
    said: int | None = None
    truth: int | None = None
    doubtful: bool = False


def tile_of(reading: ReadSplit, index: int) -> Tile:
    """Return the tile of a test digit, with what was read in it."""
    said, truth = int(reading.predictions[index]), int(reading.labels[index])
    doubt = DOUBTFUL_TEST_LABELS.get(index)
    spoken = _("Test digit {index:,}: {described}", index=index, described=describe(said, truth))
    if doubt:
        spoken = _("{spoken}; people saw {seen}", spoken=spoken, seen=doubt.seen)
    return Tile(index, reading.images[index], spoken, said, truth, doubt is not None)


def describe(said: int, truth: int) -> str:
    """Return a reading in words.

    >>> describe(2, 7)
    '7, read as 2, wrong'
    """
    if said == truth:
        return _("{truth}, read as {said}, right", truth=truth, said=said)
    return _("{truth}, read as {said}, wrong", truth=truth, said=said)


def show_tiles(
    label: str,
    tiles: Sequence[Tile],
    *,
    key: str,
    side: str = MEDIUM,
    on_click: Callable[[], None] | None = None,
) -> None:
    """Show tiles, as many beside each other as there is room for.

    Args:
        label: Of them all.
        tiles: In their order.
        key: Of the component; in the callback `st.session_state[key].clicked` is a tile's index.
        side: Least width of a tile, as CSS has it.
        on_click: Called after a click; if None, they are only to be looked at.
    """
    _TILES(
        key=key,
        on_clicked_change=on_click or (lambda: None),
        data={
            "label": label,
            "picture": data_uri(tile_up([tile.image for tile in tiles])) if tiles else "",
            "columns": COLUMNS,
            "side": side,
            "truth": _("is {truth}"),
            "clickable": on_click is not None,
            "items": [
                {name: value for name, value in vars(tile).items() if name != "image"}
                for tile in tiles
            ],
        },
    )


def tile_up(images: Sequence[Digit]) -> Digit:
    """Lay images (28, 28) beside and below each other, ten to a row.

    >>> tile_up([np.zeros((28, 28), np.uint8)] * 11).shape
    (56, 280)
    """
    rows = -(-len(images) // COLUMNS)
    height, width = images[0].shape
    padded = np.zeros((rows * COLUMNS, height, width), np.uint8)
    padded[: len(images)] = images
    grid = padded.reshape(rows, COLUMNS, height, width)
    return grid.transpose(0, 2, 1, 3).reshape(rows * height, COLUMNS * width)
