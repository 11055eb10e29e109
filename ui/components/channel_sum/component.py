"""A kernel as deep as its input: each slice makes a part, and the parts add up to one map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mnistcore.convolution.sliding_window import channel_maps, slide
from ui.components.kernel_gallery.component import Exhibit
from ui.components.loader import load
from ui.components.stepper.component import PRODUCT_DECIMALS
from ui.language import N_, each

Array = npt.NDArray[np.float64]

_CHANNEL_SUM = load("channel_sum")

WORDS = {
    "whole": N_("One position in every channel. Arrow keys move it."),
    "sum": N_("The sum: one map"),
    "output": N_("The output map"),
    "bias": N_("bias"),
    "input": N_("Channel {name}"),
    "slice": N_("Slice of the kernel for {name}"),
    "part": N_("Part from {name}"),
}


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
    kernel, bias = layer.kernels[chosen], float(layer.biases[chosen])
    slides = {"stride": layer.stride, "padding": layer.padding}
    output = slide(layer.inputs, kernel, bias=bias, **slides).round(PRODUCT_DECIMALS)
    parts = channel_maps(layer.inputs, kernel, **slides).round(PRODUCT_DECIMALS)
    row, column = np.unravel_index(np.abs(output).argmax(), output.shape)
    return {
        "channels": [
            {"name": name, "input": plane.tolist(), "kernel": part.tolist(), "part": made.tolist()}
            for name, plane, part, made in zip(
                layer.input_names, layer.inputs, kernel, parts, strict=True
            )
        ],
        "bias": bias,
        "output": output.tolist(),
        "position": [int(row), int(column)],
        "stride": layer.stride,
        "padding": layer.padding,
        "largestInput": float(np.abs(layer.inputs).max()),
        "largestWeight": float(np.abs(kernel).max()),
        "largestPart": float(np.abs(parts).max()),
    }


def layer_maps(layer: DeepLayer) -> list[Exhibit]:
    """Return the M maps of a layer, for the gallery."""
    return [
        Exhibit(
            name,
            slide(layer.inputs, kernel, bias=bias, stride=layer.stride, padding=layer.padding),
        )
        for name, kernel, bias in zip(
            layer.kernel_names, layer.kernels, layer.biases.tolist(), strict=True
        )
    ]


def show_channel_sum(
    data: dict[str, Any],
    *,
    key: str,
    large: Sequence[str] = (),
    replay: str = "",
) -> None:
    """Mount the picture.

    Args:
        data: From `channel_data`.
        key: Of the component.
        large: What stands above the channels, the slices, the parts and the sum. With these the
            picture is as high as the page's `--picture-height`, and plays once by itself.
        replay: The name of the button that plays again.
    """
    _CHANNEL_SUM(
        data={**data, "words": each(WORDS), "large": list(large), "replay": replay}, key=key
    )
