"""What torch's view, flatten, squeeze and unsqueeze make: sizes, and the layers that say the same.

The batch may be any.
"""

from collections.abc import Callable, Sequence
from math import prod

from mnistcore.evaluator.chain import Sizes, Tensor
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.values import BATCH, BatchSize, Unknown
from mnistcore.layers.layer import Shape
from mnistcore.pasted.signatures import numbers
from mnistcore.sentences import Sentence

JOINED = Sentence("A view to {wanted} joins the images of a batch.")
WITHOUT_AXIS = Sentence(
    "A view to {wanted} leaves of each image a number without an axis. Keep (N, 1)."
)


def reshaped(old: Sizes, sizes: Sequence[object], line: int) -> Sizes:
    """Return the sizes that a view asks for, -1 filled in.

    Args:
        old: What there is.
        sizes: What is asked for; -1 once at most.
        line: Where.

    Raises:
        CannotReadError: The numbers do not fit, or the batch would be mixed with the images.

    >>> reshaped((BATCH, 16, 5, 5), [-1, 400], line=1)
    (the batch size, 400)
    >>> reshaped((2, 16, 5, 5), [-1], line=1)
    (800,)
    """
    wanted = [_size(size, line) for size in sizes]
    if not wanted or wanted.count(-1) > 1:
        raise CannotReadError(
            line, "A view to {wanted} is impossible. Give -1 once at most.", wanted=_shown(wanted)
        )
    if not isinstance(old[0], BatchSize):
        return tuple(_filled(wanted, prod(_whole(old)), old, line))
    own = prod(_whole(old[1:]))
    if len(wanted) == 1:
        raise CannotReadError(line, JOINED if own > 1 else WITHOUT_AXIS, wanted=_shown(wanted))
    if isinstance(wanted[0], BatchSize) or -1 in wanted[1:]:
        return BATCH, *_filled(wanted[1:], own, old, line)
    if prod(_whole(wanted[1:])) != own:
        raise CannotReadError(
            line,
            "A view to {wanted} does not fit: one image has {own:,} numbers here, "
            "{old}. Give {own} numbers for each image.",
            wanted=_shown(wanted),
            own=own,
            old=_shown(old),
        )
    return BATCH, *wanted[1:]


def flattened(old: Sizes, start: object, end: object, line: int) -> Sizes:
    """Return the sizes with some axes joined.

    Args:
        old: What there is.
        start: The first axis of those joined.
        end: The last.
        line: Where.

    Raises:
        CannotReadError: There are no such axes, or the batch is among them.

    >>> flattened((BATCH, 16, 5, 5), 1, -1, line=1)
    (the batch size, 400)
    """
    first, last = _axis(start, len(old), line), _axis(end, len(old), line)
    if first > last:
        raise CannotReadError(
            line,
            "`start_dim` {start} is behind `end_dim` {end}. Exchange them.",
            start=start,
            end=end,
        )
    joined = old[first : last + 1]
    if any(isinstance(size, BatchSize) for size in joined) and len(joined) > 1:
        raise CannotReadError(
            line, "This flattens the batch too. Start at axis 1: `flatten(x, 1)`."
        )
    if len(joined) == 1:
        return old
    return *old[:first], prod(_whole(joined)), *old[last + 1 :]


def squeezed(old: Sizes, dims: Sequence[object], line: int) -> Sizes:
    """Return the sizes without axes of length 1: all of them, or those named.

    Args:
        old: What there is.
        dims: The axes; none means all.
        line: Where.

    >>> squeezed((BATCH, 16, 1, 1), [], line=1)
    (the batch size, 16)
    """
    chosen = {_axis(dim, len(old), line) for dim in dims} if dims else set(range(len(old)))
    return tuple(size for axis, size in enumerate(old) if axis not in chosen or size != 1)


def unsqueezed(old: Sizes, dims: Sequence[object], line: int) -> Sizes:
    """Return the sizes with an axis of length 1 more.

    Args:
        old: What there is.
        dims: Where the axis goes.
        line: Where.

    >>> unsqueezed((BATCH, 28, 28), [1], line=1)
    (the batch size, 1, 28, 28)
    """
    axis = _axis(dims[0] if dims else None, len(old) + 1, line)
    return *old[:axis], 1, *old[axis:]


