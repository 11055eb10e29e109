"""Has the canvas report a stroke when the pen lifts, and not a fifth of a second later.

Until then a stroke is known to the browser alone: whoever undoes, or leaves the page, in that time
would undo two strokes, or lose one.
"""

from ui.components.loader import load

_PEN_LIFT = load("pen_lift")


def report_at_once() -> None:
    """Watch the pen on the canvas of this page."""
    _PEN_LIFT(key="pen_lift")
