"""A line as it was read without cutting: its columns from left to right, and what each says."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ui import digits
from ui.colours import PLUS, rgb
from ui.language import N_, _, n_

if TYPE_CHECKING:
    from mnistcore.reading.line_reader import LineReading
    from mnistcore.reading.number_reading import NumberReading

ROW_PX, STRIP_PX, PX_TO_A_COLUMN = 13, 80, 4
WHAT = N_(
    "The reader never cuts a number apart. It slides along the line and says at every "
    "second pixel which digit has just been seen, or that there is nothing new. Bluer is "
    "more probable. Whoever drops what is said twice, and then the rows of nothing new, "
    "reads the number."
)
SPOKEN = N_("A strip read as {text}, and what each of its {count} columns says")
_STYLE = """<style>
.line-columns {display: grid; grid-template-columns: 1.4rem max-content; overflow-x: auto;}
.line-columns img {display: block; image-rendering: pixelated; max-width: none;}
.line-columns ol {list-style: none; margin: 0; padding: 0; font-size: .72rem; line-height: 13px;
  text-align: center;}
.line-columns li {height: 13px; margin: 0; padding: 0;}
</style>"""


def tell_left_out(reading: "NumberReading") -> None:
    """Say how many marks beside a number were left out, if any were."""
    if reading.left_out:
        st.caption(
            n_(
                "Left out, as it is no digit: {count} mark beside the digits (a point, a comma, a "
                "dash or a sign).",
                "Left out, as they are no digits: {count} marks beside the digits (points, commas, "
                "dashes or signs).",
                len(reading.left_out),
            )
        )


def show_columns(line: "LineReading") -> None:
    """Show a line's strip, and under it what each of its columns says.

    Args:
        line: That was read.
    """
    with st.expander(_("How a number is read without cutting it apart")):
        st.caption(_(WHAT))
        st.html(_STYLE + columns_picture(line))


def columns_picture(line: "LineReading") -> str:
    """Return a line's strip with its columns under it, a row for each digit, as HTML."""
    count = len(line.columns)
    width = PX_TO_A_COLUMN * count
    shade = np.rint(255 * (1 - np.clip(line.strip, 0, 1))).astype(np.uint8)
    rows = np.zeros((line.columns.shape[1], count, 4), np.uint8)
    rows[..., :3] = rgb(PLUS)
    rows[..., 3] = np.rint(255 * line.columns.T)
    labels = "".join(f"<li>{label}</li>" for label in [*range(10), "–"])
    return (
        '<div class="line-columns" role="img" '
        f'aria-label="{_(SPOKEN, text=line.text, count=count)}">'
        f'<span></span><img alt="" src="{digits.data_uri(shade)}" '
        f'style="width:{width}px;height:{STRIP_PX}px">'
        f'<ol>{labels}</ol><img alt="" src="{digits.data_uri(rows)}" '
        f'style="width:{width}px;height:{ROW_PX * len(rows[:, 0])}px"></div>'
    )
