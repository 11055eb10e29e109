"""What one map adds to another: the lines between the layers of a network at work.

A block's convolution (or linear layer) and batch norm are affine, so what goes out is the sum of
what each map that goes in makes by itself, and of a constant. Values that ReLU drops count for
nothing.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from mnistcore.inside.inspection import Array, Stage

BENDING = (nn.ReLU, nn.MaxPool1d, nn.MaxPool2d)  # all other layers are affine in evaluation


@torch.inference_mode()
def map_contributions(stages: Sequence[Stage]) -> Array:
    """Return what each map that goes into a part of a network adds to each that comes out.

    Args:
        stages: Consecutive ones of `inspection.inspect_network`: a convolution or a linear layer
            with what stands before and behind it, such as a flattening, a batch norm or a ReLU.

    Returns:
        (N, M): for N maps in and M maps (or outputs) out, the sum of a map's shares over all places
        where something comes out. Pooling by the maximum lets each map through to its own.

    >>> from mnistcore.inside.inspection import inspect_network, prepare_model
    >>> model = nn.Sequential(nn.Conv2d(2, 1, 1, bias=False), nn.ReLU())
    >>> _ = model[0].weight.data.copy_(torch.tensor([3.0, -1.0])[:, None, None])
    >>> chain = prepare_model(model, (2, 1, 1))
    >>> map_contributions(inspect_network(chain, torch.tensor([[[2.0]], [[4.0]]]))).tolist()
    [[6.0], [-4.0]]
    """
    given, made = stages[0].inputs, stages[-1].outputs
    if isinstance(stages[0].module, BENDING):
        return np.diag(made.reshape(len(made), -1).sum(axis=1))
    alone = np.zeros((len(given) + 1, *given.shape))  # each map by itself, and none
    alone[np.arange(len(given)), np.arange(len(given))] = given
    values = torch.from_numpy(alone)
    for stage in stages:
        if isinstance(stage.module, BENDING):
            break
        values = stage.module(values)
    shares = (values[:-1] - values[-1]).numpy() * (made != 0)  # (N, M, ...)
    sums: Array = shares.reshape(*shares.shape[:2], -1).sum(axis=2)
    return sums
