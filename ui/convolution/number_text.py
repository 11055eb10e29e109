"""Tables of numbers from outside: text in an address, `-1,0,1;-2,0,2`, or a component's report."""

import numpy as np
import numpy.typing as npt

from mnistcore.errors import InvalidInputError
from ui.components.reports import reported
from ui.operator_log import log_refusal

Array = npt.NDArray[np.float64]

LARGEST_NUMBER = 1000


def write_numbers(numbers: npt.ArrayLike) -> str:
    """Return the table as text, rows apart by semicolons.

    >>> write_numbers([[0.5, -1], [2, 0]])
    '0.5,-1;2,0'
    """
    return ";".join(",".join(f"{number:.10g}" for number in row) for row in np.asarray(numbers))


def read_numbers(text: str, *, decimals: int, most_rows: int) -> Array:
    """Return the square table that the text describes.

    Args:
        text: As `write_numbers` writes it.
        decimals: Numbers are rounded to this many, so that sums stay short enough to read.
        most_rows: The largest table allowed.

    Raises:
        InvalidInputError: It is no square table of numbers, or too large.

    >>> read_numbers("0.123,-1;2,0", decimals=2, most_rows=7).tolist()
    [[0.12, -1.0], [2.0, 0.0]]
    """
    try:
        rows = [[float(number) for number in row.split(",")] for row in text.split(";")]
    except ValueError as error:
        raise InvalidInputError(
            "The address holds {text!r} where numbers are wanted. Write rows such as `1,0;0,1`.",
            text=text[:40],
        ) from error
    return check_numbers(rows, decimals=decimals, most_rows=most_rows)


def check_numbers(rows: list[list[float]], *, decimals: int, most_rows: int) -> Array:
    """Return the rows as a square table, rounded, if they are one.

    Args:
        rows: Numbers from a browser or an address, so nothing is certain about them.
        decimals: As `read_numbers`.
        most_rows: As `read_numbers`.

    Raises:
        InvalidInputError: It is no square table of numbers, or too large.

    >>> check_numbers([[1.239]], decimals=2, most_rows=7).tolist()
    [[1.24]]
    """
    lengths = sorted({len(row) for row in rows})
    if lengths != [len(rows)] or len(rows) > most_rows:
        raise InvalidInputError(
            "The table has {num_rows} rows of {lengths} numbers. Give a square one, up to "
            "{most_rows}x{most_rows}.",
            num_rows=len(rows),
            lengths=" and ".join(map(str, lengths)),
            most_rows=most_rows,
        )
    numbers = np.array(rows, dtype=np.float64)
    if not (np.abs(numbers) <= LARGEST_NUMBER).all():  # also false for NaN
        raise InvalidInputError(
            "The table holds a number beyond {largest_number}. Choose numbers from "
            "−{largest_number} to {largest_number}.",
            largest_number=LARGEST_NUMBER,
        )
    return numbers.round(decimals) + 0.0  # no negative zero


def reported_table(key: str, name: str, *, decimals: int, most_rows: int) -> Array | None:
    """Return the table that a component reports, as `check_numbers` does; None if it reports none.

    Args:
        key: Of the component.
        name: Of the value of its state.
        decimals: As `read_numbers`.
        most_rows: As `read_numbers`.
    """
    rows = reported(key, name, list[list[float]])
    if not rows:
        return None
    try:
        return check_numbers(rows, decimals=decimals, most_rows=most_rows)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        return None


def resize_table(table: Array, size: int) -> Array:
    """Return the table cut, or filled up with zeros, to another size around its middle.

    >>> resize_table(np.array([[7.0]]), 3).tolist()
    [[0.0, 0.0, 0.0], [0.0, 7.0, 0.0], [0.0, 0.0, 0.0]]
    """
    resized = np.zeros((size, size))
    kept = min(len(table), size)
    source, target = (
        slice(start, start + kept) for start in ((len(table) - kept) // 2, (size - kept) // 2)
    )
    resized[target, target] = table[source, source]
    return resized