def _reshaped(tensor: Tensor, sizes: Sequence[object], line: int, name: str) -> Tensor:
    """Return a tensor in another shape, by the layers that say the same."""
    old = tensor.sizes(line)
    new = reshaped(old, sizes, line)
    if new == old:
        return tensor
    if not isinstance(old[0], BatchSize):  # an example of the text's own, of a known size
        return Tensor(new, tensor.chain, tensor.place)
    if not isinstance(new[0], BatchSize) or any(isinstance(size, BatchSize) for size in new[1:]):
        raise CannotReadError(
            line, "`{name}` moves the images of a batch. Keep the batch first.", name=name
        )
    return _in_shape(tensor, tuple(size for size in new[1:] if isinstance(size, int)), line, name)


def _in_shape(tensor: Tensor, shape: Shape, line: int, name: str) -> Tensor:
    if len(tensor.sizes(line)) > 2:
        tensor = tensor.through("Flatten", {}, line, name)
    if len(shape) > 1:
        tensor = tensor.through("Unflatten", {"dim": 1, "unflattened_size": shape}, line, name)
    return tensor


def _view(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    sizes = numbers(arguments[0] or list(arguments[1].values()))
    if tensor.shape is None and len(sizes) == 2:
        return tensor.through("Flatten", {}, line, "view")
    if len(sizes) == 1 and isinstance(sizes[0], Unknown):
        raise sizes[0].error()
    return _reshaped(tensor, sizes, line, "view")


def _flatten(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    names = dict(zip(("start_dim", "end_dim"), arguments[0], strict=False)) | arguments[1]
    if tensor.shape is None:
        return tensor.through("Flatten", {}, line, "flatten")
    start, end = names.get("start_dim", 0), names.get("end_dim", -1)
    new = flattened(tensor.sizes(line), start, end, line)
    if len(new) == 2 and new[0] == tensor.sizes(line)[0]:
        return tensor.through("Flatten", {}, line, "flatten")
    return _reshaped(tensor, new, line, "flatten")


def _squeeze(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    dims = numbers(arguments[0] or list(arguments[1].values()))
    return _reshaped(tensor, squeezed(tensor.sizes(line), dims, line), line, "squeeze")


def _unsqueeze(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    dims = numbers(arguments[0] or list(arguments[1].values()))
    return _reshaped(tensor, unsqueezed(tensor.sizes(line), dims, line), line, "unsqueeze")


def _unflatten(machine: Machine, tensor: Tensor, arguments: Arguments, line: int) -> object:
    names = dict(zip(("dim", "unflattened_size"), _tail(arguments[0]), strict=False))
    values = names | {"unflattened_size" if k == "sizes" else k: v for k, v in arguments[1].items()}
    return tensor.through("Unflatten", values, line, "unflatten")


def _tail(args: list[object]) -> list[object]:
    return (
        [args[0], args[1] if isinstance(args[1], tuple | list) else tuple(args[1:])]
        if len(args) > 1
        else args
    )


def _filled(wanted: Sequence[int | BatchSize], total: int, old: Sizes, line: int) -> list[int]:
    sizes = _whole(wanted)
    given = prod(size for size in sizes if size != -1)
    missing = total // given if given else 0
    filled = [missing if size == -1 else size for size in sizes]
    if len(sizes) != len(wanted) or prod(filled) != total or min(filled, default=1) < 1:
        raise CannotReadError(
            line,
            "A view to {wanted} does not fit: there are {total:,} numbers here, {old}.",
            wanted=_shown(wanted),
            total=total,
            old=_shown(old),
        )
    return filled


def _size(size: object, line: int) -> int | BatchSize:
    if isinstance(size, Unknown):
        raise size.error()
    if isinstance(size, BatchSize):
        return size
    if isinstance(size, bool) or not isinstance(size, int) or size < -1:
        raise CannotReadError(
            line, "A size is {size}. Give whole numbers, or -1 once.", size=str(size)[:40]
        )
    return size


def _axis(dim: object, count: int, line: int) -> int:
    if isinstance(dim, bool) or not isinstance(dim, int) or not -count <= dim < count:
        raise CannotReadError(
            line,
            "There is no axis {axis} among {count}. Choose another.",
            axis=str(dim)[:40],
            count=count,
        )
    return dim % count


def _whole(sizes: Sequence[int | BatchSize]) -> list[int]:
    return [size for size in sizes if isinstance(size, int)]


def _shown(sizes: Sequence[object]) -> str:
    return f"({', '.join('N' if isinstance(size, BatchSize) else str(size) for size in sizes)})"


RESHAPING: dict[str, Callable[[Machine, Tensor, Arguments, int], object]] = {
    **{"view": _view, "reshape": _view, "flatten": _flatten, "ravel": _flatten},
    **{"squeeze": _squeeze, "unsqueeze": _unsqueeze, "unflatten": _unflatten},
}
