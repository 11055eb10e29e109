"""A small table of numbers to type into: a kernel's weights, or a picture's pixels."""

from collections.abc import Callable

import streamlit as st

from ui.convolution.assets import read_assets
from ui.convolution.number_text import LARGEST_NUMBER

_NUMBER_GRID = st.components.v2.component(
    "convolution_number_grid",
    html=read_assets("number_grid.html"),
    css=read_assets("number_grid.css"),
    js=read_assets("number_grid.js"),
)


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
