"""The numbers found on a photo, line by line: as a table to take along, and how each was read."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st
from PIL import Image, ImageDraw

from ui import networks
from ui.colours import MINUS, PLUS
from ui.digits import Picture
from ui.language import N_, _, each
from ui.networks import NetworkKey
from ui.prediction.columns import show_columns, tell_left_out

if TYPE_CHECKING:
    from mnistcore.reading.number_reading import NumberReading
    from mnistcore.reading.photo import PhotoReading

KEPT = "photo_lines"  # what was read last, in the session
COLUMNS = {"line": N_("Line"), "number": N_("Number"), "least_sure": N_("Least sure digit")}
LEFT_OUT = N_("Marks left out")
BETWEEN = " · "  # two numbers of a line


def found_lines(network: NetworkKey, photo: Picture) -> "PhotoReading | None":
    """Return the lines of numbers on a photo; None where there is one digit at most.

    The last photo's are kept: a click on the page does not read it again.

    Args:
        network: Asked about a digit that stands alone.
        photo: (H, W, 4) uint8 RGBA.
    """
    from mnistcore.reading.photo import read_lines

    known = (network, photo.shape, hash(photo.tobytes()))
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != known:
        with st.spinner(_("Reading line by line")):
            kept = known, read_lines(photo, networks.load(network))
        st.session_state[KEPT] = kept
    reading: PhotoReading = kept[1]
    return reading if sum(len(line.digits) for line in reading.lines) > 1 else None


def chosen_line(found: "PhotoReading") -> "NumberReading":
    """Return the line that is looked at; with several, a select box chooses it."""
    lines = [line for line in found.lines if line.digits]
    if len(lines) == 1:
        return lines[0]
    texts = [spelled_out(line) for line in lines]
    place = st.selectbox(
        _("{num_lines} lines: look at", num_lines=len(lines)),
        range(len(lines)),
        format_func=lambda one: _("Line {number}: {text}", number=one + 1, text=texts[one]),
        key="photo_line",
        width=320,
    )
    return lines[place if place is not None and place < len(lines) else 0]


def spelled_out(line: "NumberReading") -> str:
    """Return what a line says, a point between two numbers of it."""
    from mnistcore.reading.photo import spelled

    return spelled(line, between=BETWEEN)


def on_drawing(line: "NumberReading", photo: Picture, drawing: Picture) -> "NumberReading":
    """Return a line with its boxes where they lie in a smaller picture.

    Args:
        line: Of the photo.
        photo: The picture that was read.
        drawing: The same, shrunk.
    """
    from mnistcore.reading.number_reading import Box

    across, down = drawing.shape[1] / photo.shape[1], drawing.shape[0] / photo.shape[0]
    digits = []
    for digit in line.digits:
        left, top = int(digit.box.left * across), int(digit.box.top * down)
        right = max(left + 1, round(digit.box.right * across))
        bottom = max(top + 1, round(digit.box.bottom * down))
        digits.append(replace(digit, box=Box(left, top, right, bottom)))
    return replace(line, digits=tuple(digits))


def with_boxes(photo: Picture, found: "PhotoReading") -> Picture:
    """Return a photo with a frame round each digit: blue, and orange where it was not read."""
    image = Image.fromarray(photo).convert("RGB")
    draw = ImageDraw.Draw(image)
    thick = max(1, max(image.size) // 300)
    for line in found.lines:
        for digit in line.digits:
            colour = MINUS if digit.text == "?" else PLUS
            draw.rectangle(tuple(digit.box), outline=colour, width=thick)
    return np.asarray(image.convert("RGBA"))


def show_lines(found: "PhotoReading", line: "NumberReading") -> None:
    """Show the numbers as a table with its download, and what the columns of a line say."""
    table, names = as_table(found), each(COLUMNS)
    st.subheader(_("The numbers, line by line"), anchor=False)
    columns = ["line", "number", "least_sure"]
    if table["left_out"].any():
        columns, names = [*columns, "left_out"], {**names, "left_out": _(LEFT_OUT)}
    shown = table[columns].rename(columns=names)
    st.dataframe(
        shown,
        hide_index=True,
        width="content",
        column_config={names["least_sure"]: st.column_config.NumberColumn(format="percent")},
    )
    st.download_button(
        _("Download as CSV"),
        table.to_csv(index=False),
        "numbers.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="photo_lines_csv",
        help=_(
            "Each number with its line, its box in pixels, how sure its least sure digit is, and "
            "how many marks beside it were left out: points, commas, dashes, signs."
        ),
    )
    if line.line is not None:
        tell_left_out(line)
        show_columns(line.line)


def as_table(found: "PhotoReading") -> pd.DataFrame:
    """Return a row for each number: its line, least sure digit, marks left out, box."""
    from mnistcore.reading.photo import numbers_of

    rows = []
    for place, line in enumerate(found.lines, start=1):
        for number in numbers_of(line):
            boxes = [digit.box for digit in number.digits]
            rows.append(
                {
                    "line": place,
                    "number": number.text,
                    "least_sure": min(
                        float(digit.verdict.probabilities.max()) for digit in number.digits
                    ),
                    "left_out": len(number.left_out),
                    "left": min(box.left for box in boxes),
                    "top": min(box.top for box in boxes),
                    "right": max(box.right for box in boxes),
                    "bottom": max(box.bottom for box in boxes),
                }
            )
    return pd.DataFrame(rows)
