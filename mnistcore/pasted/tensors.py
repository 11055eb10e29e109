"""What torch does to a tensor outside of modules: functions, methods, sizes, other shapes."""

from collections.abc import Callable, Sequence
from math import prod

from mnistcore.evaluator.chain import Call, Chain, Tensor
from mnistcore.evaluator.limits import CannotReadError, checked
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.values import BatchSize, Unknown
from mnistcore.layers.layer import Shape
from mnistcore.pasted.shapes import flattened, reshaped, squeezed, unsqueezed
from mnistcore.pasted.signatures import FUNCTIONS, fields_of

SAME = {
    *("contiguous", "to", "cuda", "cpu", "float", "double", "half", "type", "bfloat16", "clone"),
    *("detach", "requires_grad_", "type_as", "data"),
}
BRANCHES = {
    **{"cat": "joins branches", "concat": "joins branches", "stack": "joins branches"},
    **{"add": "adds branches", "add_": "adds branches", "mul": "multiplies branches"},
    **{"matmul": "multiplies two tensors", "bmm": "multiplies two tensors"},
    **{
        "chunk": "splits the network",
        "split": "splits the network",
        "einsum": "multiplies tensors",
    },
}
WITH_WEIGHTS = {
    *("conv1d", "conv2d", "conv3d", "linear", "batch_norm", "layer_norm", "group_norm", "prelu"),
    *("conv_transpose1d", "conv_transpose2d", "instance_norm", "embedding", "bilinear"),
}
MADE = {"rand", "randn", "zeros", "ones", "empty", "randint", "full", "Tensor", "FloatTensor"}
ONLY_ONE = "Only one layer after another can be read."


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
        raise CannotReadError(line, f"`{machine.quoted(line)}` {BRANCHES[name]}. {ONLY_ONE}")
    rest = dict(keywords)
    tensor = args[0] if args else rest.pop("input", rest.pop("x", None))
    if not isinstance(tensor, Tensor):
        why = f"`{machine.quoted(line)}`: what goes into {name} is not told by the text."
        return tensor if isinstance(tensor, Unknown) else Unknown(line, why)
    if name in WITH_WEIGHTS:
        raise CannotReadError(line, f"`{name}` takes weights that belong to no layer. Use a layer.")
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
        raise CannotReadError(line, f"`{machine.quoted(line)}` {BRANCHES[name]}. {ONLY_ONE}")
    if name in FUNCTIONS:
        return _layer(machine, tensor, name, arguments, line)
    if name in SHAPING:
        return SHAPING[name](machine, tensor, arguments, line)
    if name in SIZING:
        return SIZING[name](tensor, arguments, line)
    raise CannotReadError(
        line, f"`{machine.quoted(line)}`: what `{name}` does to an image is not known here."
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
    if name in ("device", "dtype", "is_cuda", "requires_grad", "grad"):
        return Unknown(line, f"A tensor's `{name}` is not told by the text.")
    return None


def made_tensor(arguments: Arguments, line: int) -> object:
    """Return the tensor that `torch.randn` and its like make, as far as sizes tell.

    Args:
        arguments: By place and by name.
        line: Of the call.
    """
    sizes = _numbers(arguments[0] or [arguments[1].get("size", ())])
    if not sizes or not all(type(size) is int and size > 0 for size in sizes):
        return Unknown(line, "What is in this tensor is not told by the text.")
    return Tensor(tuple(size for size in sizes if isinstance(size, int)), Chain())


def apply(tensor: Tensor, kind: str, arguments: dict[str, object], line: int, name: str) -> Tensor:
    """Return what a layer without weights makes of a tensor.

    Args:
        tensor: What goes in.
        kind: Of the layer.
        arguments: Of the layer.
        line: Where.
        name: What the text calls it.
    """
    call = Call({"kind": kind} | arguments, line, line, None, name)
    return tensor.chain.applied(tensor, call)


def _layer(machine: Machine, tensor: Tensor, name: str, arguments: Arguments, line: int) -> object:
    kind, names = FUNCTIONS[name]
    args, keywords = arguments
    if len(args) > len(names):
        raise CannotReadError(line, f"`{machine.quoted(line)}` gives {name} too many arguments.")
    values = dict(zip(names, args, strict=False))
    for key, value in keywords.items():
        if key in values:
            raise CannotReadError(line, f"`{key}` is given twice. Give it once.")
        if key not in names:
            raise CannotReadError(
                line, f"{name} has no argument `{key}`. It knows {', '.join(names)}."
            )
        values[key] = value
    if values.pop("return_indices", False) is not False:
        raise CannotReadError(line, "`return_indices` gives a second output. Leave it out.")
    own = fields_of(kind) or set(names)
    for key, value in values.items():
        if isinstance(value, Unknown) and key in own:
            raise CannotReadError(value.line, f"{name}'s `{key}`: {value.why}")
    chosen = {key: value for key, value in values.items() if key in own}
    return apply(tensor, kind, chosen, line, name)


def _reshaped(tensor: Tensor, sizes: Sequence[object], line: int, name: str) -> Tensor:
    """Return a tensor in another shape, by the layers that say the same."""
    old = tensor.sizes(line)
    new = reshaped(old, sizes, line)
    if new == old:
        return tensor
    if not isinstance(old[0], BatchSize):  # an example of the text's own, of a known size
        return Tensor(new, tensor.chain, tensor.place)
    if not isinstance(new[0], BatchSize) or any(isinstance(size, BatchSize) for size in new[1:]):
        raise CannotReadError(line, f"`{name}` moves the images of a batch. Keep the batch first.")
    return _in_shape(tensor, tuple(size for size in new[1:] if isinstance(size, int)), line, name)


def _in_shape(tensor: Tensor, shape: Shape, line: int, name: str) -> Tensor:
    if len(tensor.sizes(line)) > 2:
        tensor = apply(tensor, "Flatten", {}, line, name)
    if len(shape) > 1:
        tensor = apply(tensor, "Unflatten", {"dim": 1, "unflattened_size": shape}, line, name)
    return tensor


def _numbers(values: Sequence[object]) -> list[object]:
    """Return sizes given one by one, or together as a list."""
    if len(values) == 1 and isinstance(values[0], list | tuple):
        return list(values[0])
    return list(values)


def _view(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    sizes = _numbers(arguments[0] or list(arguments[1].values()))
    if tensor.shape is None and len(sizes) == 2:
        return apply(tensor, "Flatten", {}, line, "view")
    if len(sizes) == 1 and isinstance(sizes[0], Unknown):
        raise sizes[0].error()
    return _reshaped(tensor, sizes, line, "view")


def _flatten(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    names = dict(zip(("start_dim", "end_dim"), arguments[0], strict=False)) | arguments[1]
    if tensor.shape is None:
        return apply(tensor, "Flatten", {}, line, "flatten")
    start, end = names.get("start_dim", 0), names.get("end_dim", -1)
    new = flattened(tensor.sizes(line), start, end, line)
    if len(new) == 2 and new[0] == tensor.sizes(line)[0]:
        return apply(tensor, "Flatten", {}, line, "flatten")
    return _reshaped(tensor, new, line, "flatten")


def _squeeze(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    dims = _numbers(arguments[0] or list(arguments[1].values()))
    return _reshaped(tensor, squeezed(tensor.sizes(line), dims, line), line, "squeeze")


def _unsqueeze(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    dims = _numbers(arguments[0] or list(arguments[1].values()))
    return _reshaped(tensor, unsqueezed(tensor.sizes(line), dims, line), line, "unsqueeze")


def _unflatten(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    names = dict(zip(("dim", "unflattened_size"), _tail(arguments[0]), strict=False))
    values = names | {"unflattened_size" if k == "sizes" else k: v for k, v in arguments[1].items()}
    return apply(tensor, "Unflatten", values, line, "unflatten")


def _tail(args: list[object]) -> list[object]:
    return (
        [args[0], args[1] if isinstance(args[1], tuple | list) else tuple(args[1:])]
        if len(args) > 1
        else args
    )


def _mean(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    """Return the mean over all axes of the picture: an adaptive pooling to a single value."""
    values = dict(zip(("dim", "keepdim"), arguments[0], strict=False)) | arguments[1]
    dims = values.get("dim", values.get("axis"))
    count = len(tensor.sizes(line))
    given = dims if isinstance(dims, list | tuple) else [dims]
    wanted = {dim % count for dim in given if isinstance(dim, int) and -count <= dim < count}
    if count not in (3, 4) or wanted != set(range(2, count)):
        raise CannotReadError(
            line, f"`{machine.quoted(line)}` takes a mean over other axes than the picture's."
        )
    pooled = apply(tensor, f"AdaptiveAvgPool{count - 2}d", {"output_size": 1}, line, "mean")
    return pooled if values.get("keepdim") is True else apply(pooled, "Flatten", {}, line, "mean")


def _size(tensor: Tensor, arguments: Arguments, line: int) -> object:
    dims = [*arguments[0], *arguments[1].values()]
    sizes = tensor.sizes(line)
    if not dims:
        return sizes
    if not isinstance(dims[0], int) or not -len(sizes) <= dims[0] < len(sizes):
        raise CannotReadError(line, f"There is no axis {dims[0]} in {sizes}.")
    return sizes[dims[0]]


def _numel(tensor: Tensor, arguments: Arguments, line: int) -> object:
    sizes = tensor.sizes(line)
    if any(isinstance(size, BatchSize) for size in sizes):
        return Unknown(line, "How many numbers a batch has depends on its images.")
    return checked(prod(size for size in sizes if isinstance(size, int)), line)


def _dim(tensor: Tensor, arguments: Arguments, line: int) -> object:
    return len(tensor.sizes(line))


SHAPING: dict[str, Callable[[Machine, Tensor, Arguments, int], object]] = {
    **{"view": _view, "reshape": _view, "flatten": _flatten, "ravel": _flatten},
    **{"squeeze": _squeeze, "unsqueeze": _unsqueeze, "unflatten": _unflatten, "mean": _mean},
}
SIZING: dict[str, Callable[[Tensor, Arguments, int], object]] = {
    **{"size": _size, "numel": _numel, "nelement": _numel, "dim": _dim, "ndimension": _dim},
    "__len__": lambda tensor, arguments, line: tensor.sizes(line)[0],
}
