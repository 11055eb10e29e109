"""The canvas, whose drawing survives reruns, changes of its settings and visits to other pages.

While the pen is down, what it draws is seen in pictures (`components/pen`); the strokes come when
it lifts. The component knows one drawing; the history of it, for undo and redo, is kept here. A
command (undo, redo, clear, a sketch put on it) hands the component another drawing to load, which
it does in place and then reports: that report is an echo, not a new stroke. What happens from a
lifted pen to the answer stands in `prediction/__init__.py`.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
import streamlit as st
from PIL import Image

from mnistcore.errors import InvalidInputError
from ui.components.pen.component import told_stroke
from ui.language import ENGLISH, language
from ui.operator_log import log_refusal
from ui.phone.sending import send
from ui.plain_text import sentence
from ui.reported_picture import picture_in
from ui.reported_strokes import report_in
from ui.sketches import BLANK, INK, PAPER, Sketch, Strokes, newest

Drawing = npt.NDArray[np.uint8]  # (H, W, 4) RGBA

CANVAS_SIDE_PX = 336  # twelve pixels for each of the network's, and a phone is 390 wide
WIDE_CANVAS_PX = 672  # room for five digits side by side
STROKE_WIDTH = 25  # about MNIST's stroke once the digit is 20 pixels high
MOST_IN_PIXELS = 64  # drawings of all visitors; half a megabyte each
KEY = "drawing-canvas"

# The canvas is white on black; laid over with what paper is, it has the page's own polarity.
# The component's own toolbar, which a mouse would bring up above it, is cut off.
# A narrow phone gets the whole canvas, smaller; the pen draws in the canvas's own pixels.
_STYLE = """<style>
.st-key-drawing-canvas {position: relative; isolation: isolate; clip-path: inset(0);}
.st-key-drawing-canvas::after {content: ""; position: absolute; inset: 0 auto auto 0; z-index: 99;
    width: WIDTHpx; height: HEIGHTpx; background: var(--paper); mix-blend-mode: difference;
    box-shadow: inset 0 0 0 1px var(--line); pointer-events: none;}
@media (max-width: 369px) {.st-key-drawing-canvas {zoom: .9;}}
@media (max-width: 336px) {.st-key-drawing-canvas {zoom: .85;}}
</style>"""


@dataclass
class _Memory:
    """What a visitor's canvas remembers from run to run."""

    history: list[Sketch] = field(default_factory=lambda: [BLANK])
    place: int = 0
    seed: Strokes | None = None
    num_commands: int = 0
    seen: Strokes | None = None  # the component's last report: it repeats it at every run
    echo_is_due: bool = False
    stroke_over: str | None = None  # the last picture of a stroke that has come to its end
    language: str = ENGLISH  # in which it was shown last
    fault: InvalidInputError | None = None  # of the last report

    @property
    def now(self) -> Sketch:
        return self.history[self.place]

    def draw(self, sketch: Sketch) -> None:
        """Go on from here; what was undone is forgotten."""
        self.history = newest([*self.history[: self.place + 1], sketch])
        self.place = len(self.history) - 1


def drawing_canvas(
    *, width_px: int = CANVAS_SIDE_PX, stroke_width: int = STROKE_WIDTH, erases: bool = False
) -> None:
    """Show the canvas; all pages share one drawing.

    Args:
        width_px: Another one leaves the drawing as it is.
        stroke_width: Of the pen, in the canvas's pixels.
        erases: Whether the pen takes ink away.
    """
    # The component registers itself when imported, which needs a running Streamlit.
    from streamlit_drawable_canvas import st_canvas

    memory = _memory()
    if KEY not in st.session_state or memory.language != language():
        # On the first run, back from another page, or in tabs with other names, which are others to
        # a browser. It loads its first drawing without a report.
        memory.seed, memory.echo_is_due, memory.language = memory.now.strokes, False, language()
    st_canvas(
        stroke_width=stroke_width,
        stroke_color=PAPER if erases else INK,
        background_color=PAPER,
        width=width_px,
        height=CANVAS_SIDE_PX,
        drawing_mode="freedraw",
        return_image_data=True,
        # The number makes the component load again what it was given before.
        initial_drawing={**(memory.seed or {"objects": []}), "command": memory.num_commands},
        key=KEY,
        on_change=_take_report,  # called even if the visitor has left the page by then
    )
    st.html(_STYLE.replace("WIDTH", str(width_px)).replace("HEIGHT", str(CANVAS_SIDE_PX)))
    _take_report()
    if memory.fault is not None:
        st.error(sentence(memory.fault))


