"""The tab "Photo": a digit or a number from a file or a camera, read as a drawing is."""

from io import BytesIO
from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.drawings.photo import PHOTO_STEPS, PhotoStep, PhotoTrace, clean_photo
from mnistcore.drawings.picture_files import read_picture
from ui import digits
from ui.components.bars.component import show_bars
from ui.digits import Picture
from ui.language import N_, _
from ui.networks import NetworkKey
from ui.parts import fragment
from ui.prediction.answer import show_answer
from ui.prediction.photo_lines import (
    chosen_line,
    found_lines,
    on_drawing,
    show_lines,
    spelled_out,
    with_boxes,
)
from ui.prediction.reading import read
from ui.prediction.reasons import show_reasons
from ui.prediction.steps import show_steps, show_switches, thumbnail
from ui.uploads import content_of, take_file

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

PHOTO = "photo"  # begins the keys of what belongs to this picture
SUFFIXES = ["png", "jpg", "jpeg", "webp", "bmp", "gif"]
PHOTO_SIDE_PX = 336
PIXELS = "photo_pixels"  # in session state: the last file's id, and the picture in it
INVITATION = N_(
    "Choose a picture of a digit or a number: pen on paper, chalk on slate, a screenshot."
)
NOTHING_FOUND = N_(
    "**Nothing is written here**, as far as I can see. Come closer, or take the picture in more "
    "light."
)

TITLES: dict[PhotoStep, tuple[str, str]] = {
    "form_lines": (
        N_("Lines"),
        N_(
            "Lines of a form, a puzzle's grid, a table's edge: what is straight, long and at the "
            "picture's border becomes paper. Off: they are ink."
        ),
    ),
    "light": (
        N_("Light"),
        N_(
            "How bright the paper is at each place is divided out, shadows with it. What is "
            "lit evenly stays as it is. Off: the light as it fell."
        ),
    ),
    "specks": (
        N_("Specks"),
        N_("Dust, faint lines and what the frame cuts off are taken away. Off: all ink counts."),
    ),
}


@fragment()
def show(network: NetworkKey) -> None:
    """Take a picture, show what is read in it, and how it became an image."""
    left, right = st.columns([4, 5], gap="large")
    with left:
        photo = _pixels_of(_choose())
        found = None if photo is None else found_lines(network, photo)
        if photo is not None:
            framed = photo if found is None else with_boxes(photo, found)
            small = digits.shrunk(framed, PHOTO_SIDE_PX)
            st.html(digits.photo(small, side_px=PHOTO_SIDE_PX, label=_("The picture")))
    without = [step for step in PHOTO_STEPS if not st.session_state.get(f"{PHOTO}_{step}", True)]
    cleaned = None if photo is None else clean_photo(photo, without)
    drawing = None if cleaned is None else cleaned.drawing
    with right:
        number = line = None
        if photo is not None and drawing is not None and found is not None:
            line = chosen_line(found)
            number = on_drawing(line, photo, drawing)
        reading = read(network, drawing, key=PHOTO, number=number)
        invitation = INVITATION if photo is None else NOTHING_FOUND
        text = None if line is None else spelled_out(line)
        show_answer(reading, drawing, invitation, key=PHOTO, text=text)
        show_bars(reading.verdict.probabilities.tolist(), key="bars", otherwise=reading.otherwise)
    if found is not None and line is not None:
        show_lines(found, line)
    show_reasons(network, reading, key=PHOTO)
    if photo is not None and cleaned is not None:
        _show_photo_steps(photo, cleaned)
    show_steps(reading.drawing, reading.trace, key=PHOTO, is_photo=True)


def _pixels_of(source: "UploadedFile | None") -> Picture | None:
    """Return a file's picture, which is decoded once, whatever is clicked on the page.

    The place for files is empty again after a look at another tab; the picture of before is shown
    until it is removed or another one comes.
    """
    kept = st.session_state.get(PIXELS)
    if source is None:
        if kept is None:
            return None
        st.button(_("Remove"), icon=":material/close:", key="photo_remove", on_click=_forget)
    elif kept is None or kept[0] != source.file_id:
        picture = read_picture(BytesIO(content_of(source)))
        kept = st.session_state[PIXELS] = source.file_id, picture
    pixels: Picture = kept[1]
    return pixels


def _forget() -> None:
    st.session_state.pop(PIXELS, None)


def _choose() -> "UploadedFile | None":
    # The camera asks for a permission, so it is off until somebody wants it.
    if st.toggle(_("Camera"), key="camera", help=_("Take the picture with this device's camera.")):
        return take_file(
            _("Photograph"),
            widget=st.camera_input,
            label_visibility="collapsed",
            key="photograph",
            on_change=_forget,
        )
    return take_file(
        _("Picture"),
        type=SUFFIXES,
        label_visibility="collapsed",
        key="picture",
        on_change=_forget,
        help=_("PNG, JPEG, WebP, BMP or GIF, of any size, colour and orientation."),
    )


def _show_photo_steps(photo: Picture, trace: PhotoTrace) -> None:
    """Show the photo, and what each step made of it, with its switch."""
    st.header(_("From the photo to ink on paper"), anchor=False)
    pictures, before = [thumbnail(photo, _("The photo"), digits.photo)], photo
    for step, (title, _help) in TITLES.items():
        before = trace.pictures.get(step, before)
        pictures.append(thumbnail(before, _("After {title}", title=_(title)), digits.photo))
    with st.container(gap="small", key=f"{PHOTO}_photo_steps"):
        show_switches(pictures, _("Photo"), TITLES, key=PHOTO)
