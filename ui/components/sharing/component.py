"""Weights shared, unshared, fully connected: which lines carry the same weight, and the bill."""

from typing import get_args

from mnistcore.convolution.weight_sharing import Sharing, connections, layer_cost
from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.convolution import Conv2d
from ui.components.loader import load

ROW_LENGTH = 7  # pixels in the little picture

_SHARING = load("sharing")


def show_connections(*, kernel_size: int, stride: int) -> None:
    """Draw one row of pixels joined to its outputs in the three ways.

    Raises:
        InvalidInputError: The kernel is wider than the row.
    """
    panels = []
    for sharing in get_args(Sharing):
        lines = connections(ROW_LENGTH, sharing, kernel_size=kernel_size, stride=stride)
        panels.append(
            {
                "name": sharing,
                "weights": len({line.weight for line in lines}),
                "lines": [vars(line) for line in lines],
            }
        )
    _SHARING(
        key="window_sharing",
        data={
            "inputs": ROW_LENGTH,
            "outputs": output_size(ROW_LENGTH, kernel_size=kernel_size, stride=stride),
            "panels": panels,
            "hint": "Point at a line: all lines with the same weight light up.",
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
