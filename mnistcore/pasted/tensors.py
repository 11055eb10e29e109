"""What torch does to a tensor outside of modules: functions, methods, sizes, other shapes."""

from collections.abc import Callable
from math import prod

from mnistcore.evaluator.chain import Chain, Tensor
from mnistcore.evaluator.limits import CannotReadError, checked
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.values import BatchSize, Unknown
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.pasted.shapes import RESHAPING
from mnistcore.pasted.signatures import FUNCTIONS, fields_of, memory_note, numbers
from mnistcore.sentences import Sentence

SAME = {
    *("contiguous", "to", "cuda", "cpu", "float", "double", "half", "type", "bfloat16", "clone"),
    *("detach", "requires_grad_", "type_as", "data"),
}
_JOINS = Sentence("`{code}` joins branches. Only one layer after another can be read.")
_ADDS = Sentence("`{code}` adds branches. Only one layer after another can be read.")
_MULTIPLIES = Sentence("`{code}` multiplies branches. Only one layer after another can be read.")
_TWO = Sentence("`{code}` multiplies two tensors. Only one layer after another can be read.")
_TENSORS = Sentence("`{code}` multiplies tensors. Only one layer after another can be read.")
_SPLITS = Sentence("`{code}` splits the network. Only one layer after another can be read.")
BRANCHES = {
    **{"cat": _JOINS, "concat": _JOINS, "stack": _JOINS, "add": _ADDS, "add_": _ADDS},
    **{"mul": _MULTIPLIES, "matmul": _TWO, "bmm": _TWO, "einsum": _TENSORS},
    **{"chunk": _SPLITS, "split": _SPLITS},
}
WITH_WEIGHTS = {
    *("conv1d", "conv2d", "conv3d", "linear", "batch_norm", "layer_norm", "group_norm", "prelu"),
    *("conv_transpose1d", "conv_transpose2d", "instance_norm", "embedding", "bilinear"),
}
MADE = {"rand", "randn", "zeros", "ones", "empty", "randint", "full", "Tensor", "FloatTensor"}


def torch_function(machine: Machine, name: str, arguments: Arguments, line: int) -> object:
    """Return what a function of `torch` or `torch.nn.functional` gives for a tensor.

    Args:
        machine: The reader.
        name: Of the function, such as `max_pool2d`.
        arguments: By place and by name, the tensor among them.
        line: Of the call.

    Raises:
        CannotReadError: The function is not known, or joins branches.
    """
    args, keywords = arguments
    if name in BRANCHES:
        raise machine.refusal(line, BRANCHES[name])
    rest = dict(keywords)
    tensor = args[0] if args else rest.pop("input", rest.pop("x", None))
    if not isinstance(tensor, Tensor):
        if isinstance(tensor, Unknown):
            return tensor
        return machine.unknown(
            line, "`{code}`: what goes into {name} is not told by the text.", name=name
        )
    if name in WITH_WEIGHTS:
        raise CannotReadError(
            line, "`{name}` takes weights that belong to no layer. Use a layer.", name=name
        )
    return tensor_method(machine, tensor, name, (args[1:], rest), line)


def tensor_method(
    machine: Machine, tensor: Tensor, name: str, arguments: Arguments, line: int
) -> object:
    """Return what a method of a tensor gives; functions of torch are methods just as well.

    Args:
        machine: The reader.
        tensor: The tensor.
        name: Of the method, such as `view`.
        arguments: By place and by name, without the tensor.
        line: Of the call.

    Raises:
        CannotReadError: The method is not known.
    """
    if name in SAME:
        return tensor
    if name in BRANCHES:
        raise machine.refusal(line, BRANCHES[name])
    if name in FUNCTIONS:
        return _layer(machine, tensor, name, arguments, line)
    if name in SHAPING:
        return SHAPING[name](machine, tensor, arguments, line)
    if name in SIZING:
        return SIZING[name](tensor, arguments, line)
    raise machine.refusal(
        line, "`{code}`: what `{name}` does to an image is not known here.", name=name
    )


def tensor_attribute(tensor: Tensor, name: str, line: int) -> object:
    """Return an attribute of a tensor; None if it is a method.

    Args:
        tensor: The tensor.
        name: Of the attribute.
        line: Where.
    """
    if name == "shape":
        return tensor.sizes(line)
    if name == "ndim":
        return len(tensor.sizes(line))
    if name == "data":
        return tensor
    if name == "is_cuda":
        return False  # the numbers are the same wherever it is
    if name in ("device", "dtype", "requires_grad", "grad"):
        return Unknown(line, Sentence("A tensor's `{name}` is not told by the text.", name=name))
    return None


def made_tensor(arguments: Arguments, line: int) -> object:
    """Return the tensor that `torch.randn` and its like make, as far as sizes tell.

    Args:
        arguments: By place and by name.
        line: Of the call.
    """
    sizes = numbers(arguments[0] or [arguments[1].get("size", ())])
    if not sizes or not all(type(size) is int and size > 0 for size in sizes):
        return Unknown(line, Sentence("What is in this tensor is not told by the text."))
    return Tensor(tuple(size for size in sizes if isinstance(size, int)), Chain())


