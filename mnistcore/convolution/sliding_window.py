"""A kernel slides over a picture: the map that comes out, and each channel's part in it.

Knows nothing of training and needs no torch; `in_torch.torch_map` asks it for the same map.
"""

import numpy as np
import numpy.typing as npt

from mnistcore.errors import InvalidInputError
from mnistcore.layers.conv_arithmetic import output_size

Array = npt.NDArray[np.float64]

LARGEST_SIDE_PX = 2048  # of a padded picture: beyond that nobody can watch, and memory runs out


def pad(picture: npt.ArrayLike, padding: int) -> Array:
    """Return the picture with a frame of zeros.

    Args:
        picture: (N, H, W) channels of one picture.
        padding: Zeros added on each of the four sides, p.

    Returns:
        (N, H + 2p, W + 2p).

    >>> pad([[[5]]], padding=1).tolist()
    [[[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]]
    """
    frame = ((0, 0), (padding, padding), (padding, padding))
    return np.pad(np.asarray(picture, dtype=np.float64), frame)


def channel_maps(
    picture: npt.ArrayLike,
    kernel: npt.ArrayLike,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> Array:
    """Return what each slice of the kernel makes of its own channel, before they are added.

    Args:
        picture: (N, H, W) channels of one picture.
        kernel: (N, Kh, Kw), one slice for each channel.
        stride: Pixels from one position of the window to the next.
        padding: Zeros added on each side of the picture.
        dilation: Pixels from one kernel element to the next.

    Returns:
        (N, H', W'); their sum over N is the one map that the kernel makes.

    Raises:
        InvalidInputError: The kernel does not fit the picture.

    >>> channel_maps([[[1, 2]], [[3, 4]]], [[[10]], [[1]]]).tolist()
    [[[10.0, 20.0]], [[3.0, 4.0]]]
    """
    kernel = np.asarray(kernel, dtype=np.float64)
    padded, (height, width) = _fit(picture, kernel, stride, padding, dilation)
    maps = np.zeros((len(kernel), height, width))
    for row, column in np.ndindex(*kernel.shape[1:]):
        down = slice(row * dilation, row * dilation + (height - 1) * stride + 1, stride)
        across = slice(column * dilation, column * dilation + (width - 1) * stride + 1, stride)
        maps += padded[:, down, across] * kernel[:, row, column, None, None]
    return maps


def slide(
    picture: npt.ArrayLike,
    kernel: npt.ArrayLike,
    *,
    bias: float = 0.0,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> Array:
    """Return the map that one kernel makes of a picture, as `torch.nn.Conv2d` defines it.

    The kernel is not flipped: strictly, this is a cross-correlation, as in every network library.

    Args:
        picture: (N, H, W) channels of one picture.
        kernel: (N, Kh, Kw), one slice for each channel.
        bias: Added to every output number.
        stride: Pixels from one position of the window to the next.
        padding: Zeros added on each side of the picture.
        dilation: Pixels from one kernel element to the next.

    Returns:
        (H', W'): all channels are summed into one map.

    Raises:
        InvalidInputError: The kernel does not fit the picture.

    >>> slide([[[1, 2], [3, 4]]], [[[1, 1]]], bias=1).tolist()
    [[4.0], [8.0]]
    """
    maps = channel_maps(picture, kernel, stride=stride, padding=padding, dilation=dilation)
    return np.asarray(maps.sum(axis=0) + bias)  # (N, H', W') -> (H', W')


def _fit(
    picture: npt.ArrayLike, kernel: Array, stride: int, padding: int, dilation: int
) -> tuple[Array, tuple[int, int]]:
    """Return the padded picture and the size of the map, if the kernel fits."""
    picture = np.asarray(picture, dtype=np.float64)
    if picture.ndim != 3 or kernel.ndim != 3 or len(picture) != len(kernel):
        raise InvalidInputError(
            "The picture has the shape {shape} and the kernel {shape_2}. Give both as (channels, "
            "height, width) with as many channels in the kernel as in the picture.",
            shape=picture.shape,
            shape_2=kernel.shape,
        )
    height, width = (
        output_size(length, kernel_size=size, stride=stride, padding=padding, dilation=dilation)
        for length, size in zip(picture.shape[1:], kernel.shape[1:], strict=True)
    )
    if (side := max(picture.shape[1:]) + 2 * padding) > LARGEST_SIDE_PX:
        raise InvalidInputError(
            "The padded picture is {side:,} pixels long. Choose a `padding` or a picture that "
            "stays within {largest_side_px:,}.",
            side=side,
            largest_side_px=LARGEST_SIDE_PX,
        )
    return pad(picture, padding), (height, width)
