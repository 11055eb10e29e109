"""The sizes that torch's view, flatten, squeeze and unsqueeze make; the batch may be any."""

from collections.abc import Sequence
from math import prod

from mnistcore.evaluator.chain import Sizes
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.values import BATCH, BatchSize, Unknown


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
            line, f"A view to {_shown(wanted)} is impossible. Give -1 once at most."
        )
    if not isinstance(old[0], BatchSize):
        return tuple(_filled(wanted, prod(_whole(old)), old, line))
    if len(wanted) == 1:
        raise CannotReadError(line, f"A view to {_shown(wanted)} joins the images of a batch.")
    own = prod(_whole(old[1:]))
    if isinstance(wanted[0], BatchSize) or -1 in wanted[1:]:
        return BATCH, *_filled(wanted[1:], own, old, line)
    if prod(_whole(wanted[1:])) != own:
        raise CannotReadError(
            line,
            f"A view to {_shown(wanted)} does not fit: one image has {own:,} numbers here, "
            f"{_shown(old)}. Give {own} numbers for each image.",
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
            line, f"`start_dim` {start} is behind `end_dim` {end}. Exchange them."
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


def _filled(wanted: Sequence[int | BatchSize], total: int, old: Sizes, line: int) -> list[int]:
    sizes = _whole(wanted)
    given = prod(size for size in sizes if size != -1)
    missing = total // given if given else 0
    filled = [missing if size == -1 else size for size in sizes]
    if len(sizes) != len(wanted) or prod(filled) != total or min(filled, default=1) < 1:
        raise CannotReadError(
            line,
            f"A view to {_shown(wanted)} does not fit: there are {total:,} numbers here, "
            f"{_shown(old)}.",
        )
    return filled


def _size(size: object, line: int) -> int | BatchSize:
    if isinstance(size, Unknown):
        raise size.error()
    if isinstance(size, BatchSize):
        return size
    if isinstance(size, bool) or not isinstance(size, int) or size < -1:
        raise CannotReadError(line, f"A size is {str(size)[:40]}. Give whole numbers, or -1 once.")
    return size


def _axis(dim: object, count: int, line: int) -> int:
    if isinstance(dim, bool) or not isinstance(dim, int) or not -count <= dim < count:
        raise CannotReadError(
            line, f"There is no axis {str(dim)[:40]} among {count}. Choose another."
        )
    return dim % count


def _whole(sizes: Sequence[int | BatchSize]) -> list[int]:
    return [size for size in sizes if isinstance(size, int)]


def _shown(sizes: Sequence[object]) -> str:
    return f"({', '.join('N' if isinstance(size, BatchSize) else str(size) for size in sizes)})"
