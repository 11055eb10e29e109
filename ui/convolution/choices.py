"""Which kernel slides, and how: the widgets above the stepper, all of them in the address."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.kernels import KERNELS, WEIGHT_DECIMALS
from mnistcore.sliding_window import slide
from ui.convolution.gallery import Exhibit, show_gallery
from ui.convolution.own_kernel import LARGEST_KERNEL, OWN, remember_kernel, type_kernel
from ui.convolution.pictures import PIXEL_DECIMALS, SIDE_PX, Picture
from ui.convolution.stepper import Step
from ui.convolution.trained import trained_layer

Array = npt.NDArray[np.float64]

TRAINED = "Trained first layer"
NUM_TRAINED = 16

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
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = _number("Kernel size", "window_kernel_size", 1, LARGEST_KERNEL, 3, name == TRAINED)
        stride = _number("Stride", "window_stride", 1, 5, 1)
        padding = _number("Padding", "window_padding", 0, 6, 0)
        dilation = _number("Dilation", "window_dilation", 1, 5, 1)
        if name == TRAINED:
            index = _number("Which of the 16", "window_trained", 1, NUM_TRAINED, 1) - 1
            bias = 0.0
        else:
            bias = _choose_bias()
    st.caption(f"**{name}** {SAYS[name]}")
    pixels, scale = picture.pixels, _scale(picture.pixels)
    if name == TRAINED:
        pixels, scale = (pixels * 2 - 1).round(PIXEL_DECIMALS), (-1.0, 1.0)
        kernel, bias = _trained_kernel(index, pixels)
        st.caption(
            "The network was trained on pixels from −1 (paper) to 1 (ink), so the picture is shown "
            "that way; padding with 0 is grey to it. Its own stride is 2 and its padding 1. The "
            "weights are rounded to four decimals, so that you can follow the sum."
        )
    elif name == OWN:
        kernel = type_kernel(size)
    else:
        kernel = KERNELS[name](size)
    return Choice(Step(pixels, kernel, bias, stride, padding, dilation), scale)


def _scale(pixels: Array) -> tuple[float, float]:
    """Return what to draw as paper and as ink: 0 and 1, or further if the pixels go further."""
    return min(0.0, float(pixels.min())), max(1.0, float(pixels.max()))


def _number(
    label: str, key: str, lowest: int, highest: int, default: int, disabled: bool = False
) -> int:
    return int(
        st.number_input(
            label,
            lowest,
            highest,
            default,
            key=key,
            width=150,
            disabled=disabled,
            bind="query-params",
        )
    )


def _choose_bias() -> float:
    bias = st.number_input(
        "Bias", -10.0, 10.0, 0.0, 0.1, "%.2f", key="window_bias", width=150, bind="query-params"
    )
    return round(bias, PIXEL_DECIMALS)


def _trained_kernel(index: int, pixels: Array) -> tuple[Array, float]:
    layer = trained_layer(bytes(SIDE_PX * SIDE_PX), 1)
    exhibits = [
        Exhibit(str(number), slide(pixels[None], kernel, bias=bias), kernel[0])
        for number, (kernel, bias) in enumerate(
            zip(layer.kernels, layer.biases.tolist(), strict=True), start=1
        )
    ]
    show_gallery(
        "The first layer's 16 kernels",
        exhibits,
        index,
        key="window_trained_gallery",
        on_click=_choose_trained,
        side_px=52,
    )
    kernel = layer.kernels[index, 0].round(WEIGHT_DECIMALS)
    return kernel, float(layer.biases[index].round(WEIGHT_DECIMALS))


def _choose_trained() -> None:
    st.session_state.window_trained = int(st.session_state.window_trained_gallery.clicked) + 1
