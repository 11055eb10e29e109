"""The arguments of torch.nn's layers and of its functions, in torch's order.

A name that the layer's namesake in `layers` has no field for changes none of its numbers.
"""

from dataclasses import MISSING, fields

from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults

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
