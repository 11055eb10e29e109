"""Every kind of layer by its name in torch.nn, and layers to and from plain dictionaries.

Imports neither torch nor numpy.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches

from mnistcore.errors import InvalidInputError
from mnistcore.layers.across_channels import LocalResponseNorm, LogSoftmax, Softmax
from mnistcore.layers.adaptive_pooling import (
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool1d,
    AdaptiveMaxPool2d,
)
from mnistcore.layers.convolution import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from mnistcore.layers.elementwise import (
    CELU,
    ELU,
    GELU,
    SELU,
    AlphaDropout,
    Dropout,
    Dropout1d,
    Dropout2d,
    Hardsigmoid,
    Hardswish,
    Hardtanh,
    Identity,
    LeakyReLU,
    LogSigmoid,
    Mish,
    PReLU,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softplus,
    Softsign,
    Tanh,
)
from mnistcore.layers.layer import Layer
from mnistcore.layers.linear import Flatten, Linear, Unflatten
from mnistcore.layers.normalisation import (
    BatchNorm1d,
    BatchNorm2d,
    GroupNorm,
    InstanceNorm1d,
    InstanceNorm2d,
    LayerNorm,
)
from mnistcore.layers.pooling import AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d
from mnistcore.layers.resizing import Upsample, ZeroPad2d

__all__ = [
    "CELU",
    "ELU",
    "GELU",
    "LAYER_KINDS",
    "SELU",
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AlphaDropout",
    "AvgPool1d",
    "AvgPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv1d",
    "Conv2d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Flatten",
    "GroupNorm",
    "Hardsigmoid",
    "Hardswish",
    "Hardtanh",
    "Identity",
    "InstanceNorm1d",
    "InstanceNorm2d",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LocalResponseNorm",
    "LogSigmoid",
    "LogSoftmax",
    "MaxPool1d",
    "MaxPool2d",
    "Mish",
    "PReLU",
    "ReLU",
    "ReLU6",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Softsign",
    "Tanh",
    "Unflatten",
    "Upsample",
    "ZeroPad2d",
    "argument_defaults",
    "layer_from_dict",
    "layer_to_dict",
    "make_layer",
]

LAYER_KINDS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        *(Conv2d, MaxPool2d, AvgPool2d, ConvTranspose2d),
        *(Conv1d, MaxPool1d, AvgPool1d, ConvTranspose1d),
        *(Linear, BatchNorm2d, BatchNorm1d, ReLU, Dropout, Flatten),
        *(AdaptiveAvgPool2d, AdaptiveMaxPool2d, AdaptiveAvgPool1d, AdaptiveMaxPool1d),
        *(Dropout2d, Dropout1d, AlphaDropout),
        *(LeakyReLU, PReLU, ReLU6, ELU, SELU, CELU, GELU, SiLU, Mish, Hardswish),
        *(Sigmoid, Tanh, LogSigmoid, Softsign, Softplus, Hardsigmoid, Hardtanh),
        *(Softmax, LogSoftmax),
        *(GroupNorm, LayerNorm, InstanceNorm2d, InstanceNorm1d, LocalResponseNorm),
        *(Upsample, ZeroPad2d, Unflatten, Identity),
    )
}


def argument_defaults(kind: str) -> dict[str, object]:
    """Return a kind's arguments in order with their defaults; `MISSING` where there is none.

    Args:
        kind: A name in `LAYER_KINDS`.

    Raises:
        InvalidInputError: There is no such kind.

    >>> argument_defaults("BatchNorm2d")["num_features"] is MISSING
    True
    """
    if kind not in LAYER_KINDS:
        near = get_close_matches(str(kind)[:40], LAYER_KINDS, n=3) or list(LAYER_KINDS)[:5]
        raise InvalidInputError(
            "There is no layer {kind!r}. Choose one of {near}, or another of the {num_kinds} of "
            "torch.nn that are known here.",
            kind=str(kind)[:40],
            near=", ".join(near),
            num_kinds=len(LAYER_KINDS),
        )
    return {field.name: field.default for field in fields(LAYER_KINDS[kind])}


def make_layer(kind: str, **arguments: object) -> Layer:
    """Return a layer of a kind given by name.

    Args:
        kind: A name in `LAYER_KINDS`.
        arguments: Its arguments, as in torch.nn.

    Raises:
        InvalidInputError: The kind or an argument is unknown, missing or out of range.

    >>> make_layer("Conv2d", in_channels=1, out_channels=16, kernel_size=3).num_params
    160
    """
    defaults = argument_defaults(kind)
    if unknown := set(arguments) - set(defaults):
        known = ", ".join(defaults) or "none"
        raise InvalidInputError(
            "{kind} has no argument `{unknown}`. It knows: {known}.",
            kind=kind,
            unknown=str(min(map(str, unknown)))[:40],
            known=known,
        )
    for name, default in defaults.items():
        if default is MISSING and name not in arguments:
            raise InvalidInputError("{kind} needs `{name}`. Give it a value.", kind=kind, name=name)
    return LAYER_KINDS[kind](**arguments)


def layer_to_dict(layer: Layer) -> dict[str, object]:
    """Return a layer as a dictionary that JSON can hold.

    >>> layer_to_dict(Conv2d(1, 16, 3))
    {'kind': 'Conv2d', 'in_channels': 1, 'out_channels': 16, 'kernel_size': 3}
    """
    return {"kind": layer.kind} | layer.arguments()


def layer_from_dict(values: object) -> Layer:
    """Return the layer that `layer_to_dict` wrote.

    Raises:
        InvalidInputError: It is no such dictionary, or says something impossible.

    >>> layer_from_dict({"kind": "MaxPool2d", "kernel_size": [2, 1]})
    MaxPool2d(kernel_size=(2, 1), stride=None, padding=0, dilation=1, ceil_mode=False)
    """
    if not isinstance(values, Mapping) or not isinstance(values.get("kind"), str):
        raise InvalidInputError(
            'A layer is written as {{"kind": "ReLU"}} with its arguments, not {values}.',
            values=str(values)[:40],
        )
    arguments = {str(name): value for name, value in values.items() if name != "kind"}
    return make_layer(str(values["kind"]), **arguments)
