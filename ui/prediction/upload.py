"""A digit or a number from a file or a camera: prepared and read as a drawing is."""

from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.drawings.photo import clean_photo
from mnistcore.drawings.picture_files import read_picture
from mnistcore.errors import InvalidInputError
from ui import digits
from ui.components.bars.component import show_bars
from ui.prediction.photo_steps import photo_steps_left_out, show_photo_steps
from ui.prediction.reasons import show_reasons
from ui.prediction.steps import show_steps
from ui.prediction.verdict import read, show_answer

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

PHOTO = "photo"
SUFFIXES = ["png", "jpg", "jpeg", "webp", "bmp", "gif"]
PICTURE_SIDE_PX = 336
INVITATION = "Choose a picture of a digit or a number: pen on paper, chalk on slate, a screenshot."


@st.fragment
def show_upload(name: str) -> None:
    """Take a picture, show what is read in it, and how it became an image."""
    left, right = st.columns([4, 5], gap="large")
    with left:
        source = _choose()
        try:
            photo = None if source is None else read_picture(source)
        except InvalidInputError as error:
            st.error(error)
            return
        if photo is not None:
            st.html(
                digits.pixels(
                    digits.shrunk(photo, PICTURE_SIDE_PX),
                    side_px=PICTURE_SIDE_PX,
                    label="The picture",
                )
            )
    cleaned = None if photo is None else clean_photo(photo, photo_steps_left_out(PHOTO))
    drawing = None if cleaned is None else cleaned.drawing
    reading = read(name, drawing, key=PHOTO)
    with right:
        show_answer(reading, drawing, INVITATION, key=PHOTO)
        show_bars(reading.verdict.probabilities.tolist(), key="bars", otherwise=reading.otherwise)
    show_reasons(name, reading, key=PHOTO)
    if photo is not None and cleaned is not None:
        show_photo_steps(photo, cleaned, key=PHOTO)
    show_steps(reading.drawing, reading.trace, key=PHOTO)


def _choose() -> "UploadedFile | None":
    # The camera asks for a permission, so it is off until somebody wants it.
    if st.toggle("Camera", key="camera", help="Take the picture with this device's camera."):
        return st.camera_input("Photograph", label_visibility="collapsed", key="photograph")
    return st.file_uploader(
        "Picture",
        type=SUFFIXES,
        label_visibility="collapsed",
        key="picture",
        help="PNG, JPEG, WebP, BMP or GIF, of any size, colour and orientation.",
    )
