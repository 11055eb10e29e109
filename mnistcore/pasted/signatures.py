"""The arguments of torch.nn's layers and of its functions, in torch's order.

A name that the layer's namesake in `layers` has no field for changes none of its numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields

from mnistcore.evaluator.machine import Arguments
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults
from mnistcore.sentences import Sentence

_NEW = ("device", "dtype")
_CONVOLUTION = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation"),
    *("groups", "bias", "padding_mode", *_NEW),
)
_TRANSPOSED = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding"),
    *("groups", "bias", "dilation", "padding_mode", *_NEW),
)
_MAX_POOL = ("kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode")
_AVG_POOL = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
_NORM = ("num_features", "eps", "momentum", "affine", "track_running_stats", *_NEW, "bias")
_UPSAMPLE = ("size", "scale_factor", "mode", "align_corners", "recompute_scale_factor")
_ADAPTIVE_MAX = ("output_size", "return_indices")

LAYERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("Conv1d", "Conv2d", "Conv3d"), _CONVOLUTION),
    **dict.fromkeys(("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"), _TRANSPOSED),
    **dict.fromkeys(("MaxPool1d", "MaxPool2d", "MaxPool3d"), _MAX_POOL),
    "AvgPool1d": _AVG_POOL,
    **dict.fromkeys(("AvgPool2d", "AvgPool3d"), (*_AVG_POOL, "divisor_override")),
    **dict.fromkeys(("AdaptiveAvgPool1d", "AdaptiveAvgPool2d"), ("output_size",)),
    **dict.fromkeys(("AdaptiveMaxPool1d", "AdaptiveMaxPool2d"), _ADAPTIVE_MAX),
    **dict.fromkeys(("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"), _NORM),
    **dict.fromkeys(("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"), _NORM),
    "GroupNorm": ("num_groups", "num_channels", "eps", "affine", *_NEW, "bias"),
    "LayerNorm": ("normalized_shape", "eps", "elementwise_affine", "bias", *_NEW),
    "LocalResponseNorm": ("size", "alpha", "beta", "k"),
    "Linear": ("in_features", "out_features", "bias", *_NEW),
    **dict.fromkeys(("Dropout", "Dropout1d", "Dropout2d", "AlphaDropout"), ("p", "inplace")),
    "Flatten": ("start_dim", "end_dim"),
    "Unflatten": ("dim", "unflattened_size"),
    "Upsample": _UPSAMPLE,
    "ZeroPad2d": ("padding",),
    "Identity": (),
    **dict.fromkeys(("ReLU", "ReLU6", "SELU", "SiLU", "Mish"), ("inplace",)),
    **dict.fromkeys(("Hardswish", "Hardsigmoid"), ("inplace",)),
    **dict.fromkeys(("Sigmoid", "Tanh", "Softsign", "LogSigmoid"), ()),
    "LeakyReLU": ("negative_slope", "inplace"),
    **dict.fromkeys(("ELU", "CELU"), ("alpha", "inplace")),
    "GELU": ("approximate",),
    "Hardtanh": ("min_val", "max_val", "inplace", "min_value", "max_value"),
    "Softplus": ("beta", "threshold"),
    "PReLU": ("num_parameters", "init", *_NEW),
    **dict.fromkeys(("Softmax", "LogSoftmax"), ("dim",)),
}
LAZY = {
    f"Lazy{kind}": (kind, name)
    for kind, name in (
        *((f"Conv{axes}d", "in_channels") for axes in (1, 2, 3)),
        *((f"ConvTranspose{axes}d", "in_channels") for axes in (1, 2, 3)),
        *((f"BatchNorm{axes}d", "num_features") for axes in (1, 2, 3)),
        *((f"InstanceNorm{axes}d", "num_features") for axes in (1, 2, 3)),
        ("Linear", "in_features"),
    )
}

_ACTIVATIONS = {
    **{"relu": "ReLU", "relu_": "ReLU", "relu6": "ReLU6", "selu": "SELU", "silu": "SiLU"},
    **{"mish": "Mish", "hardswish": "Hardswish", "hardsigmoid": "Hardsigmoid"},
    **{"elu": "ELU", "celu": "CELU", "gelu": "GELU", "leaky_relu": "LeakyReLU"},
    **{"leaky_relu_": "LeakyReLU", "elu_": "ELU", "sigmoid": "Sigmoid", "sigmoid_": "Sigmoid"},
    **{"tanh": "Tanh", "tanh_": "Tanh", "softsign": "Softsign", "logsigmoid": "LogSigmoid"},
    **{"softplus": "Softplus", "hardtanh": "Hardtanh"},
}
_DROPOUT = ("p", "training", "inplace")
_MAX_POOL_FUNCTION = ("kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices")
_SOFTMAX = ("dim", "_stacklevel", "dtype")
# By the name of the function: the layer it stands for, and its arguments behind the input.
FUNCTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    **{name: (kind, LAYERS[kind]) for name, kind in _ACTIVATIONS.items()},
    **{f"max_pool{axes}d": (f"MaxPool{axes}d", _MAX_POOL_FUNCTION) for axes in (1, 2, 3)},
    **{f"avg_pool{axes}d": (f"AvgPool{axes}d", LAYERS[f"AvgPool{axes}d"]) for axes in (1, 2, 3)},
    **{
        f"adaptive_{which}_pool{axes}d": (f"Adaptive{which.capitalize()}Pool{axes}d", _ADAPTIVE_MAX)
        for which in ("avg", "max")
        for axes in (1, 2)
    },
    "dropout": ("Dropout", _DROPOUT),
    "dropout_": ("Dropout", _DROPOUT),
    "dropout1d": ("Dropout1d", _DROPOUT),
    "dropout2d": ("Dropout2d", _DROPOUT),
    "alpha_dropout": ("AlphaDropout", _DROPOUT),
    "softmax": ("Softmax", _SOFTMAX),
    "log_softmax": ("LogSoftmax", _SOFTMAX),
    "interpolate": ("Upsample", (*_UPSAMPLE, "antialias")),
    "upsample": ("Upsample", _UPSAMPLE),
    "local_response_norm": ("LocalResponseNorm", LAYERS["LocalResponseNorm"]),
}
TAKES_ANYTHING = {"Identity"}
KEEP_LESS_IN_PLACE = {"SELU", "LeakyReLU", "ELU", "CELU"}  # their output then, and no input


def argument_names(kind: str) -> tuple[str, ...] | None:
    """Return the arguments of a layer in torch's order; None if the layer is not known.

    Args:
        kind: Its name in torch.nn, a lazy one included.

    >>> argument_names("LazyLinear")
    ('out_features', 'bias', 'device', 'dtype')
    """
    if kind in LAZY:
        concrete, own = LAZY[kind]
        return tuple(name for name in LAYERS[concrete] if name != own)
    return LAYERS.get(kind)


def memory_note(kind: str, given: Mapping[str, object]) -> Sentence | None:
    """Return what arguments change of the training memory alone, None if nothing.

    Args:
        kind: The layer's name in torch.nn.
        given: Its arguments by name, as the text gives them.

    >>> memory_note("ELU", {"inplace": True})
    '`{code}` works in place: training keeps less than is counted here.'
    >>> memory_note("ReLU", {"inplace": True}) is None
    True
    """
    if kind in KEEP_LESS_IN_PLACE and given.get("inplace") is True:
        return Sentence("`{code}` works in place: training keeps less than is counted here.")
    if given.get("padding_mode", "zeros") != "zeros":
        return Sentence(
            "`{code}` pads with the image: training keeps the padding too, which is not counted "
            "here."
        )
    return None


def fields_of(kind: str) -> set[str]:
    """Return the arguments that our layer of this name has, those that change its numbers.

    Args:
        kind: Its name in torch.nn.

    >>> sorted(fields_of("Linear")), fields_of("LSTM")
    (['bias', 'in_features', 'out_features'], set())
    """
    concrete = LAZY[kind][0] if kind in LAZY else kind
    return (
        {field.name for field in fields(LAYER_KINDS[concrete])}
        if concrete in LAYER_KINDS
        else set()
    )


def argument_default(kind: str, name: str) -> object:
    """Return the default of a layer's argument; None if there is none.

    Args:
        kind: Its name in torch.nn.
        name: Of the argument.

    >>> argument_default("Conv2d", "stride")
    1
    """
    concrete = LAZY[kind][0] if kind in LAZY else kind
    if concrete not in LAYER_KINDS:
        return None
    default = argument_defaults(concrete).get(name, MISSING)
    return None if default is MISSING else default


def bound_arguments(kind: str, arguments: Arguments) -> tuple[dict[str, object], str]:
    """Return a layer's arguments by name, those that change a number, and what is wrong with them.

    Args:
        kind: Its name in torch.nn.
        arguments: By place and by name.

    >>> bound_arguments("BatchNorm2d", ([16, 1e-3], {"momentum": 0.1}))
    ({'num_features': 16}, '')
    >>> bound_arguments("Conv2d", ([1, 16], {"out_channels": 8}))[1]
    "Conv2d's `out_channels` is given twice. Give it once."
    """
    names = argument_names(kind) or ()
    is_known, own = bool(fields_of(kind)) or kind in LAYER_KINDS or kind in LAZY, fields_of(kind)
    fault = ""
    values: dict[str, object] = {}
    for place, value in enumerate(arguments[0]):
        if place < len(names):
            values[names[place]] = value
        else:
            values[f"argument_{place + 1}"] = value
            if is_known and kind not in TAKES_ANYTHING:
                fault = Sentence(
                    "{kind} takes {most} arguments at most, not {count}.",
                    kind=kind,
                    most=len(names),
                    count=len(arguments[0]),
                )
    for name, value in arguments[1].items():
        if name in values:
            fault = Sentence(
                "{kind}'s `{name}` is given twice. Give it once.", kind=kind, name=name
            )
        values.setdefault(name, value)
    if values.pop("return_indices", False) is not False:
        fault = Sentence(
            "{kind}'s `return_indices` gives a second output. Leave it out.", kind=kind
        )
    if kind in TAKES_ANYTHING:
        return {}, fault
    ignored = set(names) - own if is_known else set()
    chosen = {name: value for name, value in values.items() if name not in ignored}
    return {name: _yes_or_no(kind, name, value) for name, value in chosen.items()}, fault


def numbers(values: Sequence[object]) -> list[object]:
    """Return sizes given one by one, or together as a list.

    Args:
        values: As they are given.

    >>> numbers([2, 3]) == numbers([(2, 3)]) == [2, 3]
    True
    """
    if len(values) == 1 and isinstance(values[0], list | tuple):
        return list(values[0])
    return list(values)


def _yes_or_no(kind: str, name: str, value: object) -> object:
    """Return an argument that torch only asks whether it is true, such as `bias=None`, as that."""
    is_asked = isinstance(argument_default(kind, name), bool)
    return bool(value) if is_asked and value in (None, 0, 1) else value