def current_drawing() -> Drawing | None:
    """Return what is drawn, (H, W, 4) uint8 RGBA; None if nothing is."""
    png = current_sketch().png
    return None if png is None else as_pixels(png)


def drawing_under_the_pen() -> Drawing | None:
    """Return what `current_drawing` does, with the stroke that the pen is at if it is down."""
    _take_report()  # the canvas may be shown later
    stroke = told_stroke()
    if stroke is not None and stroke.number != _memory().stroke_over:
        try:
            return as_pixels(_reported(stroke.url))
        except InvalidInputError as error:
            log_refusal(__name__, error)
    return current_drawing()


@lru_cache(maxsize=MOST_IN_PIXELS)
def as_pixels(png: bytes) -> Drawing:
    """Return a drawing as it looks, (H, W, 4) uint8 RGBA, read-only."""
    pixels = np.asarray(Image.open(BytesIO(png)).convert("RGBA"))
    pixels.flags.writeable = False
    return pixels


def current_sketch() -> Sketch:
    """Return the drawing with its strokes, to be kept and put back later."""
    return _memory().now


def can_undo() -> bool:
    """Tell whether there is an earlier drawing to go back to."""
    return _memory().place > 0


def can_redo() -> bool:
    """Tell whether something was undone last."""
    memory = _memory()
    return memory.place + 1 < len(memory.history)


def undo() -> None:
    """Go one drawing back; a callback."""
    _step(-1)


def redo() -> None:
    """Take the last undo back; a callback."""
    _step(1)


def clear() -> None:
    """Clear the canvas; a callback."""
    put_on_canvas(BLANK)


def put_on_canvas(sketch: Sketch) -> None:
    """Replace the drawing; the one before can be had back by undoing."""
    _take_report()
    _memory().draw(sketch)
    _load()


def _take_report() -> None:
    """Take over what the component has reported and nobody has taken over yet."""
    memory = _memory()
    try:
        report = report_in(st.session_state.get(KEY), seen=memory.seen)
        memory.fault = None
        if report is None:
            return
        memory.seen = report.strokes
        _end_stroke()
        png = _reported(report.url)
    except InvalidInputError as error:  # what was drawn before stays
        log_refusal(__name__, error)
        memory.fault = error
        return
    has_strokes = bool(report.strokes["objects"])
    sketch = Sketch(report.strokes, png, weight=report.weight) if has_strokes else BLANK
    if memory.echo_is_due:
        memory.history[memory.place] = replace(sketch, from_phone=memory.now.from_phone)
    else:
        memory.draw(sketch)
        _send()
    memory.echo_is_due = False


def _step(by: int) -> None:
    _take_report()
    memory = _memory()
    if memory.fault is not None and by < 0:  # what is undone is what was refused
        by, memory.seen = 0, None
    memory.place = min(max(memory.place + by, 0), len(memory.history) - 1)
    _load()


def _load() -> None:
    """Have the component load the drawing, and take its next report for the echo of that."""
    memory = _memory()
    memory.num_commands += 1
    memory.seed = memory.now.strokes
    memory.echo_is_due = KEY in st.session_state
    _end_stroke()
    _send()


def _send() -> None:
    """Show the drawing on the screen that the visitor's go to, if there is one."""
    now = _memory().now
    if not now.from_phone:
        send(now.png)


def _reported(url: str) -> bytes:
    """Return the picture that a browser reports, whole and no larger than the canvas.

    Raises:
        InvalidInputError: It is none.
    """
    png = picture_in(url, WIDE_CANVAS_PX, CANVAS_SIDE_PX)
    try:
        as_pixels(png)  # which is needed next, and remembered
    except Exception as error:  # decoders stumble over a broken file in every way there is
        raise InvalidInputError(
            "The canvas reported a PNG that is broken. Draw the stroke again."
        ) from error
    return png


def _end_stroke() -> None:
    """Take the pictures of the pen's stroke that were told so far for what is over."""
    stroke = told_stroke()
    _memory().stroke_over = None if stroke is None else stroke.number


def _memory() -> _Memory:
    memory: _Memory = st.session_state.setdefault("drawing_memory", _Memory())
    return memory
