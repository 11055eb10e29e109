"""What the names of packages stand for, and the classes of values; nothing is imported for it."""

import builtins
import collections.abc

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    UNDEFINED,
    BatchSize,
    Library,
    Method,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.sentences import Sentence

# Packages whose own names are functions and classes, but for a few numbers.
TOLD = {
    *("builtins", "torch", "torch.nn", "torch.nn.functional", "math", "operator", "functools"),
    *("itertools", "collections", "collections.abc", "typing", "numbers"),
}
NUMBERS = {"e", "inf", "nan", "newaxis", "pi", "tau"}
OF_TORCH = {*LAYER_KINDS, "Sequential", "ModuleList", "ModuleDict", "Module"}
# What torch's layers build on beside `nn.Module`, by how their names begin.
BASES = {
    **{"ConvTranspose": ("_ConvTransposeNd", "_ConvNd"), "Conv": ("_ConvNd",)},
    **{"BatchNorm": ("_BatchNorm", "_NormBase"), "InstanceNorm": ("_InstanceNorm", "_NormBase")},
    **{"MaxPool": ("_MaxPoolNd",), "AvgPool": ("_AvgPoolNd",), "AlphaDropout": ("_DropoutNd",)},
    **{"AdaptiveAvgPool": ("_AdaptiveAvgPoolNd",), "AdaptiveMaxPool": ("_AdaptiveMaxPoolNd",)},
    **{"Dropout": ("_DropoutNd",), "ZeroPad": ("ConstantPad2d", "_ConstantPadNd")},
    "ReLU6": ("Hardtanh",),
}


def full_name(library: Library) -> str:
    """Return a name of a package in the way that is shortest in torch.

    Args:
        library: The name.

    >>> full_name(Library("torch.nn.modules.conv.Conv2d")), full_name(Library("undefined.ReLU"))
    ('torch.nn.Conv2d', 'torch.nn.ReLU')
    """
    is_in_parts = library.path.startswith(("torch.nn.modules.", "torch.nn.parameter."))
    is_without_import = library.path.startswith(UNDEFINED) and library.name in OF_TORCH
    return f"torch.nn.{library.name}" if is_in_parts or is_without_import else library.path


def is_told(library: Library) -> bool:
    """Return whether a name of a package is that of a function or class known to be one.

    Args:
        library: The name.

    >>> is_told(Library("torch.nn.ReLU")), is_told(Library("config.USE_BN"))
    (True, False)
    """
    package, _, name = full_name(library).rpartition(".")
    is_class = package != "torch.nn" or name[:1].isupper() or name.startswith("_")
    return package in TOLD and is_class and name not in NUMBERS and not name.startswith("__")


def told(value: object, line: int) -> object:
    """Return a value, `Unknown` in place of a name that may stand for anything.

    Args:
        value: Any value.
        line: Where.

    >>> told(Library("config.DEPTH"), line=1).why
    '`config.DEPTH` is not known here.'
    """
    if isinstance(value, Library):
        return value if is_told(value) else not_known(value.path, line)
    return not_known(value.name, line) if isinstance(value, Method) else value


def not_known(name: str, line: int) -> Unknown:
    """Return what is not known, under its name.

    Args:
        name: Its name.
        line: Where.
    """
    shown = name.removeprefix(f"{UNDEFINED}.")
    return Unknown(line, Sentence("`{name}` is not known here.", name=shown))


def class_of(value: object) -> Library | TextClass:
    """Return the class of a value, as `type` does.

    Args:
        value: A known value.

    >>> class_of(Module(1, 1, "Conv2d")).name, class_of((3, 3)).name, class_of(None).name
    ('Conv2d', 'tuple', 'NoneType')
    """
    if isinstance(value, Module | Thing) and value.of:
        return value.of
    if isinstance(value, Module):
        return Library(f"{UNDEFINED if value.is_undefined else 'torch.nn'}.{value.kind}")
    if isinstance(value, Tensor):
        return Library("torch.Tensor")
    is_class = isinstance(value, Library) and (
        value.name[:1].isupper() or isinstance(getattr(builtins, value.name, None), type)
    )
    if isinstance(value, TextClass) or is_class:
        return Library("builtins.type")
    kind = int if isinstance(value, BatchSize) else type(value)
    is_own = kind.__module__.startswith("mnistcore")
    return getattr(value, "of", None) or Library(
        f"{'types' if is_own else kind.__module__}.{kind.__name__}"
    )


def names_of(base: object) -> tuple[str, ...]:
    """Return the names of a class of a package, and of those that it builds on in torch.

    Args:
        base: The class.

    >>> names_of(Library("torch.nn.LazyLinear"))
    ('torch.nn.Linear', 'torch.nn.LazyLinear', 'torch.nn.Module')
    """
    path = full_name(base) if isinstance(base, Library) else ""
    package, _, kind = path.rpartition(".")
    if package != "torch.nn":
        return (path,)
    settled = kind.removeprefix("Lazy")
    more = next((bases for start, bases in BASES.items() if settled.startswith(start)), ())
    own = {kind} if "Norm" in settled else {kind, settled}  # a lazy norm becomes one later
    names = (*sorted(own, reverse=True), "Module", *more)
    return tuple(f"torch.nn.{name}" for name in names)


def class_name(kind: Library) -> str:
    """Return the name of a class as its package has it today.

    Args:
        kind: The class, as the text imports it.

    >>> class_name(Library("typing.Iterable")), class_name(Library("typing.Tuple"))
    ('collections.abc.Iterable', 'builtins.tuple')
    """
    package, _, name = full_name(kind).rpartition(".")
    if package in ("typing", "collections", UNDEFINED) and name in collections.abc.__all__:
        return f"collections.abc.{name}"
    if package == "typing" and hasattr(builtins, name.lower()):
        return f"builtins.{name.lower()}"
    return "torch.Tensor" if f"{package}.{name}" == f"{UNDEFINED}.Tensor" else f"{package}.{name}"
