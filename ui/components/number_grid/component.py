"""A small table of numbers to type into: a kernel's weights, or a picture's pixels."""

from collections.abc import Callable

from ui.components.loader import load
from ui.components.reports import answered
from ui.language import N_, _

_NUMBER_GRID = load("number_grid")

AT = N_("row {row}, column {column}")


def show_number_grid(
    label: str,
    numbers: list[list[float]],
    *,
    largest: float,
    key: str,
    on_change: Callable[[], None],
) -> None:
    """Mount the table; its state has `numbers`, rows of them, once one was changed.

    Args:
        label: Of the table.
        numbers: In rows.
        largest: What is further from 0 is marked, and not reported.
        key: Of the component.
        on_change: Called after a change.
    """
    _NUMBER_GRID(
        data={
            "label": label,
            "numbers": numbers,
            "largest": largest,
            "at": _(AT),
            "answered": answered(key, "numbers"),
        },
        key=key,
        width="content",
        on_numbers_change=on_change,
    )
