"""A canvas whose drawing survives reruns, changes of its settings and visits to other pages.

The component knows one drawing; the history of it, for undo and redo, is kept here. A command
(undo, redo, clear, a picture put on it) hands the component another drawing to load, which it does
in place and then reports: that report is an echo, not a new stroke.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st
from PIL import Image, ImageDraw

from ui.digits import data_uri

Drawing = npt.NDArray[np.uint8]  # (H, W, 4) RGBA
Line = npt.NDArray[np.float64]  # (n, 2) points
Strokes = dict[str, Any]  # as the component writes them, in Fabric's JSON

INK = "#ffffff"
PAPER = "#000000"
MOST_SNAPSHOTS = 50


@dataclass(frozen=True)
class Snapshot:
    """A drawing at one moment.

    Attributes:
        strokes: What was drawn, in order; None for a blank canvas.
        png: What it looks like; None for a blank canvas.
    """

    strokes: Strokes | None = None
    png: bytes | None = None


BLANK = Snapshot()


@dataclass
class _Memory:
    """What a visitor's canvas remembers from run to run."""

    history: list[Snapshot] = field(default_factory=lambda: [BLANK])
    place: int = 0
    seed: Strokes | None = None
    num_commands: int = 0
    seen: Strokes | None = None  # the component's last report: it repeats it at every run
    echo_is_due: bool = False

    @property
    def now(self) -> Snapshot:
        return self.history[self.place]

    def draw(self, snapshot: Snapshot) -> None:
        """Go on from here; what was undone is forgotten."""
        self.history = [*self.history[: self.place + 1], snapshot][-MOST_SNAPSHOTS:]
        self.place = len(self.history) - 1


def drawing_canvas(
    name: str, *, width_px: int, height_px: int, stroke_width: int, erases: bool = False
) -> None:
    """Show the canvas of this name.

    Args:
        name: Of the drawing; pages that use the same name share it.
        width_px: Of the canvas; another one leaves the drawing as it is.
        height_px: Of the same.
        stroke_width: Of the pen, in the canvas's pixels.
        erases: Whether the pen takes ink away.
    """
    # The component registers itself when imported, which needs a running Streamlit.
    from streamlit_drawable_canvas import st_canvas

    memory = _memory(name)
    key = _key(name)
    if key not in st.session_state:
        # On the first run, or back from another page. It loads its first drawing without a report.
        memory.seed, memory.echo_is_due = memory.now.strokes, False
    result = st_canvas(
        stroke_width=stroke_width,
        stroke_color=PAPER if erases else INK,
        background_color=PAPER,
        width=width_px,
        height=height_px,
        drawing_mode="freedraw",
        return_image_data=True,
        # The number makes the component load again what it was given before.
        initial_drawing={**(memory.seed or {"objects": []}), "command": memory.num_commands},
        key=key,
    )
    strokes, png = result.json_data, result.image_bytes
    if strokes is None or png is None or strokes == memory.seen:
        return
    snapshot = Snapshot(strokes, png) if strokes["objects"] else BLANK
    if memory.echo_is_due:
        memory.history[memory.place] = snapshot
    else:
        memory.draw(snapshot)
    memory.echo_is_due, memory.seen = False, strokes


def current_drawing(name: str) -> Drawing | None:
    """Return what is drawn on the canvas of this name, (H, W, 4) uint8 RGBA; None if nothing is."""
    png = _memory(name).now.png
    return None if png is None else np.asarray(Image.open(BytesIO(png)).convert("RGBA"))


def current_snapshot(name: str) -> Snapshot:
    """Return the drawing with its strokes, to be kept and put back later."""
    return _memory(name).now


def can_undo(name: str) -> bool:
    """Tell whether there is an earlier drawing to go back to."""
    return _memory(name).place > 0


def can_redo(name: str) -> bool:
    """Tell whether something was undone last."""
    memory = _memory(name)
    return memory.place + 1 < len(memory.history)


def undoing(name: str) -> Callable[[], None]:
    """Return the callback of a button that goes one drawing back."""
    return lambda: _step(name, -1)


def redoing(name: str) -> Callable[[], None]:
    """Return the callback of a button that takes the last undo back."""
    return lambda: _step(name, 1)


def clearing(name: str) -> Callable[[], None]:
    """Return the callback of a button that clears the canvas of this name."""
    return lambda: put_on_canvas(name, BLANK)


def put_on_canvas(name: str, snapshot: Snapshot) -> None:
    """Replace the drawing; the one before can be had back by undoing."""
    _memory(name).draw(snapshot)
    _load(name)


def picture_snapshot(picture: npt.NDArray[np.uint8], *, side_px: int) -> Snapshot:
    """Return a small picture, enlarged by a whole number, in the middle of a canvas.

    Args:
        picture: (H, W) uint8, bright ink on black.
        side_px: Of the square canvas.
    """
    height, width = picture.shape
    scale = max(1, side_px // max(height, width))
    left, top = (side_px - scale * width) // 2, (side_px - scale * height) // 2
    canvas = np.zeros((side_px, side_px), np.uint8)
    enlarged = picture.repeat(scale, axis=0).repeat(scale, axis=1)
    canvas[top : top + scale * height, left : left + scale * width] = enlarged
    image = {
        "type": "Image",
        "src": data_uri(enlarged),
        "left": left,
        "top": top,
        "originX": "left",
        "originY": "top",
        "width": scale * width,
        "height": scale * height,
    }
    file = BytesIO()
    Image.fromarray(canvas).save(file, "PNG")
    return Snapshot({"objects": [image]}, file.getvalue())


def strokes_snapshot(lines: Sequence[Line], *, side_px: int, stroke_width: int) -> Snapshot:
    """Return strokes as if a visitor had drawn them: they are undone and erased as any others.

    Args:
        lines: (n, 2) points each, x to the right and y down, in the canvas's pixels.
        side_px: Of the square canvas.
        stroke_width: Of the pen.
    """
    canvas = Image.new("L", (side_px, side_px))
    pen = ImageDraw.Draw(canvas)
    radius = stroke_width / 2
    for line in lines:
        pen.line([(x, y) for x, y in line.tolist()], fill=255, width=stroke_width)
        for x, y in line.tolist():
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    file = BytesIO()
    canvas.save(file, "PNG")
    objects = [
        {
            "type": "Path",
            "path": [["L" if n else "M", x, y] for n, (x, y) in enumerate(line.round(1).tolist())],
            "stroke": INK,
            "strokeWidth": stroke_width,
            "strokeLineCap": "round",
            "strokeLineJoin": "round",
            "fill": None,
        }
        for line in lines
    ]
    return Snapshot({"objects": objects}, file.getvalue())


def _step(name: str, by: int) -> None:
    memory = _memory(name)
    memory.place = min(max(memory.place + by, 0), len(memory.history) - 1)
    _load(name)


def _load(name: str) -> None:
    """Have the component load the drawing, and take its next report for the echo of that."""
    memory = _memory(name)
    memory.num_commands += 1
    memory.seed = memory.now.strokes
    memory.echo_is_due = _key(name) in st.session_state


def _memory(name: str) -> _Memory:
    memory: _Memory = st.session_state.setdefault(f"{name}_memory", _Memory())
    return memory


def _key(name: str) -> str:
    return f"{name}-canvas"
