"""The lines between one row of pixels and its outputs, and which of them carry the same weight.

Three ways to connect the same two rows: `stacks.weight_sharing` counts what each of them costs.
Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from typing import Literal

from mnistcore.layers.conv_arithmetic import output_size

Sharing = Literal["shared", "locally connected", "fully connected"]


@dataclass(frozen=True)
class Connection:
    """A line from an input pixel to an output number.

    Attributes:
        source: Position of the pixel, from 0.
        target: Position of the output number, from 0.
        weight: Which weight it carries; lines with the same number carry the same weight.
    """

    source: int
    target: int
    weight: int


def connections(
    input_size: int,
    sharing: Sharing,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> list[Connection]:
    """Return every line of a layer along one axis; lines into the padding are left out.

    Args:
        input_size: Number of pixels in the row.
        sharing: Which of the three layers.
        kernel_size: Number of kernel elements.
        stride: Pixels from one position of the window to the next.
        padding: Zeros added at each end.
        dilation: Pixels from one kernel element to the next.

    Raises:
        InvalidInputError: The kernel is wider than the padded row.

    >>> [line.weight for line in connections(4, "shared", kernel_size=3)]
    [0, 1, 2, 0, 1, 2]
    >>> [line.weight for line in connections(4, "locally connected", kernel_size=3)]
    [0, 1, 2, 3, 4, 5]
    >>> len(connections(4, "fully connected", kernel_size=3))
    8
    """
    length = output_size(
        input_size, kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation
    )
    if sharing == "fully connected":
        return [
            Connection(source, target, target * input_size + source)
            for target in range(length)
            for source in range(input_size)
        ]
    return [
        Connection(source, target, tap + (0 if sharing == "shared" else target * kernel_size))
        for target in range(length)
        for tap in range(kernel_size)
        if 0 <= (source := target * stride - padding + tap * dilation) < input_size
    ]
