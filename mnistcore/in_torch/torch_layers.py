"""Layers and layer stacks built in torch, and torch's layers read back as ours.

Every kind of layer has its namesake in `torch.nn`, with the same arguments.
"""

from dataclasses import fields
from typing import Any

import torch
from torch import nn

from mnistcore.layers.kinds import LAYER_KINDS, make_layer
from mnistcore.layers.layer import Layer
from mnistcore.stacks.stack import BYTES_PER_NUMBER, LayerStack

MOST_MACS_RUN = 10**9
MOST_NUMBERS_HELD = 5 * 10**7  # 200 MB in float32


def build_layer(layer: Layer, device: str = "cpu") -> nn.Module:
    """Return torch's own layer for one of ours.

    Args:
        layer: Any layer.
        device: Where its weights go; "meta" allocates none.

    >>> from mnistcore.layers.kinds import MaxPool2d
    >>> build_layer(MaxPool2d(2))
    MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
    """
    with torch.device(device):
        module: nn.Module = getattr(nn, layer.kind)(**layer.arguments())
    return module


def build_sequential(stack: LayerStack, device: str = "cpu") -> nn.Sequential:
    """Return a network in torch: images (N, *input_shape) -> outputs (N, *output_shape).

    Args:
        stack: The network.
        device: Where its weights go; "meta" allocates none.

    Raises:
        InvalidInputError: A layer cannot take what the one before it gives.

    >>> from mnistcore.stacks.presets import my_net
    >>> build_sequential(my_net())(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 10])
    """
    stack.analyse()
    return nn.Sequential(*(build_layer(layer, device) for layer in stack.layers))


def layer_of(module: nn.Module) -> Layer | None:
    """Return our layer for one of torch's, or None if it is of no kind known here.

    >>> print(layer_of(nn.Conv2d(3, 8, 3, padding=1)))
    Conv2d(in_channels=3, out_channels=8, kernel_size=3, padding=1)
    """
    bases: tuple[Any, ...] = type(module).__mro__
    base = next((base for base in bases if base.__name__ in LAYER_KINDS), None)
    if base is None or type(module).forward is not base.forward:  # one that calculates otherwise
        return None
    names = [field.name for field in fields(LAYER_KINDS[base.__name__])]
    arguments = {name: getattr(module, name) for name in names}
    if "bias" in arguments:
        is_learned = arguments.get("affine", arguments.get("elementwise_affine", True))
        arguments["bias"] = arguments["bias"] is not None or not is_learned
    return make_layer(base.__name__, **arguments)


def affordable_device(stack: LayerStack) -> str:
    """Return "cpu" for a network that runs in a moment, "meta" for one that is too large.

    >>> from mnistcore.stacks.presets import my_net, vgg16
    >>> affordable_device(my_net()), affordable_device(vgg16())
    ('cpu', 'meta')
    """
    analysis = stack.analyse()
    numbers = analysis.num_params + analysis.activation_bytes // BYTES_PER_NUMBER
    is_small = analysis.num_macs <= MOST_MACS_RUN and numbers <= MOST_NUMBERS_HELD
    return "cpu" if is_small else "meta"
