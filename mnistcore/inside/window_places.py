"""Which inputs lie under a layer's window: as indices, so that their values can be looked up."""

import numpy as np
import numpy.typing as npt

from mnistcore.layers.convolution import TransposedConvolution
from mnistcore.layers.window import WindowLayer

Indices = npt.NDArray[np.int64]


def axis_taps(layer: WindowLayer, axis: int, output: int) -> list[tuple[int, int]]:
    """Return which window element meets which input along one axis, for one output.

    Args:
        layer: A convolution, transposed convolution or pooling.
        axis: From 0: the height, or the length of a signal.
        output: The place in the output.

    Returns:
        Pairs (tap, input place); places outside of the input are padding.

    >>> from mnistcore.layers.kinds import Conv2d, ConvTranspose2d
    >>> axis_taps(Conv2d(1, 1, 3, stride=2, padding=1), 0, 0)
    [(0, -1), (1, 0), (2, 1)]
    >>> axis_taps(ConvTranspose2d(1, 1, 3, stride=2, padding=1), 0, 3)
    [(0, 2), (2, 1)]
    """
    numbers = layer.axes()[axis]
    stride, padding, dilation = numbers["stride"], numbers["padding"], numbers["dilation"]
    taps = range(numbers["kernel_size"])
    if isinstance(layer, TransposedConvolution):
        reached = ((tap, output + padding - dilation * tap) for tap in taps)
        return [(tap, place // stride) for tap, place in reached if place % stride == 0]
    return [(tap, output * stride - padding + dilation * tap) for tap in taps]


def window_places(
    layer: WindowLayer, index: tuple[int, ...], channels: range
) -> tuple[Indices, Indices]:
    """Return the places of all inputs under a window, and the window's elements that meet them.

    Args:
        layer: A convolution, transposed convolution or pooling.
        index: Of the output: channel, and a place along each axis.
        channels: Of the input, those that the window goes through.

    Returns:
        Places (T, 1 + axes), some of them in the padding, and taps (T, axes).

    >>> from mnistcore.layers.kinds import Conv1d
    >>> places, taps = window_places(Conv1d(1, 1, 2), (0, 5), range(1))
    >>> places.tolist(), taps.tolist()
    ([[0, 5], [0, 6]], [[0], [1]])
    """
    pairs = [axis_taps(layer, axis, at) for axis, at in enumerate(index[1:])]
    sizes = [range(len(channels)), *(range(len(along)) for along in pairs)]
    grid = np.stack(np.meshgrid(*sizes, indexing="ij"), axis=-1).reshape(-1, len(sizes))
    places = np.empty_like(grid)
    taps = np.empty((len(grid), len(pairs)), np.int64)
    places[:, 0] = channels.start + grid[:, 0]
    for axis, along in enumerate(pairs):
        table = np.array(along, np.int64).reshape(-1, 2)
        taps[:, axis], places[:, axis + 1] = table[grid[:, axis + 1]].T
    return places, taps


def values_at(
    inputs: npt.NDArray[np.float64], places: Indices
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the inputs at places, 0 in the padding, and which of them are no padding.

    Args:
        inputs: Of any shape.
        places: (T, axes) indices, of which some may lie outside.

    >>> values, is_real = values_at(np.array([5.0, 6.0]), np.array([[-1], [1]]))
    >>> values.tolist(), is_real.tolist()
    ([0.0, 6.0], [False, True])
    """
    is_real = np.asarray(((places >= 0) & (places < inputs.shape)).all(axis=1))
    values = np.zeros(len(places))
    values[is_real] = inputs[tuple(places[is_real].T)]
    return values, is_real
