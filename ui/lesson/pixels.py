"""Stop 1: nine pixels times nine weights make one number."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.kernels import KERNELS
from mnistcore.lesson.strokes import Direction, check_vanishing, main_direction
from ui import shared
from ui.components.kernel_gallery.component import Exhibit, show_gallery
from ui.components.reports import reported_place
from ui.components.stepper.component import Step, show_stepper, stepper_data
from ui.convolution.torch_check import show_unfolded_check
from ui.language import _
from ui.lesson import frame
from ui.lesson.texts import pixels as texts

CHOSEN, GALLERY = "lesson_kernel", "lesson_kernels"
FIRST = "Emboss"  # which sees every stroke
PIXEL_DECIMALS = 2


def show() -> None:
    """Draw the stop."""
    names = list(KERNELS)
    name = st.session_state.get(CHOSEN, FIRST)
    pixels, direction = _pixels_and_direction()
    step = Step(pixels, KERNELS[name](3))
    place, control, task = frame.places()
    with place:
        data = stepper_data(step, position=None, scale=(0, 1), paintable=False, large=True)
        show_stepper(data, key="lesson_stepper")
    with control:
        st.markdown(_(texts.KERNELS))
        show_gallery(
            _(texts.KERNELS),
            [_exhibit(number, KERNELS[one](3)) for number, one in enumerate(names, start=1)],
            names.index(name),
            key=GALLERY,
            on_click=_keep_kernel,
        )
    with task:
        frame.ask(_(texts.TASKS[direction]))
        outcome = (
            check_vanishing(pixels, step.kernel, direction) if CHOSEN in st.session_state else None
        )
        share = f"{outcome.numbers.get('share', 0):.0%}" if outcome else ""
        sentences = dict(texts.OUTCOMES)
        if direction == "upright":
            sentences["vanished"] = sentences["vanished_upright"]
        frame.solve(outcome, sentences, share=share)
    frame.fold(lambda: show_unfolded_check(step))


def _exhibit(number: int, kernel: npt.NDArray[np.float64]) -> Exhibit:
    """Return a kernel without its name, which would be half of the answer."""
    weights = "; ".join(" ".join(f"{weight:g}" for weight in row) for row in kernel.tolist())
    spoken = _(texts.KERNEL, number=number, weights=weights)
    return Exhibit("", kernel=kernel, spoken=spoken)


def digit_pixels() -> npt.NDArray[np.float64]:
    """Return the visitor's digit, (28, 28) from 0 to 1, in few enough decimals to write out."""
    pixels: npt.NDArray[np.float64] = (shared.digit() / 255).round(PIXEL_DECIMALS)
    return pixels


def _pixels_and_direction() -> tuple[npt.NDArray[np.float64], Direction]:
    """Return the digit, and where most of it runs; one that runs nowhere gives way to the 7."""
    for pixels in (digit_pixels(), (shared.example_digit() / 255).round(PIXEL_DECIMALS)):
        if direction := main_direction(pixels):
            return pixels, direction
    raise AssertionError("the 7 has a bar")


def _keep_kernel() -> None:
    place = reported_place(GALLERY, len(KERNELS))
    if place is not None:
        st.session_state[CHOSEN] = list(KERNELS)[place]
