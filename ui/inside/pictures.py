"""Signed numbers as small pictures and tables, in HTML that follows the page's theme. No torch."""

import base64
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from ui.inside.layer_names import shown

Array = npt.NDArray[np.float64]

POSITIVE = (61, 116, 230)  # blue speaks for, orange against, as on every page
NEGATIVE = (224, 123, 57)

STYLE = """<style>
.sum {font-variant-numeric: tabular-nums; line-height: 1.6;}
.sum h4 {margin: 0; padding: .9rem 0 .3rem;}
.sum .slices {display: flex; flex-wrap: wrap; gap: .8rem 1.6rem; margin: .5rem 0;}
.sum .slice {display: flex; flex-wrap: wrap; align-items: center; gap: .35rem;}
.sum .slice > b {flex-basis: 100%; font-weight: 600; font-size: .85rem; margin-bottom: -.2rem;}
.sum table {border-collapse: collapse;}
.sum table.grid td {border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
       min-width: 2.7rem; padding: .1rem .25rem; text-align: center; font-size: .78rem;}
.sum td.padding {opacity: .5; font-style: italic;}
.sum td.winner {outline: 2px solid #1f9d61; outline-offset: -2px; font-weight: 700;}
.sum table.steps td {border: none; border-top: 1px solid
       color-mix(in srgb, currentColor 14%, transparent); padding: .15rem 1rem .15rem 0;}
.sum table.steps td:last-child {text-align: right; white-space: nowrap;}
.sum table.steps tr.result td {font-weight: 700;}
.sum .scroll {overflow-x: auto; max-width: 100%;}
.signed {image-rendering: pixelated; display: block; border-radius: .3rem; max-width: 100%;
       background: color-mix(in srgb, currentColor 6%, transparent);}
.figures {display: flex; flex-wrap: wrap; gap: 1rem 1.4rem; align-items: flex-start;}
.figures figure {margin: 0; max-width: 100%;}
.figures figcaption {max-width: 11.25rem; font-size: .85rem; margin-top: .35rem;
       font-variant-numeric: tabular-nums;}
.figures figcaption small {display: block; opacity: .7;}
</style>"""


def tint(value: float, largest: float) -> str:
    """Return a background for a number: blue above 0, orange below, stronger further away.

    >>> tint(-1.0, 2.0)
    'background: rgba(224, 123, 57, 0.30)'
    """
    colour = POSITIVE if value >= 0 else NEGATIVE
    share = min(abs(value) / largest, 1) if largest else 0
    return f"background: rgba({colour[0]}, {colour[1]}, {colour[2]}, {0.6 * share:.2f})"


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


def signed_picture(values: Array, *, side_px: int, label: str, largest: float | None = None) -> str:
    """Return a picture of signed numbers: transparent at 0, blue above, orange below.

    Args:
        values: (H, W).
        side_px: Of the longer side.
        label: For those who do not see it.
        largest: The number with the full colour; the largest there is if None.

    >>> signed_picture(np.eye(2), side_px=20, label="two dots").count("<img")
    1
    """
    values = np.atleast_2d(values)
    top = float(np.abs(values).max()) if largest is None else largest
    pixels = np.empty((*values.shape, 4), np.uint8)
    pixels[..., :3] = np.where((values >= 0)[..., None], POSITIVE, NEGATIVE)
    pixels[..., 3] = np.rint(255 * np.clip(np.abs(values) / (top or 1), 0, 1))
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    uri = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    scale = side_px / max(values.shape)
    height, width = (round(scale * side) for side in values.shape)
    return f'<img class="signed" src="{uri}" alt="{label}" width="{width}" height="{height}">'


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
    return (
        f'<div style="position: relative; display: inline-block; line-height: 0">{picture}'
        f'<i style="position: absolute; box-sizing: border-box; border: 2px solid #1f9d61; '
        f'{place}"></i></div>'
    )


def figures(items: Sequence[tuple[str, str, str]]) -> str:
    """Return pictures with captions, side by side: (picture, caption, remark)."""
    return (
        f'{STYLE}<div class="figures">'
        + "".join(
            f"<figure>{picture}<figcaption>{caption}<small>{remark}</small></figcaption></figure>"
            for picture, caption, remark in items
        )
        + "</div>"
    )
