"""What goes into the network: a test digit, the drawing or a picture file, changed on demand."""

from io import BytesIO

import numpy as np
import streamlit as st

from mnistcore.drawings.image_changes import ImageChange, change_image
from mnistcore.drawings.photo import clean_photo
from mnistcore.drawings.picture_files import read_picture
from mnistcore.drawings.preprocessing import drawing_to_image
from ui import address, digits, networks, shared
from ui.components.pen.component import report_at_lift
from ui.digit_choice import choose_test_digit
from ui.drawing_canvas import Drawing, clear, drawing_canvas
from ui.inside.at_work import Pixels
from ui.language import N_, _, each
from ui.networks import READER
from ui.uploads import content_of, take_file

KINDS = {"digit": N_("Test digit"), "drawing": N_("Your drawing"), "file": N_("A picture file")}
NOTHING = N_("Nothing yet: an empty picture goes in.")
CHANGED = N_("Changed as you asked; everything below follows.")
WHOLE = N_("28 × 28 pixels are all there is.")
LABELLED = N_("Somebody's **{label}**.")
ONE_AT_A_TIME = N_("A network like this one reads a single digit, so one goes in at a time.")
SIDE_PX = 40
# The pen draws in the canvas's own pixels, however small the canvas is shown.
_STYLE = """<style>
.st-key-inside_image .st-key-drawing-canvas {zoom: .5;}
.st-key-inside_image .stCaptionContainer, .st-key-inside_image > :last-child {align-self: center;}
</style>"""
BLANK = np.zeros((28, 28), np.uint8)

SLIDERS = {
    "shift_x": (N_("Shift right"), -8.0, 8.0, 0.0, 0.5),
    "shift_y": (N_("Shift down"), -8.0, 8.0, 0.0, 0.5),
    "turn": (N_("Turn, degrees"), -90.0, 90.0, 0.0, 5.0),
    "scale": (N_("Size"), 0.5, 1.5, 1.0, 0.05),
    "thickness": (N_("Thickness"), -1.0, 2.0, 0.0, 0.25),
    "noise": (N_("Noise"), 0.0, 0.5, 0.0, 0.05),
}


def choose_image() -> tuple[Pixels, int | None]:
    """Show the widgets that choose a picture, and return it with its label, if it has one."""
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key="inside_image"):
        kind = address.choose(
            st.segmented_control,
            _("What goes in"),
            each(KINDS),
            key="inside_kind",
            at_first="drawing" if shared.has_drawn() and not address.read("inside_digit") else None,
            required=True,
            wrap=True,
        )
        image, truth = _chosen_image(kind)
        changed = change_image(image, _choose_change())
        st.html(
            digits.ink(changed, side_px=SIDE_PX, label=_("What the network is given")),
            width="content",
        )
        st.caption(_remark(image, changed, truth))
    return changed, truth


def _chosen_image(kind: str) -> tuple[Pixels, int | None]:
    if kind == "digit":
        return choose_test_digit("inside_digit")
    if kind == "drawing":
        drawing_canvas()
        report_at_lift()
        st.button(_("Clear"), icon=":material/delete:", on_click=clear)
        return (_one_digit_of(shared.picture()) if shared.has_drawn() else shared.digit()), None
    file = take_file(
        _("A photo or scan of one digit"),
        type=["png", "jpg", "jpeg", "webp", "bmp", "gif"],
        key="inside_file",
        width=320,
    )
    return (BLANK if file is None else _one_digit_of(_cleaned(content_of(file)))), None


def _one_digit_of(drawing: Drawing) -> Pixels:
    """Return a drawing's digit as a network takes it; of several, one that is asked for."""
    images = _digits_of(drawing)
    if len(images) == 1:
        return images[0][1]
    text = "".join(digit for digit, _image in images)
    place: int = st.selectbox(
        _("Which digit of {number}", number=text),
        range(len(images)),
        format_func=lambda place: _(
            "{digit}, {place} of {count}",
            digit=images[place][0],
            place=place + 1,
            count=len(images),
        ),
        key=f"inside_part_of_{text}",
        width=150,
        help=_(ONE_AT_A_TIME),
    )
    return images[place][1]


@st.cache_data(max_entries=20, show_spinner=False)
def _digits_of(drawing: Drawing) -> list[tuple[str, Pixels]]:
    """Return each digit of a drawing: what it is read as, and as a network takes it."""
    from mnistcore.reading.number import isolate, read_number

    digits = read_number(networks.load(READER), drawing).digits
    if len(digits) < 2:
        return [("", drawing_to_image(drawing))]
    return [(digit.text, drawing_to_image(isolate(drawing, digit))) for digit in digits]


@st.cache_data(max_entries=20, show_spinner=False)
def _cleaned(content: bytes) -> Drawing:
    return clean_photo(read_picture(BytesIO(content))).drawing


def _choose_change() -> ImageChange:
    with st.popover(_("What if it were changed?"), icon=":material/tune:"):
        columns = st.columns(2)
        values = {
            name: columns[place % 2].slider(_(label), low, high, value, step, key=f"inside_{name}")
            for place, (name, (label, low, high, value, step)) in enumerate(SLIDERS.items())
        }
        st.button(_("As it was"), icon=":material/undo:", on_click=_undo)
    return ImageChange(**values)


def _undo() -> None:
    for name, slider in SLIDERS.items():
        st.session_state[f"inside_{name}"] = slider[3]


def _remark(image: Pixels, changed: Pixels, truth: int | None) -> str:
    if not image.any():
        return _(NOTHING)
    if changed is not image:
        return _(CHANGED)
    return _(WHOLE) if truth is None else _(LABELLED, label=truth)
