"""What the packages that networks import give: torch's classes and functions, a little else."""

import math
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from math import prod

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import checked, python_errors
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.python_functions import PYTHON, taking
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import UNDEFINED, Library, Once, Partial, Thing, Unknown
from mnistcore.layers.layer import Shape
from mnistcore.pasted.classes import deep_copy
from mnistcore.pasted.modules import make_module
from mnistcore.pasted.signatures import FUNCTIONS, LAYERS
from mnistcore.pasted.tensors import (
    BRANCHES,
    MADE,
    SHAPING,
    WITH_WEIGHTS,
    made_tensor,
    told_tensor,
    torch_function,
)
from mnistcore.sentences import Sentence

SUMMARIES = {"summary", "profile", "get_model_complexity_info", "make_dot", "trace", "export"}
WITHOUT_WEIGHTS = (
    *("torchmetrics", "torch.optim", "torch.utils", "torch.distributions", "torchvision.trans"),
    *("numpy", "pathlib", "logging", "argparse", "collections", "torch.Generator", "builtins"),
)
# Functions that leave a module they are given as it is, or give it values; classes wrap it.
LEAVES_MODULES = re.compile(
    r"init|summary|save|load|watch|count|flop|profile|graph|train|test|eval|valid|fit|plot|show"
    r"|\.[A-Z]\w*$|^(builtins|torch\.(optim|onnx|jit|utils)|copy|logging)\."
)
GIVE_BACK = {"torch.compile", "torch.jit.script", "torch.jit.trace", "typing.cast"}
TOLD = {"tensor", "as_tensor"}
HIDDEN = {f"builtins.{name}" for name in ("exec", "eval", "globals", "locals", "vars")}
MATHS = {"floor", "ceil", "sqrt", "log2", "log", "prod", "pow", "exp", "gcd", "trunc"}


def call_library(machine: Machine, function: Library, arguments: Arguments, line: int) -> object:
    """Return what a call of a package's function or class gives; `Unknown` if it is not known.

    Args:
        machine: The reader.
        function: Its name, with the package.
        arguments: By place and by name.
        line: Where.

    Raises:
        CannotReadError: The arguments do not fit.
    """
    path, name = function.path, function.name
    if path.startswith("builtins."):
        return (
            PYTHON[name](machine, arguments, line)
            if name in PYTHON
            else _unknown(machine, function, arguments, line)
        )
    if path in KNOWN:
        return KNOWN[path](machine, arguments, line)
    if path.startswith(("math.", "numpy.")) and name in MATHS:
        return _maths(machine, name, arguments, line)
    if path.startswith(("torch.nn.", UNDEFINED)) and name[:1].isupper():
        made = make_module(machine, name, arguments, line)
        if isinstance(made, Module):
            made.is_undefined = path.startswith(UNDEFINED) and name not in LAYERS
        return made
    if path in (f"torch.{name}", f"torch.nn.functional.{name}", f"torch.special.{name}"):
        if name in MADE:
            return made_tensor(arguments, line)
        if name in TOLD:
            return told_tensor(arguments, line)
        values = [*arguments[0], *arguments[1].values()]
        is_about_images = name in FUNCTIONS or name in SHAPING or name in WITH_WEIGHTS
        if is_about_images or name in BRANCHES or any(isinstance(each, Tensor) for each in values):
            return torch_function(machine, name, arguments, line)
    return _unknown(machine, function, arguments, line)


def _unknown(machine: Machine, function: Library, arguments: Arguments, line: int) -> object:
    """Return what is not known; it may be a layer if it is written as a class."""
    values = [*arguments[0], *arguments[1].values()]
    if function.path in HIDDEN:
        machine.note(line, "`{code}`: what it changes is not followed.")
    if function.name in SUMMARIES:
        _note_input(machine, function, values)
    parts = [each for value in values if isinstance(value, list | tuple) for each in value]
    is_given_one = any(isinstance(value, Module) for value in (*values, *parts))
    if is_given_one and not LEAVES_MODULES.search(function.path):
        machine.note(line, "`{code}`: what it changes is not followed.")
    is_harmless = function.name.endswith("Loss") or function.path.startswith(WITHOUT_WEIGHTS)
    is_like_a_class = function.name[:1].isupper() and not is_harmless
    has_weights = is_like_a_class or "models." in function.path or "hub" in function.path
    shown = function.path.removeprefix("builtins.")
    if any(isinstance(value, Tensor) and value.place for value in values):
        machine.note(line, "`{code}`: `{name}` is not known, and not counted.", name=shown)
    why = Sentence("`{name}` is not known here.", name=shown)
    for value in values:
        if isinstance(value, Once):
            value.left = [Unknown(line, why)]
    return Unknown(line, why, may_have_weights=has_weights)


