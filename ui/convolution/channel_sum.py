"""A kernel as deep as its input: each slice makes a part, and the parts add up to one map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.sliding_window import channel_maps, slide
from ui.convolution.assets import read_assets
from ui.convolution.stepper import PRODUCT_DECIMALS

Array = npt.NDArray[np.float64]

_CHANNEL_SUM = st.components.v2.component(
    "convolution_channel_sum",
    html=read_assets("channel_sum.html"),
    css=read_assets("channel_sum.css"),
    js=read_assets("numbers.js", "grid.js", "channel_sum.js"),
)


@dataclass(frozen=True)
class DeepLayer:
    """A convolution with several channels in and out, and what goes into it.

    Attributes:
        inputs: (N, H, W), two decimals.
        kernels: (M, N, K, K), four decimals.
        biases: (M,), four decimals.
        input_names: What to call the N channels.
        kernel_names: What to call the M kernels.
        stride: Pixels from one position of the window to the next.
        padding: Zeros added on each side.
    """

    inputs: Array
    kernels: Array
    biases: Array
    input_names: Sequence[str]
    kernel_names: Sequence[str]
    stride: int = 1
    padding: int = 0


def channel_data(layer: DeepLayer, chosen: int) -> dict[str, Any]:
    """Return what the browser needs to show one of the kernels, as plain numbers.

    Args:
        layer: The layer and what goes into it.
        chosen: Which of the M kernels, from 0.

    Raises:
        InvalidInputError: The kernels do not fit the input.

    >>> layer = DeepLayer(
    ...     np.array([[[2.0]], [[3.0]]]),
    ...     np.array([[[[0.5]], [[1.0]]]]),
    ...     np.array([0.1]),
    ...     ["a", "b"],
    ...     ["mix"],
    ... )
    >>> data = channel_data(layer, 0)
    >>> [channel["part"] for channel in data["channels"]], data["output"]
    ([[[1.0]], [[3.0]]], [[4.1]])
    """
    slides = {"stride": layer.stride, "padding": layer.padding}
    maps = [
        slide(layer.inputs, kernel, bias=bias, **slides).round(PRODUCT_DECIMALS)
        for kernel, bias in zip(layer.kernels, layer.biases.tolist(), strict=True)
    ]
    kernel, output = layer.kernels[chosen], maps[chosen]
    parts = channel_maps(layer.inputs, kernel, **slides).round(PRODUCT_DECIMALS)
    row, column = np.unravel_index(np.abs(output).argmax(), output.shape)
    return {
        "channels": [
            {"name": name, "input": plane.tolist(), "kernel": part.tolist(), "part": made.tolist()}
            for name, plane, part, made in zip(
                layer.input_names, layer.inputs, kernel, parts, strict=True
            )
        ],
        "bias": float(layer.biases[chosen]),
        "output": output.tolist(),
        "maps": [
            {"name": name, "values": made.round(3).tolist()}
            for name, made in zip(layer.kernel_names, maps, strict=True)
        ],
        "caption": f"{len(maps)} kernels make {len(maps)} maps. Choose one to see its sum.",
        "chosen": chosen,
        "position": [int(row), int(column)],
        "stride": layer.stride,
        "padding": layer.padding,
        "largestInput": float(np.abs(layer.inputs).max()),
        "largestWeight": float(np.abs(kernel).max()),
        "largestPart": float(np.abs(parts).max()),
    }


def show_channel_sum(
    data: dict[str, Any], *, key: str, on_change: Callable[[], None] | None = None
) -> None:
    """Mount the picture; its state has `chosen`, a kernel's number, once one was clicked."""
    _CHANNEL_SUM(data=data, key=key, on_chosen_change=on_change or (lambda: None))
