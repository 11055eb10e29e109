"""Weights shared, unshared, fully connected: which lines carry the same weight, and the bill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from mnistcore.convolution.weight_sharing import Sharing, connections, layer_cost
from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.convolution import Conv2d
from ui.components.loader import load
from ui.language import N_, _, each

ROW_LENGTH = 7  # pixels in the little picture

_SHARING = load("sharing")


WORDS = {
    "caption": N_("{weights} weights on {lines} lines"),
    "hint": N_("Point at a line: all lines with the same weight light up."),
    "once": N_("{name}: this weight is used once, nowhere else."),
    "often": N_("{name}: this weight is used {times} times, at every position of the window."),
}


NAMES: dict[Sharing, str] = {
    "shared": N_("shared"),
    "locally connected": N_("locally connected"),
    "fully connected": N_("fully connected"),
}
MEANINGS: dict[Sharing, str] = {
    "shared": N_("Shared: one kernel for all positions"),
    "locally connected": N_("Locally connected: a kernel for each position"),
    "fully connected": N_("Fully connected: every pixel to every output"),
}


@dataclass(frozen=True)
class Bill:
    """What a layer costs in one of the ways, below its picture.

    Attributes:
        count: The number as it is written.
        unit: What is counted.
        share: Of the side of the largest bill's square, from 0 to 1.
    """

    count: str
    unit: str
    share: float


def show_connections(
    *,
    kernel_size: int,
    stride: int,
    key: str,
    names: Mapping[Sharing, str] | None = None,
    words: Mapping[str, str] | None = None,
    bills: Mapping[Sharing, Bill] | None = None,
    replay: str | None = None,
) -> None:
    """Draw one row of pixels joined to its outputs in the three ways.

    Args:
        kernel_size: Of the window.
        stride: Pixels from one position of it to the next.
        key: Of the component.
        names: Of the three ways, if they have others than the library's.
        words: As `WORDS`, if they are others.
        bills: What a layer costs in each way.
        replay: The name of a button that plays again. With one, the picture is as high as the
            page's `--picture-height`, and plays once by itself.

    Raises:
        InvalidInputError: The kernel is wider than the row.
    """
    panels = []
    for sharing in get_args(Sharing):
        lines = connections(ROW_LENGTH, sharing, kernel_size=kernel_size, stride=stride)
        panels.append(
            {
                "name": (each(NAMES) if names is None else names)[sharing],
                "weights": len({line.weight for line in lines}),
                "lines": [vars(line) for line in lines],
                "bill": None if bills is None else vars(bills[sharing]),
            }
        )
    _SHARING(
        key=key,
        data={
            "inputs": ROW_LENGTH,
            "outputs": output_size(ROW_LENGTH, kernel_size=kernel_size, stride=stride),
            "panels": panels,
            "words": {
                **(each(WORDS) if words is None else words),
                "spoken": _("{name}: {text}"),
            },
            "replay": replay,
        },
    )


def cost_table(layer: Conv2d, input_shape: tuple[int, int, int]) -> list[dict[str, str]]:
    """Return what a layer costs in each of the three ways, as rows of a table.

    >>> rows = cost_table(Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28))
    >>> [row["Parameters"] for row in rows]
    ['160', '31,360', '2,461,760']
    """
    rows = []
    for sharing, meaning in MEANINGS.items():
        cost = layer_cost(layer, input_shape, sharing)
        rows.append(
            {
                _("Layer"): _(meaning),
                _("Parameters"): f"{cost.num_params:,}",
                _("Multiply-adds (MACs)"): f"{cost.num_macs:,}",
            }
        )
    return rows
