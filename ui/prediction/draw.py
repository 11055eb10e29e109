"""The canvas and its tools, with what the network makes of the drawing beside it."""

import streamlit as st

from ui import drawing_canvas
from ui.batches import send_what_is_there
from ui.components.bars.component import show_bars
from ui.components.pen.component import follow_pen
from ui.drawing_canvas import CANVAS_SIDE_PX, STROKE_WIDTH, WIDE_CANVAS_PX
from ui.language import N_, _
from ui.networks import NetworkKey
from ui.next_steps import show_next_steps
from ui.parts import fragment
from ui.prediction.answer import show_answer
from ui.prediction.columns import show_columns, tell_left_out
from ui.prediction.corrections import show_corrections
from ui.prediction.reading import ReadDrawing, read
from ui.prediction.reasons import show_reasons
from ui.prediction.samples import offer_samples
from ui.prediction.steps import show_steps
from ui.shared_bar import Bar
from ui.take_home import show_take_home

DRAWING = "drawing"  # begins the keys of what belongs to this drawing
THICKNESSES = (6, 50)

INVITATION = N_("Draw a digit or a number, anywhere and of any size, or pick one below.")

# On a phone the answer stands right under the canvas, and the bars make room for the samples. The
# last of the board, and what is in "answering", is what a fragment puts around its parts.
_STYLE = """<style>
.st-key-board {display: grid; grid-template: "canvas answer" auto "canvas bars" 1fr
               "samples samples" auto "ways ways" auto "below below" auto
               / 338px minmax(0, 36rem); column-gap: 3rem;}
.st-key-board > :last-child, .st-key-board > :last-child > div, .st-key-answering,
.st-key-board :has(> .st-key-answering), .st-key-answering > div,
.st-key-answering > div > div {display: contents;}
.st-key-board :has(> .st-key-canvas_side) {grid-area: canvas;}
.st-key-board :has(> .st-key-answer_side) {grid-area: answer;}
.st-key-board .st-key-bars {grid-area: bars;}
.st-key-board > .st-key-samples {grid-area: samples;}
.st-key-board > :has(> .st-key-ways_on) {grid-area: ways;}
.st-key-board :has(> .st-key-below) {grid-area: below;}
.st-key-board :has(> .st-key-pen_place) {display: none;}
@media (max-width: 1100px) {.st-key-board {column-gap: 1.5rem;}}
@media (max-width: 900px) {.st-key-wide {display: none;}}
@media (max-width: 640px) {
    .st-key-board {grid-template: "canvas" "answer" "samples" "bars" "ways" "below"
                                  / minmax(0, 1fr); gap: .75rem;}
}
@media (min-width: 641px) {
    .st-key-board:has(.st-key-wide input:checked) {
        grid-template: "canvas canvas" auto "answer bars" auto "samples samples" auto
                       "ways ways" auto "below below" auto / minmax(0, 1fr) minmax(0, 1fr);
        gap: 1rem 3rem; max-width: 62rem;}
}
</style>"""


def show(network: NetworkKey, bar: Bar) -> None:
    """Show the canvas, the answer, drawings to begin with, and how the drawing became an image.

    What no drawing changes stands outside of what runs again at each.
    """
    st.html(_STYLE)
    with st.container(key="board"):
        offer_samples()
        with st.container(key="ways_on"):
            show_next_steps(network, without="draw")
        _show_drawing(network, bar)
    show_take_home(network, key="take_home")


@fragment()
def _show_drawing(network: NetworkKey, bar: Bar) -> None:
    """Show all that follows from the drawing; a pen that lifts has this run again."""
    canvas_side = st.container(key="canvas_side", gap="small")
    width_px = WIDE_CANVAS_PX if st.session_state.get("wide", False) else CANVAS_SIDE_PX
    drawing = drawing_canvas.drawing_under_the_pen()
    reading = read(network, drawing, key=DRAWING)
    with st.container(key="answering"):
        _show_answer(network, bar, width_px, [(drawing, reading)])
    send_what_is_there()
    with canvas_side:  # which the browser has, and whose owner looks at the bars
        drawing_canvas.drawing_canvas(
            width_px=width_px,
            stroke_width=st.session_state.get("stroke_width", STROKE_WIDTH),
            erases=st.session_state.get("eraser", False),
        )
        _show_tools()
    with st.container(key="below"):
        show_reasons(network, reading, key=DRAWING)
        if reading.number is not None and reading.number.line is not None:
            tell_left_out(reading.number)
            show_columns(reading.number.line)
        show_steps(reading.drawing, reading.trace, key=DRAWING)
        show_corrections(network, reading.verdict.digit, is_number=reading.number is not None)


@fragment()
def _show_answer(
    network: NetworkKey,
    bar: Bar,
    width_px: int,
    known: list[tuple[drawing_canvas.Drawing | None, ReadDrawing]],
) -> None:
    """Show the answer; a pen that moves has this alone run again.

    Args:
        network: That reads.
        bar: The page's own.
        width_px: Of the canvas.
        known: What was read a moment ago, which is taken out of it: the next time it is another.
    """
    pen = st.container(key="pen_place")
    if known:
        drawing, reading = known.pop()
    else:
        drawing = drawing_canvas.drawing_under_the_pen()
        reading = read(network, drawing, key=DRAWING)
    with st.container(key="answer_side"):
        show_answer(reading, drawing, INVITATION, key=DRAWING)
    show_bars(reading.verdict.probabilities.tolist(), key="bars", otherwise=reading.otherwise)
    bar.show_digit(network, text=None if drawing is None else reading.text)
    with pen:  # last, for what it is told here as answered is on the page by then
        follow_pen(width_px=width_px, height_px=CANVAS_SIDE_PX)


def _show_tools() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="tools"):
        st.button(
            _("Undo the last stroke"),
            icon=":material/undo:",
            key="undo",
            help=_("Undo the last stroke"),
            disabled=not drawing_canvas.can_undo(),
            on_click=drawing_canvas.undo,
        )
        st.button(
            _("Redo what was undone"),
            icon=":material/redo:",
            key="redo",
            help=_("Redo what was undone"),
            disabled=not drawing_canvas.can_redo(),
            on_click=drawing_canvas.redo,
        )
        st.button(_("Clear"), on_click=drawing_canvas.clear)
        with st.popover(
            _("Pen width"),
            icon=":material/line_weight:",
            key="pen_width",
            help=_("Pen width"),
        ):
            st.slider(
                _("Pen width"),
                *THICKNESSES,
                STROKE_WIDTH,
                key="stroke_width",
                persist_state="session",
                help=_(
                    "In pixels of the canvas, which is {canvas_side_px} high.",
                    canvas_side_px=CANVAS_SIDE_PX,
                ),
            )
        st.toggle(_("Eraser"), key="eraser", persist_state="session")
        st.toggle(_("Wide, for a long number"), key="wide", persist_state="session")
