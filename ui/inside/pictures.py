"""Numbers as tables and pictures as figures, in HTML that follows the page's theme. No torch."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ui.inside.layer_names import shown

Array = npt.NDArray[np.float64]


def tint(value: float, largest: float) -> str:
    """Return a background for a number: blue above 0, orange below, stronger further away.

    >>> tint(-1.0, 2.0)
    'background: color-mix(in srgb, var(--minus) 30%, transparent)'
    """
    colour = "plus" if value >= 0 else "minus"
    share = min(abs(value) / largest, 1) if largest else 0
    return f"background: color-mix(in srgb, var(--{colour}) {60 * share:.0f}%, transparent)"


def number_table(
    values: Array,
    *,
    largest: float,
    decimals: int = 2,
    faded: npt.NDArray[np.bool_] | None = None,
    winner: int | None = None,
) -> str:
    """Return a table of numbers, each on its tint.

    Args:
        values: (H, W).
        largest: The number with the strongest tint.
        decimals: Shown.
        faded: (H, W), which of them lie in the padding.
        winner: The number that is framed, counted in reading order.

    >>> number_table(np.array([[1.0]]), largest=1).count("<td")
    1
    """
    rows = []
    for row, line in enumerate(values.tolist()):
        cells = []
        for column, value in enumerate(line):
            names = ["padding"] if faded is not None and faded[row, column] else []
            names += ["winner"] if winner == row * values.shape[1] + column else []
            cells.append(
                f'<td class="{" ".join(names)}" style="{tint(value, largest)}">'
                f"{shown(value, decimals)}</td>"
            )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table class="grid">{"".join(rows)}</table>'


def steps_table(steps: Sequence[tuple[str, str]]) -> str:
    """Return named numbers below each other, the last one as their result.

    >>> steps_table([("bias", "1"), ("value", "2")]).count("<tr")
    2
    """
    last = len(steps) - 1
    rows = "".join(
        f'<tr class="{"result" if place == last else ""}"><td>{name}</td><td>{number}</td></tr>'
        for place, (name, number) in enumerate(steps)
    )
    return f'<table class="steps">{rows}</table>'


def framed(
    picture: str, rows: tuple[int, int], columns: tuple[int, int], shape: tuple[int, ...]
) -> str:
    """Return a picture with a frame around some of its pixels.

    Args:
        picture: As HTML, as wide as it wants to be.
        rows: First and last one inside.
        columns: First and last one inside.
        shape: (H, W) of all pixels.

    >>> framed("<img>", (7, 20), (0, 27), (28, 28)).count("top: 25.00%")
    1
    """
    (top, bottom), (left, right) = rows, columns
    height, width = shape
    place = (
        f"top: {100 * top / height:.2f}%; height: {100 * (bottom - top + 1) / height:.2f}%; "
        f"left: {100 * left / width:.2f}%; width: {100 * (right - left + 1) / width:.2f}%"
    )
    return f'<div class="framed">{picture}<i style="{place}"></i></div>'


def figures(items: Sequence[tuple[str, str, str]]) -> str:
    """Return pictures with captions, side by side: (picture, caption, remark)."""
    return (
        '<div class="figures">'
        + "".join(
            f"<figure>{picture}<figcaption>{caption}<small>{remark}</small></figcaption></figure>"
            for picture, caption, remark in items
        )
        + "</div>"
    )
