"""The strokes that a browser reports of its canvas: checked, since anybody can report anything."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mnistcore.drawings.strokes import weight
from mnistcore.errors import InvalidInputError
from ui.sketches import Strokes

MOST_WEIGHT = 4_000_000  # bytes in memory, of one drawing: a thousand strokes of a mouse


class Report(NamedTuple):
    """What the canvas shows.

    Attributes:
        strokes: In order, in Fabric's JSON.
        url: The picture, as an address that holds it; yet to be checked.
        weight: About what the strokes take in memory, in bytes.
    """

    strokes: Strokes
    url: str
    weight: float


def report_in(told: object, *, seen: Strokes | None = None) -> Report | None:
    """Return what a canvas reports, or None as long as it reports nothing new.

    Args:
        told: What the component's state holds.
        seen: The strokes of the last report, which it repeats at every run.

    Raises:
        InvalidInputError: It has another shape than a canvas gives it, or is too large.

    >>> report_in({"drawing": {"raw": [], "data": ""}})
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: The canvas reported no strokes. Clear it and draw again.
    """
    drawing = _entry(told, "drawing")
    strokes, url = _entry(drawing, "raw"), _entry(drawing, "data")
    if strokes is None or url is None or strokes == seen:
        return None
    if not (
        isinstance(strokes, dict)
        and isinstance(objects := strokes.get("objects"), list)
        and all(isinstance(thing, dict) for thing in objects)
        and isinstance(url, str)
        and url.isascii()
    ):
        raise _no_strokes()
    found = weight(strokes, MOST_WEIGHT)
    if found > MOST_WEIGHT:
        raise InvalidInputError(
            "The drawing has more strokes than are kept, which is {most:,} bytes of them. Undo "
            "the last one here, or clear the canvas.",
            most=MOST_WEIGHT,
        )
    return Report(strokes, url, found)


def _entry(told: object, name: str) -> Any:
    if told is None:
        return None
    if not isinstance(told, Mapping):
        raise _no_strokes()
    return told.get(name)


def _no_strokes() -> InvalidInputError:
    return InvalidInputError("The canvas reported no strokes. Clear it and draw again.")