def _note_input(machine: Machine, function: Library, values: list[object]) -> None:
    """Remember the input that a text gives a network when it prints a summary of it."""
    modules = [value for value in values if isinstance(value, Module)]
    for value in values:
        shape: Shape | None = None
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, tuple) and value and all(isinstance(each, int) for each in value):
            has_batch = len(value) == 4 or "torchinfo" in function.path
            shape = value[1:] if has_batch else value
        if modules and shape:
            machine.fed.append((modules[0], shape))


def _maths(machine: Machine, name: str, arguments: Arguments, line: int) -> object:
    args = arguments[0]
    for value in args:
        if isinstance(value, Unknown):
            return value
    with python_errors(line):
        if name == "prod":
            elements = machine.elements(args[0], line)
            sizes = [size for size in elements if isinstance(size, int | float)]
            if len(sizes) != len(elements):
                return machine.unknown(line, "`{code}` depends on the images.")
            return checked(prod(sizes), line)
        if any(isinstance(value, int | float) and abs(value) > 10**6 for value in args):
            raise machine.refusal(line, "`{code}` reckons with too large a number.")
        return checked(getattr(math, name)(*args), line)


def _ordered(machine: Machine, arguments: Arguments, line: int) -> object:
    values: OrderedDict[object, object] = OrderedDict()
    if arguments[0] and isinstance(arguments[0][0], Unknown):
        return arguments[0][0]
    if arguments[0]:
        given = arguments[0][0]
        pairs = given.items() if isinstance(given, dict) else machine.elements(given, line)
        with python_errors(line):
            values.update(pairs)  # type: ignore[arg-type]
    values.update(arguments[1])
    return values


def _partial(machine: Machine, arguments: Arguments, line: int) -> object:
    if not arguments[0]:
        raise machine.refusal(line, "`{code}` names no function.")
    return Partial(arguments[0][0], tuple(arguments[0][1:]), dict(arguments[1]))


def _deep_copy(machine: Machine, arguments: Arguments, line: int) -> object:
    return deep_copy(machine, arguments[0][0], line, {})


def _shallow_copy(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what `copy.copy` gives: a list of its own with the same elements."""
    value = arguments[0][0]
    if isinstance(value, Module):  # a layer's copy has the same weights
        value.is_contained |= value.is_layer
        parts, attributes = dict(value.arguments), dict(value.attributes)
        return replace(value, arguments=parts, attributes=attributes)
    if isinstance(value, Thing):
        return Thing(value.of, dict(value.attributes))
    return value.copy() if isinstance(value, list | dict | set) else value


def _first(machine: Machine, arguments: Arguments, line: int) -> object:
    return next((each for each in arguments[0] if not isinstance(each, Library)), None)


def _field(machine: Machine, arguments: Arguments, line: int) -> object:
    if "default_factory" in arguments[1]:
        return machine.called(arguments[1]["default_factory"], line)
    return arguments[1].get(
        "default", Unknown(line, Sentence("This field has no value in the text."))
    )


def _reduce(machine: Machine, arguments: Arguments, line: int) -> object:
    function, values, *start = arguments[0]
    elements = [*start, *machine.elements(values, line)]
    if not elements:
        raise machine.refusal(line, "`{code}` has nothing to join.")
    result = elements[0]
    for each in elements[1:]:
        result = machine.called(function, line, result, each)
    return result


def _product(machine: Machine, arguments: Arguments, line: int) -> object:
    with python_errors(line):
        return checked(arguments[0][0] * arguments[0][1], line)  # type: ignore[operator]


def _checkpoint(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what a function gives whose values are worked out a second time on the way back."""
    if not arguments[0]:
        raise machine.refusal(line, "`{code}` names no function.")
    machine.note(line, "`{code}` keeps less in training than is counted here.")
    return machine.called(arguments[0][0], line, *arguments[0][1:])


def _chained(machine: Machine, arguments: Arguments, line: int) -> object:
    return Once([each for values in arguments[0] for each in machine.elements(values, line)])


def _size(machine: Machine, arguments: Arguments, line: int) -> object:
    return tuple(machine.elements(arguments[0][0], line)) if arguments[0] else ()


KNOWN: dict[str, Callable[[Machine, Arguments, int], object]] = {
    **dict.fromkeys(GIVE_BACK, _first),
    "collections.OrderedDict": _ordered,
    "functools.partial": _partial,
    "functools.reduce": taking(2, 3, _reduce),
    "operator.mul": _product,
    "itertools.chain": _chained,
    "copy.copy": taking(1, 1, _shallow_copy),
    "copy.deepcopy": taking(1, 2, _deep_copy),
    "dataclasses.field": _field,
    "torch.utils.checkpoint.checkpoint": _checkpoint,
    "torch.Size": _size,
    "torch.nn.parallel.DistributedDataParallel": _first,
}
