"""Which kernel slides, and how: the widgets above the stepper, all of them in the address."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnistcore.convolution.kernels import KERNELS
from ui.components.stepper.component import Step
from ui.convolution.own_kernel import LARGEST_KERNEL, OWN, remember_kernel, type_kernel
from ui.convolution.pictures import PIXEL_DECIMALS, Picture
from ui.convolution.trained_kernel import NUM_TRAINED, TRAINED, choose_trained_kernel

Array = npt.NDArray[np.float64]


SAYS = {
    "Identity": "copies the pixel under its centre: the picture comes out as it went in.",
    "Blur": "takes a weighted mean; the weights add up to 1, so brightness stays.",
    "Sharpen": "adds to each pixel what sets it apart from its neighbours.",
    "Sobel x": "answers to upright edges: blue where the ink begins, orange where it ends.",
    "Sobel y": "answers to level edges: it is Sobel x, turned.",
    "Laplacian": "compares a pixel with its neighbours: an even area gives 0, whatever its shade.",
    "Emboss": "lights the picture from one corner, as if the ink were raised.",
    OWN: "does what you tell it to.",
    TRAINED: "was not designed by anybody: training found these numbers.",
}


@dataclass(frozen=True)
class Choice:
    """A layer to step through.

    Attributes:
        step: The picture, the kernel and how it slides.
        scale: The values to draw as paper and as ink.
    """

    step: Step
    scale: tuple[float, float]


def choose_kernel(picture: Picture) -> Choice:
    """Show the widgets that choose a kernel and how it slides, and return the layer.

    Raises:
        InvalidInputError: There is no such kernel in this size.
    """
    name = st.pills(
        "Kernel",
        [*KERNELS, OWN, TRAINED],
        key="window_kernel",
        default="Sobel x",
        required=True,
        bind="query-params",
        on_change=remember_kernel,
    )
    settings = st.container(horizontal=True, vertical_alignment="bottom")
    st.caption(f"**{name}** {SAYS[name]}")
    pixels, scale = picture.pixels, _scale(picture.pixels)
    if name == TRAINED:
        # To the network paper is −1 and ink 1.
        pixels, scale = (pixels * 2 - 1).round(PIXEL_DECIMALS), (-1.0, 1.0)
        number = _number(settings, "Which of the 16", "window_trained", 1, NUM_TRAINED, 1)
        kernel, bias = choose_trained_kernel(number, pixels)
    else:
        size = _number(settings, "Kernel size", "window_kernel_size", 1, LARGEST_KERNEL, 3)
        kernel = type_kernel(size) if name == OWN else KERNELS[name](size)
        bias = _choose_bias(settings)
    stride = _number(settings, "Stride", "window_stride", 1, 5, 1)
    padding = _number(settings, "Padding", "window_padding", 0, 6, 0)
    dilation = _number(settings, "Dilation", "window_dilation", 1, 5, 1)
    return Choice(Step(pixels, kernel, bias, stride, padding, dilation), scale)


def _scale(pixels: Array) -> tuple[float, float]:
    """Return what to draw as paper and as ink: 0 and 1, or further if the pixels go further."""
    return min(0.0, float(pixels.min())), max(1.0, float(pixels.max()))


def _number(
    place: DeltaGenerator, label: str, key: str, lowest: int, highest: int, default: int
) -> int:
    return place.number_input(
        label, lowest, highest, default, key=key, width=150, bind="query-params"
    )


def _choose_bias(place: DeltaGenerator) -> float:
    bias = place.number_input(
        "Bias", -10.0, 10.0, 0.0, 0.1, "%.2f", key="window_bias", width=150, bind="query-params"
    )
    return round(bias, PIXEL_DECIMALS)
