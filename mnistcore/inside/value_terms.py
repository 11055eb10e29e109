"""What one value inside a network is made of: inputs times weights, and a constant.

Every layer here is such a sum at each of its values. A maximum has weight 1 for the largest input
and 0 for the others; a ReLU has weight 1 or 0; batch normalisation in evaluation scales and shifts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from mnistcore.errors import InvalidInputError
from mnistcore.inside.inspection import Array, Index, Stage, group_stages
from mnistcore.inside.window_places import Indices, values_at, window_places
from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.elementwise import ReLU
from mnistcore.layers.linear import Linear
from mnistcore.layers.normalisation import BatchNorm
from mnistcore.layers.pooling import MaxPooling, Pooling


@dataclass(frozen=True, eq=False)
class Terms:
    """The products that one value is the sum of.

    Attributes:
        places: (T, axes) index of each term's input; outside of the layer's input lies padding.
        taps: (T, axes) which element of the window it is; (T, 0) for layers without a window.
        inputs: (T,), 0 in the padding.
        weights: (T,).
        constant: What is added in the end: bias or shift.
    """

    places: Indices
    taps: Indices
    inputs: Array
    weights: Array
    constant: float

    @property
    def products(self) -> Array:
        """Return each input times its weight, (T,)."""
        return self.inputs * self.weights

    @property
    def total(self) -> float:
        """Return the sum of all products and the constant: the value."""
        return float(self.products.sum()) + self.constant


@dataclass(frozen=True)
class BatchNormNumbers:
    """One channel's batch normalisation: (x - mean) / sqrt(variance + eps) · scale + shift."""

    mean: float
    variance: float
    eps: float
    scale: float
    shift: float

    @property
    def deviation(self) -> float:
        """Return sqrt(variance + eps)."""
        return sqrt(self.variance + self.eps)


def value_terms(stage: Stage, index: Index) -> Terms:
    """Return the terms of one value that a layer puts out.

    Args:
        stage: The layer at work.
        index: Of the value in the stage's outputs.

    Raises:
        InvalidInputError: There is no such value.

    >>> import torch
    >>> from mnistcore.inside.inspection import inspect_network, prepare_model
    >>> from mnistcore.models.model import MyNet
    >>> stages = inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28))
    >>> terms = value_terms(stages[3], (5, 0, 0))
    >>> terms.places.shape, bool(abs(terms.total - stages[3].outputs[5, 0, 0]) < 1e-12)
    ((144, 3), True)
    """
    shape = stage.outputs.shape
    if len(index) != len(shape) or not all(
        0 <= at < size for at, size in zip(index, shape, strict=True)
    ):
        raise InvalidInputError(
            "The layer's output has the shape {shape}, so there is no value {index}. Choose a "
            "place inside.",
            shape=shape,
            index=index,
        )
    layer = stage.layer
    if stage.is_off(index):
        nothing = np.empty((0, stage.inputs.ndim), np.int64)
        return Terms(nothing, nothing[:, :0], np.empty(0), np.empty(0), 0.0)
    if isinstance(layer, Convolution):
        return _convolution_terms(stage, layer, index)
    if isinstance(layer, Pooling):
        return _pooling_terms(stage, layer, index)
    if isinstance(layer, Linear):
        return _linear_terms(stage, index)
    return _single_term(stage, index)


def steps_to_value(
    stages: Sequence[Stage], number: int, index: Index
) -> tuple[tuple[int, Terms], ...]:
    """Return how a value came about in its block: window or matrix first, then one by one.

    Args:
        stages: From `inspect_network`.
        number: Of the stage, from 0.
        index: Of the value in the stage's outputs.

    Returns:
        The stages from the block's first to this one, with the terms of each.

    >>> import torch
    >>> from mnistcore.inside.inspection import inspect_network, prepare_model
    >>> from mnistcore.models.model import MyNet
    >>> stages = inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28))
    >>> [number for number, terms in steps_to_value(stages, 5, (0, 3, 3))]
    [3, 4, 5]
    """
    block = next(block for block in group_stages(stages) if number in block)
    return tuple(
        (before, value_terms(stages[before], index)) for before in block if before <= number
    )


