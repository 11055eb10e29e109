"""One parameter's gradient, term by term: everywhere it was used, upstream gradient times input.

A bias is used wherever its channel has a value, each time with the input 1, and so is the shift of
batch normalisation; its scale is used at the same places, with the normalised value as its input.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from torch import nn

from mnistcore.in_torch.torch_layers import layer_of
from mnistcore.inside.inspection import Array, Index
from mnistcore.inside.window_places import Indices, values_at
from mnistcore.layers.convolution import TransposedConvolution
from mnistcore.layers.linear import Linear
from mnistcore.layers.normalisation import BatchNorm

Parameter = Literal["weight", "bias"]


@dataclass(frozen=True, eq=False)
class GradientTerms:
    """What one parameter's gradient is the sum of: one product for each place where it was used.

    Attributes:
        outputs: (T, axes) index of the output that the parameter went into.
        places: (T, axes) index of the input that it was multiplied by, maybe in the padding.
        upstream: (T,) how much the loss grows when that output grows by 1.
        inputs: (T,), 0 in the padding, 1 for a bias, normalised for the scale of a BatchNorm.
    """

    outputs: Indices
    places: Indices
    upstream: Array
    inputs: Array

    @property
    def products(self) -> Array:
        """Return upstream times input, (T,)."""
        return self.upstream * self.inputs

    @property
    def total(self) -> float:
        """Return the gradient."""
        return float(self.products.sum())


def gradient_terms(
    module: nn.Module,
    inputs: Array,
    upstream: Array,
    index: Index,
    parameter: Parameter = "weight",
) -> GradientTerms:
    """Return the terms of one parameter's gradient.

    Args:
        module: A convolution, of whatever kind, a linear layer, or a BatchNorm in evaluation.
        inputs: What it was given, without the batch.
        upstream: The loss's gradient by its outputs, of the outputs' shape.
        index: Of the number in `module.weight` or `module.bias`.
        parameter: Which of the two it is; the scale of a BatchNorm is its weight, the shift its
            bias.

    >>> inputs, upstream = np.array([[1.0, 2, 3]]), np.ones((1, 2))
    >>> terms = gradient_terms(nn.Conv1d(1, 1, 2), inputs, upstream, (0, 0, 1))
    >>> terms.places.tolist(), terms.total
    ([[0, 1], [0, 2]], 5.0)
    >>> gradient_terms(nn.Conv1d(1, 1, 2), inputs, upstream, (0,), "bias").total
    2.0
    """
    layer: Any = layer_of(module)
    if parameter == "bias" or isinstance(layer, BatchNorm):
        return _terms_of_channel(module, inputs, upstream, index[0], parameter)
    if isinstance(layer, Linear):
        grid = _grid(inputs.shape[:-1])
        outputs = np.concatenate([grid, np.full((len(grid), 1), index[0])], axis=1)
        places = np.concatenate([grid, np.full((len(grid), 1), index[1])], axis=1)
        return _look_up(outputs, places, upstream, inputs)
    return _terms_of_kernel(layer, inputs, upstream, index)


def _terms_of_kernel(layer: Any, inputs: Array, upstream: Array, index: Index) -> GradientTerms:
    """Return the terms of one element of a convolution's kernel, of whatever kind."""
    is_transposed = isinstance(layer, TransposedConvolution)
    windows = _grid((inputs if is_transposed else upstream).shape[1:])
    axes = layer.axes()
    strides = [axis["stride"] for axis in axes]
    pairs = zip(axes, index[2:], strict=True)
    starts = [axis["dilation"] * tap - axis["padding"] for axis, tap in pairs]
    met = windows * strides + starts  # what this element of each window lies on
    ins, outs = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    if is_transposed:
        is_kept = ((met >= 0) & (met < upstream.shape[1:])).all(axis=1)
        outputs = _with_channel(index[0] // ins * outs + index[1], met[is_kept])
        return _look_up(outputs, _with_channel(index[0], windows[is_kept]), upstream, inputs)
    places = _with_channel(index[0] // outs * ins + index[1], met)
    return _look_up(_with_channel(index[0], windows), places, upstream, inputs)


def _terms_of_channel(
    module: Any, inputs: Array, upstream: Array, channel: int, parameter: Parameter
) -> GradientTerms:
    """Return the terms of what is used at every place of one channel."""
    if isinstance(module, nn.Linear):
        grid = _grid(upstream.shape[:-1])
        outputs = np.concatenate([grid, np.full((len(grid), 1), channel)], axis=1)
    else:
        outputs = _with_channel(channel, _grid(upstream.shape[1:]))
    factors = np.ones(len(outputs))
    if parameter == "weight":
        mean, variance = (float(v[channel]) for v in (module.running_mean, module.running_var))
        factors = (inputs[tuple(outputs.T)] - mean) / np.sqrt(variance + module.eps)
    return GradientTerms(outputs, outputs, upstream[tuple(outputs.T)], factors)


def _grid(shape: tuple[int, ...]) -> Indices:
    return np.argwhere(np.ones(shape, np.bool_))  # of no axes: one place, ()


def _with_channel(channel: int, places: Indices) -> Indices:
    return np.concatenate([np.full((len(places), 1), channel), places], axis=1)


def _look_up(outputs: Indices, places: Indices, upstream: Array, inputs: Array) -> GradientTerms:
    values, _ = values_at(inputs, places)
    return GradientTerms(outputs, places, upstream[tuple(outputs.T)], values)
