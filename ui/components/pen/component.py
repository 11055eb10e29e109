"""Follows the pen on the canvas: what is drawn is told as the pen moves, and at once as it lifts.

The canvas tells a stroke a fifth of a second after the pen has lifted. Until then it is known to
the browser alone: whoever undoes, or leaves the page, in that time would undo two strokes, or lose
one. Where the canvas is not built as is expected here, its own report is all there is.
"""

from typing import NamedTuple

from ui.components.loader import load
from ui.components.reports import answered, reported

KEY = "pen"

_PEN = load("pen")


class Stroke(NamedTuple):
    """The whole drawing with the stroke that the pen is at.

    Attributes:
        number: Tells it from others; a text that never comes again.
        url: The picture, as an address that holds it.
    """

    number: str
    url: str


def follow_pen(*, width_px: int, height_px: int) -> None:
    """Watch the pen on the canvas of this page; what it draws makes this fragment run again.

    Args:
        width_px: Of the canvas.
        height_px: Of the same.
    """
    _PEN(
        key=KEY,
        data={
            "width": width_px,
            "height": height_px,
            "answered": answered(KEY, "stroke"),
            "tells": True,
        },
        on_stroke_change=lambda: None,
    )


def report_at_lift() -> None:
    """Have the canvas of this page report as the pen lifts; until then nothing is told."""
    _PEN(key=KEY, data={"tells": False}, on_stroke_change=lambda: None)


def told_stroke() -> Stroke | None:
    """Return the last that was told, which may be over by now."""
    url = reported(KEY, "stroke", str)
    number = answered(KEY, "stroke")["stroke"]
    return Stroke(number, url) if number and url and url.isascii() else None
