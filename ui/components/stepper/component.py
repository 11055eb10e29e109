"""The stepper: one kernel slides over one picture, and the browser shows every product.

Python computes the padded picture and the map; the browser draws them, multiplies the pairs it
shows, and reports where the window came to rest and what was painted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mnistcore.convolution.sliding_window import pad, slide
from mnistcore.layers.conv_arithmetic import unreached_end
from ui.components.loader import load
from ui.components.reports import answered
from ui.components.stepper.words import WORDS
from ui.language import each

Array = npt.NDArray[np.float64]

# Pixels of two decimals times weights of four: every product and sum ends at the sixth.
PRODUCT_DECIMALS = 6

_STEPPER = load("stepper")


@dataclass(frozen=True)
class Step:
    """One layer with one kernel on a picture of one channel.

    Attributes:
        picture: (H, W), at most two decimals.
        kernel: (K, K), at most four decimals.
        bias: Added to every output number.
        stride: Pixels from one position of the window to the next.
        padding: Zeros added on each side.
        dilation: Pixels from one kernel element to the next.
    """

    picture: Array
    kernel: Array
    bias: float = 0.0
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    def output(self) -> Array:
        """Return the map, (H', W').

        Raises:
            InvalidInputError: The kernel does not fit the picture.
        """
        return slide(
            self.picture[None],
            self.kernel[None],
            bias=self.bias,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
        )

    def unreached(self) -> list[int]:
        """Return how many rows and columns at the padded end no window reaches."""
        return [
            unreached_end(
                length,
                kernel_size=size,
                stride=self.stride,
                padding=self.padding,
                dilation=self.dilation,
            )
            for length, size in zip(self.picture.shape, self.kernel.shape, strict=True)
        ]


def stepper_data(
    step: Step,
    *,
    position: tuple[int, int] | None,
    kept: str = "",
    scale: tuple[float, float],
    paintable: bool,
    large: bool = False,
) -> dict[str, Any]:
    """Return what the browser needs, as plain numbers.

    Args:
        step: The layer and its picture.
        position: Row and column of the output number to begin with; the largest if None.
        kept: What is kept of the position, as it was reported; the window goes to `position` once
            this is another than was last seen there or reported.
        scale: The values drawn as paper and as ink.
        paintable: Whether a pen may change the picture.
        large: As high as the page's `--picture-height`, with the products between the two
            pictures; it plays once by itself, and does not report where the window came to rest.

    Raises:
        InvalidInputError: The kernel does not fit the picture.

    >>> step = Step(np.array([[0.2, 0.9]]), np.array([[3.0]]))
    >>> stepper_data(step, position=(0, 0), scale=(0, 1), paintable=False)["output"]
    [[0.6, 2.7]]
    """
    output = step.output().round(PRODUCT_DECIMALS)
    if position is None:
        row, column = np.unravel_index(np.abs(output).argmax(), output.shape)
        position = int(row), int(column)
    return {
        "padded": pad(step.picture[None], step.padding)[0].tolist(),
        "kernel": step.kernel.tolist(),
        "output": output.tolist(),
        "bias": step.bias,
        "stride": step.stride,
        "padding": step.padding,
        "dilation": step.dilation,
        "unreached": step.unreached(),
        "position": list(position),
        "kept": kept,
        "low": scale[0],
        "high": scale[1],
        "paintable": paintable,
        "large": large,
        "words": each(WORDS),
        "speed": "12" if output.size > 49 else "2",
    }


def show_stepper(
    data: dict[str, Any],
    *,
    key: str,
    on_position_change: Callable[[], None] = lambda: None,
    on_drawing_change: Callable[[], None] = lambda: None,
) -> None:
    """Mount the stepper; its state has `position` ("row,column") and `drawing` (28 rows)."""
    _STEPPER(
        data={**data, "answered": answered(key, "position", "drawing")},
        key=key,
        on_position_change=on_position_change,
        on_drawing_change=on_drawing_change,
    )