def told_tensor(arguments: Arguments, line: int) -> object:
    """Return the tensor that `torch.tensor` makes of numbers; a single number stays one.

    Args:
        arguments: By place and by name.
        line: Of the call.
    """
    value = arguments[0][0] if arguments[0] else arguments[1].get("data")
    sizes: list[int] = []
    while isinstance(value, list | tuple) and value:
        sizes.append(len(value))
        value = value[0]
    if not isinstance(value, int | float):
        return Unknown(line, Sentence("What is in this tensor is not told by the text."))
    return Tensor(tuple(sizes), Chain()) if sizes else value


def _layer(machine: Machine, tensor: Tensor, name: str, arguments: Arguments, line: int) -> object:
    kind, names = FUNCTIONS[name]
    args, keywords = arguments
    if len(args) > len(names):
        raise machine.refusal(line, "`{code}` gives {name} too many arguments.", name=name)
    values = dict(zip(names, args, strict=False))
    for key, value in keywords.items():
        if key in values:
            raise CannotReadError(line, "`{name}` is given twice. Give it once.", name=key)
        if key not in names:
            raise CannotReadError(
                line,
                "{name} has no argument `{key}`. It knows {known}.",
                name=name,
                key=key,
                known=", ".join(names),
            )
        values[key] = value
    if values.pop("return_indices", False) is not False:
        raise CannotReadError(line, "`return_indices` gives a second output. Leave it out.")
    is_in_place = {"inplace": True} if name.endswith("_") else {}
    if note := memory_note(kind, values | is_in_place):
        machine.note(line, note)
    own = fields_of(kind) if kind in LAYER_KINDS else set(names)
    for key, value in values.items():
        if isinstance(value, Unknown) and key in own:
            raise CannotReadError(
                value.line, "{kind}'s `{name}`: {why}", kind=name, name=key, why=value.why
            )
    chosen = {key: value for key, value in values.items() if key in own}
    return tensor.through(kind, chosen, line, name)


def _mean(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    """Return the mean over all axes of the picture: an adaptive pooling to a single value."""
    values = dict(zip(("dim", "keepdim"), arguments[0], strict=False)) | arguments[1]
    dims = values.get("dim", values.get("axis"))
    count = len(tensor.sizes(line))
    given = dims if isinstance(dims, list | tuple) else [dims]
    wanted = {dim % count for dim in given if isinstance(dim, int) and -count <= dim < count}
    if count not in (3, 4) or wanted != set(range(2, count)):
        raise machine.refusal(line, "`{code}` takes a mean over other axes than the picture's.")
    pooled = tensor.through(f"AdaptiveAvgPool{count - 2}d", {"output_size": 1}, line, "mean")
    return pooled if values.get("keepdim") is True else pooled.through("Flatten", {}, line, "mean")


def _pad(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    """Return a picture with a border of one value: ZeroPad2d, whatever the value is."""
    names = ("pad", "mode", "value")
    values = dict(zip(names, arguments[0], strict=False)) | arguments[1]
    padding = values.get("pad")
    is_known = isinstance(padding, list | tuple) and len(padding) in (2, 4)
    if not is_known or values.get("mode", "constant") != "constant" or len(tensor.sizes(line)) != 4:
        raise machine.refusal(
            line, "`{code}` pads otherwise than a border of one value around pictures."
        )
    sides = (*padding, 0, 0)[:4]  # type: ignore[misc]
    return tensor.through("ZeroPad2d", {"padding": sides}, line, "pad")


def _size(tensor: Tensor, arguments: Arguments, line: int) -> object:
    dims = [*arguments[0], *arguments[1].values()]
    sizes = tensor.sizes(line)
    if not dims:
        return sizes
    if not isinstance(dims[0], int) or not -len(sizes) <= dims[0] < len(sizes):
        raise CannotReadError(
            line, "There is no axis {axis} in {sizes}.", axis=dims[0], sizes=sizes
        )
    return sizes[dims[0]]


def _numel(tensor: Tensor, arguments: Arguments, line: int) -> object:
    sizes = tensor.sizes(line)
    if any(isinstance(size, BatchSize) for size in sizes):
        return Unknown(line, Sentence("How many numbers a batch has depends on its images."))
    return checked(prod(size for size in sizes if isinstance(size, int)), line)


def _dim(tensor: Tensor, arguments: Arguments, line: int) -> object:
    return len(tensor.sizes(line))


SHAPING: dict[str, Callable[[Machine, Tensor, Arguments, int], object]] = {
    **RESHAPING,
    **{"mean": _mean, "pad": _pad},
}
SIZING: dict[str, Callable[[Tensor, Arguments, int], object]] = {
    **{"size": _size, "numel": _numel, "nelement": _numel, "dim": _dim, "ndimension": _dim},
    "__len__": lambda tensor, arguments, line: tensor.sizes(line)[0],
}
