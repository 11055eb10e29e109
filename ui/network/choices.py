"""Which network, and what goes into it: a test digit, the drawing, an upload, changed on demand."""

import random
from io import BytesIO

import numpy as np
import streamlit as st

from mnistcore.drawings.image_changes import ImageChange, change_image
from mnistcore.drawings.photo import clean_photo
from mnistcore.drawings.picture_files import read_picture
from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from ui import digits, session
from ui.drawing_canvas import clearing, current_drawing, drawing_canvas
from ui.drawing_place import CANVAS_SIDE_PX, DRAWING, STROKE_WIDTH
from ui.epoch_choice import choose_epoch
from ui.network.inspected import Pixels

TEST_DIGIT, YOUR_DRAWING, UPLOAD = "Test digit", "Your drawing", "A picture file"
BLANK = np.zeros((28, 28), np.uint8)
CHANGES = "inside_changes"

SLIDERS = {
    "shift_x": ("Shift right", -8.0, 8.0, 0.0, 0.5),
    "shift_y": ("Shift down", -8.0, 8.0, 0.0, 0.5),
    "turn": ("Turn, degrees", -90.0, 90.0, 0.0, 5.0),
    "scale": ("Size", 0.5, 1.5, 1.0, 0.05),
    "thickness": ("Thickness", -1.0, 2.0, 0.0, 0.25),
    "noise": ("Noise", 0.0, 0.5, 0.0, 0.05),
}


def choose_network() -> str:
    """Show the title and the choice of network, at any epoch of a run; return its name."""
    names = session.classifier_names()
    if session.upload_is_kept():
        names.append(session.UPLOADED)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title("Inside the network", width="stretch")
        name = st.selectbox(
            "Network",
            names,
            index=names.index(session.SHIPPED),  # the lesson's own, small enough to take in
            key="inside_network",
            bind="query-params",
            label_visibility="collapsed",
            width=280,
            help="A network that comes with this app, or one of your own training runs.",
        )
    return choose_epoch(name, key="inside_epoch")


def choose_image() -> tuple[Pixels, int | None]:
    """Show the widgets that choose a picture, and return it with its label, if it has one."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        image, truth = _chosen_image()
    with right:
        changed = change_image(image, _choose_change())
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                digits.pixels(changed, side_px=84, label="What the network is given"),
                width="content",
            )
            st.caption(_remark(image, changed, truth))
    return changed, truth


def _chosen_image() -> tuple[Pixels, int | None]:
    kind = st.segmented_control(
        "What goes in",
        [TEST_DIGIT, YOUR_DRAWING, UPLOAD],
        key="inside_kind",
        default=TEST_DIGIT,
        required=True,
        bind="query-params",
    )
    if kind == TEST_DIGIT:
        return _choose_digit()
    if kind == YOUR_DRAWING:
        drawing_canvas(
            DRAWING, width_px=CANVAS_SIDE_PX, height_px=CANVAS_SIDE_PX, stroke_width=STROKE_WIDTH
        )
        st.button("Clear", icon=":material/delete:", on_click=clearing(DRAWING))
        drawing = current_drawing(DRAWING)
        return (BLANK if drawing is None else drawing_to_image(drawing)), None
    file = st.file_uploader(
        "A photo or scan of one digit",
        type=["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"],
        key="inside_file",
    )
    return (BLANK if file is None else _image_of_photo(file.getvalue())), None


@st.cache_data(max_entries=20, show_spinner=False)
def _image_of_photo(content: bytes) -> Pixels:
    return drawing_to_image(clean_photo(read_picture(BytesIO(content))).drawing)


def _choose_digit() -> tuple[Pixels, int | None]:
    images, labels = session.test_digits()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        index = st.number_input(
            "Test image",
            0,
            len(images) - 1,
            key="inside_digit",
            width=150,
            bind="query-params",
            help="MNIST's test set has 10,000 digits; this is the number of one of them.",
        )
        st.button("Another", icon=":material/casino:", on_click=_roll, args=(len(images),))
    if not 0 <= index < len(images):
        raise InvalidInputError(f"There is no test digit {index}. Choose 0 to {len(images) - 1}.")
    return images[index], int(labels[index])


def _roll(num_images: int) -> None:
    st.session_state.inside_digit = random.randrange(num_images)


def _choose_change() -> ImageChange:
    with st.expander("What if it were changed?", icon=":material/tune:"):
        columns = st.columns(2)
        values = {
            name: columns[place % 2].slider(label, low, high, value, step, key=f"inside_{name}")
            for place, (name, (label, low, high, value, step)) in enumerate(SLIDERS.items())
        }
        st.button("As it was", icon=":material/undo:", on_click=_undo)
    return ImageChange(**values)


def _undo() -> None:
    for name, (_, _, _, value, _) in SLIDERS.items():
        st.session_state[f"inside_{name}"] = value


def _remark(image: Pixels, changed: Pixels, truth: int | None) -> str:
    if not image.any():
        return "Nothing yet: an empty picture goes in."
    said = "" if truth is None else f"Somebody's **{truth}**. "
    if changed is not image:
        return f"{said}Changed as you asked; everything below follows."
    return f"{said}28 × 28 pixels are all that the network is given."
