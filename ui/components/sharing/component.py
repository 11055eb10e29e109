"""Weights shared, unshared, fully connected: which lines carry the same weight, and the bill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from mnistcore.convolution.weight_sharing import Sharing, connections, layer_cost
from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.convolution import Conv2d
from ui.components.loader import load

ROW_LENGTH = 7  # pixels in the little picture

_SHARING = load("sharing")


WORDS = {
    "caption": "{weights} weights on {lines} lines",
    "hint": "Point at a line: all lines with the same weight light up.",
    "once": "{name}: this weight is used once, nowhere else.",
    "often": "{name}: this weight is used {times} times, at every position of the window.",
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
    words: Mapping[str, str] = WORDS,
    bills: Mapping[Sharing, Bill] | None = None,
    replay: str | None = None,
) -> None:
    """Draw one row of pixels joined to its outputs in the three ways.

    Args:
        kernel_size: Of the window.
        stride: Pixels from one position of it to the next.
        key: Of the component.
        names: Of the three ways, if they have others than the library's.
        words: As `WORDS`.
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
                "name": (names or {}).get(sharing, sharing),
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
            "words": dict(words),
            "replay": replay,
        },
    )


def cost_table(layer: Conv2d, input_shape: tuple[int, int, int]) -> list[dict[str, str]]:
    """Return what a layer costs in each of the three ways, as rows of a table.

    >>> rows = cost_table(Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28))
    >>> [row["Parameters"] for row in rows]
    ['160', '31,360', '2,461,760']
    """
    meanings: dict[Sharing, str] = {
        "shared": "one kernel for all positions",
        "locally connected": "a kernel for each position",
        "fully connected": "every pixel to every output",
    }
    rows = []
    for sharing, meaning in meanings.items():
        cost = layer_cost(layer, input_shape, sharing)
        rows.append(
            {
                "Layer": f"{sharing.capitalize()}: {meaning}",
                "Parameters": f"{cost.num_params:,}",
                "Multiply-adds (MACs)": f"{cost.num_macs:,}",
            }
        )
    return rows
