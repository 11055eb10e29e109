"""A small table of numbers to type into: a kernel's weights, or a picture's pixels."""

from collections.abc import Callable

from ui.components.loader import load
from ui.convolution.number_text import LARGEST_NUMBER

_NUMBER_GRID = load("number_grid")


def show_number_grid(
    label: str, numbers: list[list[float]], *, key: str, on_change: Callable[[], None]
) -> None:
    """Mount the table; its state has `numbers`, rows of them, once one was changed."""
    _NUMBER_GRID(
        data={"label": label, "numbers": numbers, "largest": LARGEST_NUMBER},
        key=key,
        width="content",
        on_numbers_change=on_change,
    )
