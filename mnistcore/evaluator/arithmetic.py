"""Arithmetic and text formats of plain values, kept small; of tensors, by name."""

import ast
import operator
import re
from collections.abc import Callable
from typing import Any

from mnistcore.evaluator.answers import is_true
from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import (
    CannotReadError,
    checked,
    python_errors,
    require_length,
    require_small,
    shown,
)
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.packages import not_known, told
from mnistcore.evaluator.values import BatchSize, Library, TextClass, Thing, Unknown
from mnistcore.sentences import Sentence

LARGEST_EXPONENT = 64
FURTHEST_DIGIT = 20  # before the point: no number here has as many
FORMAT = re.compile(r"[^0-9]{0,3}[0-9]{0,2}[,.]?[0-9]{0,2}[a-zA-Z%]?")

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], object]] = {
    **{ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul},
    **{ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod},
    **{ast.Pow: operator.pow, ast.LShift: operator.lshift, ast.RShift: operator.rshift},
    **{ast.BitOr: operator.or_, ast.BitAnd: operator.and_, ast.BitXor: operator.xor},
}
_JOINS = Sentence("`{code}` joins two branches. Only one layer after another can be read.")
_JOINING: dict[type[ast.operator], Sentence] = {
    ast.Add: Sentence("`{code}` adds two branches. Only one layer after another can be read."),
    ast.Sub: Sentence("`{code}` subtracts two branches. Only one layer after another can be read."),
    ast.Mult: Sentence(
        "`{code}` multiplies two branches. Only one layer after another can be read."
    ),
    ast.Div: Sentence("`{code}` divides two branches. Only one layer after another can be read."),
}


def computed(
    machine: Machine, kind: type[ast.operator], left: object, right: object, line: int
) -> object:
    """Return what an operator makes of two values.

    Args:
        machine: The reader.
        kind: The operator.
        left: One value.
        right: The other.
        line: Where.

    Raises:
        CannotReadError: It is impossible, too large, or joins two branches.
    """
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return _of_tensors(machine, kind, left, right, line)
    for value in (told(left, line), told(right, line)):
        if isinstance(value, Unknown):
            return value
    if isinstance(left, BatchSize) or isinstance(right, BatchSize):
        return machine.unknown(line, "`{code}` depends on how many images go in.")
    function = _OPERATORS.get(kind)
    if function is None:
        raise machine.refusal(line, "`{code}` multiplies matrices.")
    _require_affordable(kind, left, right, line)
    with python_errors(line):
        result = checked(function(left, right), line)
    if isinstance(result, str | list | tuple):
        machine.pay(len(result), line)
    return result


def turned(machine: Machine, kind: type[ast.unaryop], value: object, line: int) -> object:
    """Return what a sign or `not` makes of a value.

    Args:
        machine: The reader.
        kind: The sign.
        value: The value.
        line: Where.
    """
    if isinstance(value, Tensor):
        return _unchanged(machine, value, line)
    value = told(value, line)
    if isinstance(value, Unknown):
        return value
    if kind is ast.Not:
        return not is_true(value, line)
    with python_errors(line):
        number: Any = value
        if kind is ast.USub:
            return -number
        return +number if kind is ast.UAdd else ~number


def in_place(old: object, made: object) -> object:
    """Return what `*=` or `|=` makes: a list, a set or a dict stays the one that it was.

    Args:
        old: What stands on the left.
        made: What the operator makes.

    >>> old = [8]
    >>> in_place(old, [8, 8]) is old, old
    (True, [8, 8])
    """
    if isinstance(old, list) and isinstance(made, list):
        old[:] = made
    elif isinstance(old, dict) and isinstance(made, dict):
        old |= made
    elif isinstance(old, set) and isinstance(made, set):
        old &= made
        old |= made
    else:
        return made
    return old


def rounded(number: Any, ndigits: int | None = None) -> int | float:
    """Round as Python does, which for whole numbers works out 10 to the power of `-ndigits`.

    Args:
        number: What is rounded.
        ndigits: As `round` takes it.

    >>> rounded(1234, -2), rounded(5, -(10**9)), rounded(2.6)
    (1200, 0, 3)
    """
    is_whole = isinstance(number, int) and isinstance(ndigits, int)
    furthest = max(ndigits, -FURTHEST_DIGIT) if is_whole and ndigits else ndigits
    found: int | float = round(number, furthest)
    return found


def has_own_text(value: object) -> bool:
    """Return whether how a value is written is told by its class: an object, an enumeration's.

    Args:
        value: Any value.

    >>> has_own_text(True), has_own_text(Library("torch.nn.ReLU"))
    (False, True)
    """
    is_a_kind = isinstance(value, str | int) and type(value) not in (str, int, bool)
    return is_a_kind or isinstance(value, Library | Thing)


def formatted(value: object, style: str, line: int) -> str:
    """Return a value as an f-string shows it.

    Args:
        value: A number or a text; anything else in short.
        style: Behind the colon.
        line: Where.

    >>> formatted(3, "02d", line=1)
    '03'
    """
    if not FORMAT.fullmatch(style):
        raise CannotReadError(line, "The format {style} is not known here.", style=shown(style))
    if has_own_text(value):
        raise not_known("__format__", line).error()
    with python_errors(line):
        is_plain = isinstance(value, str | int | float)
        return str(checked(format(value, style), line)) if is_plain else shown(value)


def _of_tensors(
    machine: Machine, kind: type[ast.operator], left: object, right: object, line: int
) -> object:
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        for images, constant in ((left, right), (right, left)):
            if constant.is_constant:
                if constant.spreads_over(images):
                    return _unchanged(machine, images, line)
                raise machine.refusal(
                    line,
                    "`{code}`: a tensor of {shape} does not fit what it is joined with.",
                    shape=shown(constant.shape),
                )
        raise machine.refusal(line, _JOINING.get(kind, _JOINS))
    tensor, other = (left, right) if isinstance(left, Tensor) else (right, left)
    if isinstance(other, Unknown):
        return other
    if not isinstance(other, int | float) or kind is ast.MatMult or not isinstance(tensor, Tensor):
        raise machine.refusal(line, "`{code}`: what this does to an image is not known here.")
    return _unchanged(machine, tensor, line)


def _unchanged(machine: Machine, tensor: Tensor, line: int) -> Tensor:
    machine.note(line, "`{code}` changes values, but none of the numbers here: it is left out.")
    return tensor


def _require_affordable(kind: type[ast.operator], left: object, right: object, line: int) -> None:
    """Raise `CannotReadError` before Python begins on what would take it long."""
    if kind in (ast.Pow, ast.LShift):
        large = isinstance(right, int | float) and abs(right) > LARGEST_EXPONENT
        if large or not isinstance(left, int | float):
            raise CannotReadError(
                line,
                "The exponent {exponent} is too large to be worked out.",
                exponent=shown(right),
            )
    if kind is ast.Mult:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, str | list | tuple) and isinstance(other, int):
                require_length(one, other, line)
    if kind is ast.Mod and isinstance(left, str | bytes):
        if isinstance(left, bytes) or re.search(r"\d{3}|\*", left):
            raise CannotReadError(line, "The format {style} is not known here.", style=shown(left))
        require_small(right, line)
    if isinstance(left, TextClass | Library) or isinstance(right, TextClass | Library):
        raise CannotReadError(line, "This is a type, not a number.")
