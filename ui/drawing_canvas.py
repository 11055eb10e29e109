"""A canvas whose drawing survives reruns, changes of its settings and visits to other pages."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import streamlit as st

Drawing = npt.NDArray[np.uint8]  # (H, W, 4) RGBA

INK = "#ffffff"
PAPER = "#000000"


def drawing_canvas(name: str, *, side_px: int, stroke_width: int) -> Drawing | None:
    """Show the canvas of this name and return what is drawn on it.

    Args:
        name: Of the drawing; pages that use the same name share it.
        side_px: Of the square canvas.
        stroke_width: Of the pen, in the canvas's pixels.

    Returns:
        (side_px, side_px, 4) uint8 RGBA, or None while nothing is drawn.
    """
    # The component registers itself when imported, which needs a running Streamlit.
    from streamlit_drawable_canvas import st_canvas

    state = st.session_state
    key = f"{name}-{state.setdefault(f'{name}_generation', 0)}"
    if key not in state:
        # On the first run, or back from another page. A seed that changed later would reload it.
        state[f"{name}_seed"] = state.get(f"{name}_strokes")
    result = st_canvas(
        stroke_width=stroke_width,
        stroke_color=INK,
        background_color=PAPER,
        width=side_px,
        height=side_px,
        drawing_mode="freedraw",
        return_image_data=True,
        initial_drawing=state[f"{name}_seed"],
        key=key,
    )
    if result.json_data is not None and result.image_data is not None:
        state[f"{name}_strokes"] = result.json_data
        state[f"{name}_drawing"] = result.image_data if result.json_data["objects"] else None
    drawing: Drawing | None = state.get(f"{name}_drawing")
    return drawing


def clearing(name: str) -> Callable[[], None]:
    """Return the callback of a button that clears the canvas of this name."""

    def clear() -> None:
        state = st.session_state
        state[f"{name}_generation"] = state.get(f"{name}_generation", 0) + 1
        state[f"{name}_strokes"] = state[f"{name}_drawing"] = None

    return clear
