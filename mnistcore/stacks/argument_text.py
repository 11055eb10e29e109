"""Arguments and shapes as people type them. Imports neither torch nor numpy."""

import ast
from math import isfinite, prod

from mnistcore.errors import InvalidInputError
from mnistcore.layers.layer import Shape, checked_shape

LARGEST_WHOLE = 2**63


def read_value(text: str) -> object:
    """Return an argument as typed: a number, numbers, a word, True, False or None.

    Args:
        text: What was typed; what makes no sense stays text.

    >>> read_value("3"), read_value("3, 5"), read_value("3x5"), read_value("same")
    (3, (3, 5), (3, 5), 'same')
    """
    text = text.strip()
    parts = text.replace("×", "x").split("x")
    if len(parts) > 1 and all(part.strip().isdecimal() for part in parts):
        text = ",".join(parts)
    try:
        value = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return text
    return value if is_plain(value) else text


def write_value(value: object) -> str:
    """Return an argument as it is typed.

    Args:
        value: What `read_value` returns.

    >>> write_value((3, 5)), write_value("same"), write_value(None)
    ('3, 5', 'same', '')
    """
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def read_shape(text: str) -> Shape:
    """Return an input shape that was typed.

    Args:
        text: Such as `1, 28, 28` or `1x28x28`.

    Raises:
        InvalidInputError: It is no shape, or too large to count in.

    >>> read_shape("3 × 224 × 224"), read_shape("784")
    ((3, 224, 224), (784,))
    """
    value = read_value(text)
    shape = checked_shape((value,) if isinstance(value, int) else value)
    if prod(shape) > 2**40:
        raise InvalidInputError(
            "The input {text} has more than 2^40 numbers. Choose fewer.", text=text[:40]
        )
    return shape


def is_plain(value: object) -> bool:
    """Return whether a value can be an argument: a number, a word, or numbers side by side.

    Args:
        value: Anything.

    >>> is_plain((3, 5)), is_plain([[3], 5]), is_plain(3j)
    (True, False, False)
    """
    if isinstance(value, list | tuple):
        return all(is_plain(element) and not isinstance(element, list | tuple) for element in value)
    if isinstance(value, float) and not isfinite(value):
        return False  # `repr` writes them as names
    if isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        return False  # Python refuses to write very long ones at all
    return value is None or isinstance(value, bool | int | float | str)
