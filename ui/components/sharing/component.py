"""Weights shared, unshared, fully connected: which lines carry the same weight, and the bill."""

from typing import get_args

from mnistcore.convolution.connections import Sharing, connections
from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.convolution import Conv2d
from mnistcore.stacks.weight_sharing import fully_connected, locally_connected, shared
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
    ways = {
        "Shared: one kernel for all positions": shared,
        "Locally connected: a kernel for each position": locally_connected,
        "Fully connected: every pixel to every output": fully_connected,
    }
    rows = []
    for name, cost_of in ways.items():
        cost = cost_of(layer, input_shape)
        rows.append(
            {
                "Layer": name,
                "Parameters": f"{cost.num_params:,}",
                "Multiply-adds (MACs)": f"{cost.num_macs:,}",
            }
        )
    return rows