def batch_norm_numbers(stage: Stage, channel: int) -> BatchNormNumbers:
    """Return what a batch normalisation has learned and measured about one channel.

    >>> import torch
    >>> from mnistcore.inside.inspection import inspect_network, prepare_model
    >>> from mnistcore.models.model import MyNet
    >>> stages = inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28))
    >>> batch_norm_numbers(stages[1], 0)
    BatchNormNumbers(mean=0.0, variance=1.0, eps=1e-05, scale=1.0, shift=0.0)
    """
    module: Any = stage.module
    mean, variance = float(module.running_mean[channel]), float(module.running_var[channel])
    scale = 1.0 if module.weight is None else float(module.weight[channel])
    shift = 0.0 if module.bias is None else float(module.bias[channel])
    return BatchNormNumbers(mean, variance, float(module.eps), scale, shift)


def _convolution_terms(stage: Stage, layer: Convolution, index: Index) -> Terms:
    module: Any = stage.module
    weight = module.weight.detach().numpy()
    ins, outs = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    first = index[0] // outs * ins  # the group's first input channel
    places, taps = window_places(layer, index, range(first, first + ins))
    if isinstance(layer, TransposedConvolution):  # (N, M / groups, Kh, Kw)
        weights = weight[(places[:, 0], index[0] % outs, *taps.T)]
    else:  # (M, N / groups, Kh, Kw)
        weights = weight[(index[0], places[:, 0] - first, *taps.T)]
    inputs, _ = values_at(stage.inputs, places)
    constant = 0.0 if module.bias is None else float(module.bias[index[0]])
    return Terms(places, taps, inputs, weights, constant)


def _pooling_terms(stage: Stage, layer: Pooling, index: Index) -> Terms:
    places, taps = window_places(layer, index, range(index[0], index[0] + 1))
    inputs, is_real = values_at(stage.inputs, places)
    if isinstance(layer, MaxPooling):
        # Padding never wins: it stands for minus infinity.
        places, taps, inputs = places[is_real], taps[is_real], inputs[is_real]
        weights = (np.arange(len(inputs)) == inputs.argmax()).astype(np.float64)
        return Terms(places, taps, inputs, weights, 0.0)
    padding = np.array([0, *layer.for_each_axis("padding")])
    counts = (places < stage.inputs.shape + padding).all(axis=1)  # a window may hang over
    places, taps, inputs = places[counts], taps[counts], inputs[counts]
    return Terms(places, taps, inputs, np.full(len(inputs), 1 / len(inputs)), 0.0)


def _linear_terms(stage: Stage, index: Index) -> Terms:
    module: Any = stage.module
    num_features = stage.inputs.shape[-1]
    places = np.empty((num_features, stage.inputs.ndim), np.int64)
    places[:, :-1] = index[:-1]
    places[:, -1] = np.arange(num_features)
    weights = module.weight.detach().numpy()[index[-1]]
    constant = 0.0 if module.bias is None else float(module.bias[index[-1]])
    return Terms(places, places[:, :0], stage.inputs[index[:-1]], weights, constant)


def _single_term(stage: Stage, index: Index) -> Terms:
    """Return the only term of a layer that changes values one by one, or only moves them."""
    layer = stage.layer
    source = index
    if stage.inputs.ndim != stage.outputs.ndim:
        source = tuple(map(int, np.unravel_index(index[0], stage.inputs.shape)))
    value, weight, constant = float(stage.inputs[source]), 1.0, 0.0
    if isinstance(layer, BatchNorm):
        numbers = batch_norm_numbers(stage, index[0])
        weight = numbers.scale / numbers.deviation
        constant = numbers.shift - numbers.mean * weight
    elif isinstance(layer, ReLU):
        weight = float(value > 0)
    places = np.array([source], np.int64)
    return Terms(places, places[:, :0], np.array([value]), np.array([weight]), constant)
