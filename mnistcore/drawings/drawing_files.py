"""Drawings with what they were meant to be, to a JSON file and back. No torch.

A file can come from anywhere: of its strokes only what a canvas needs is taken over, and nothing in
it can make a browser fetch anything. Every picture in it is read whole before any is kept.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec import Meta

from mnistcore.drawings.picture_files import png_size, read_picture
from mnistcore.drawings.preprocessing import IMAGE_SIDE_PX, drawing_to_image
from mnistcore.drawings.strokes import PNG_URI, check_parts, cleaned
from mnistcore.errors import InvalidInputError
from mnistcore.files import as_kind, parsed, reason_of

FORMAT = "mnistcore drawings 1"
MAX_DRAWINGS = 1000
MAX_OBJECTS = 2000  # in a drawing
MAX_SIDE_PX = 1_024  # of a picture; the widest canvas has 672
MAX_PIXELS = 60_000_000  # of all pictures in a file

Digit = Annotated[int, Meta(ge=0, le=9)]


@dataclass(frozen=True)
class LabelledDrawing:
    """A drawing, and what its drawer says it is.

    Attributes:
        label: 0 to 9.
        read_as: What the network read, or None if it read nothing.
        objects: Its strokes, in Fabric's JSON.
        png: What it looks like.
    """

    label: Digit
    read_as: Digit | None
    objects: list[dict[str, Any]]
    png: bytes


class LabelledImages(NamedTuple):
    """Drawings as a network takes them.

    Attributes:
        images: (N, 28, 28) uint8, bright ink on black.
        labels: (N,) int64 in 0 to 9.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]


def to_json(drawings: Sequence[LabelledDrawing]) -> str:
    """Return the drawings as a file's content.

    >>> json.loads(to_json([]))
    {'format': 'mnistcore drawings 1', 'drawings': []}
    """
    content = {
        "format": FORMAT,
        "drawings": [
            {
                "label": drawing.label,
                "read_as": drawing.read_as,
                "objects": drawing.objects,
                "png": base64.b64encode(drawing.png).decode(),
            }
            for drawing in drawings
        ],
    }
    return json.dumps(content, indent=1)


def from_json(content: str | bytes) -> list[LabelledDrawing]:
    """Read what `to_json` wrote.

    Raises:
        InvalidInputError: It is no such file, or something in it is not as it should be.
    """
    check_parts(content)
    try:
        held = parsed(content.encode() if isinstance(content, str) else content)
    except (ValueError, RecursionError):
        raise InvalidInputError(
            "The file is no JSON. Choose one that was saved on this page."
        ) from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise InvalidInputError(
            "The file does not say that it holds {format!r}. Choose one saved on this page.",
            format=FORMAT,
        )
    entries = held.get("drawings")
    if not isinstance(entries, list) or len(entries) > MAX_DRAWINGS:
        raise InvalidInputError(
            "`drawings` must be a list of at most {max_drawings}.", max_drawings=MAX_DRAWINGS
        )
    drawings = []
    pixels_left = MAX_PIXELS
    for number, entry in enumerate(entries, start=1):
        with _named(number):
            drawings.append(_read_entry(entry))
            pixels_left -= sum(map(_checked_size, _pictures(drawings[-1])))
            if pixels_left < 0:
                raise InvalidInputError(
                    "there are more than {max_pixels:,} pixels up to it", max_pixels=MAX_PIXELS
                )
    for number, drawing in enumerate(drawings, start=1):
        with _named(number):
            for png in _pictures(drawing):
                read_picture(BytesIO(png), ("PNG",))
    return drawings


@contextmanager
def _named(number: int) -> Iterator[None]:
    """Say of which drawing something is wrong."""
    try:
        yield
    except InvalidInputError as error:
        raise InvalidInputError(
            "Drawing {number} of the file is unusable: {reason}.",
            number=number,
            reason=reason_of(error),
        ) from None


def _checked_size(png: bytes) -> int:
    """Return how many pixels a picture has, none of it decoded; no canvas makes a large one."""
    width, height = png_size(png)
    if max(width, height) > MAX_SIDE_PX:
        raise InvalidInputError(
            "its picture has {width:,} x {height:,} pixels, the limit is {most:,} on each side",
            width=width,
            height=height,
            most=MAX_SIDE_PX,
        )
    return width * height


def read_drawings(path: Path) -> list[LabelledDrawing]:
    """Read a file that holds at least one drawing.

    Raises:
        InvalidInputError: There is no such file, or something in it is not as it should be.

    >>> read_drawings(Path("x.json"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: x.json cannot be used: No such file or directory. Give ...
    """
    try:
        drawings = from_json(path.read_bytes())
        if not drawings:
            raise InvalidInputError("it holds none")
        return drawings
    except (OSError, InvalidInputError) as error:
        reason = error.strerror if isinstance(error, OSError) else reason_of(error)
        raise InvalidInputError(
            '{file} cannot be used: {reason}. Give drawings that "Correct me" on the prediction '
            "page saved.",
            file=path,
            reason=reason,
        ) from None


def images_of(drawings: Sequence[LabelledDrawing]) -> LabelledImages:
    """Return drawings as 28x28 images, with what they were meant to be.

    >>> images_of([]).images.shape
    (0, 28, 28)
    """
    images = np.zeros((len(drawings), IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8)
    for image, drawing in zip(images, drawings, strict=True):
        image[:] = drawing_to_image(read_picture(BytesIO(drawing.png), ("PNG",)))
    return LabelledImages(images, np.array([drawing.label for drawing in drawings], np.int64))


def _read_entry(entry: Any) -> LabelledDrawing:
    drawing = as_kind(entry, LabelledDrawing)
    if len(drawing.objects) > MAX_OBJECTS:
        raise InvalidInputError("it has more than {max_objects:,} strokes", max_objects=MAX_OBJECTS)
    objects = [cleaned(thing) for thing in drawing.objects]
    return LabelledDrawing(drawing.label, drawing.read_as, objects, drawing.png)


def _pictures(drawing: LabelledDrawing) -> list[bytes]:
    """Return every PNG in a drawing: what it looks like, and what was put on the canvas."""
    sources = [thing["src"] for thing in drawing.objects if "src" in thing]
    try:
        return [
            drawing.png,
            *(base64.b64decode(src.removeprefix(PNG_URI), validate=True) for src in sources),
        ]
    except ValueError as error:
        raise InvalidInputError("a picture in it is not in base64: {error}", error=error) from None
