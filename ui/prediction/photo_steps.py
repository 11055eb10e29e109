"""From a photo to ink on paper: the steps that only a photo needs, and switches to skip them."""

import streamlit as st

from mnistcore.drawings.photo import PHOTO_STEPS, PhotoStep, PhotoTrace
from ui.digits import Picture
from ui.prediction.steps import PICTURE_SIDE_PX, show_step, thumbnail

TITLES: dict[PhotoStep, tuple[str, str]] = {
    "light": (
        "Light",
        "How bright the paper is at each place is divided out, shadows with it. "
        "What is lit evenly stays as it is. Off: the light as it fell.",
    ),
    "specks": (
        "Specks",
        "Dust, faint lines and what the frame cuts off are taken away. Off: all ink counts.",
    ),
}


def photo_steps_left_out(key: str) -> list[PhotoStep]:
    """Return the steps that the visitor has switched off, for the photo of this key."""
    return [step for step in PHOTO_STEPS if not st.session_state.get(f"{key}_{step}", True)]


def show_photo_steps(photo: Picture, trace: PhotoTrace, *, key: str) -> None:
    """Show the photo, and what each step made of it, with its switch."""
    st.subheader("From the photo to ink on paper", anchor=False)
    before = photo
    with st.container(horizontal=True, gap="small", key=f"{key}_photo_steps"):
        with st.container(width=PICTURE_SIDE_PX, gap="xsmall"):
            st.html(thumbnail(photo, "The photo"))
            st.markdown("Photo")
        for step, (title, explanation) in TITLES.items():
            before = trace.pictures.get(step, before)
            show_step(before, title, explanation, key=f"{key}_{step}")
