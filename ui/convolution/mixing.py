"""The weights of a 1x1 kernel: a few mixes with a meaning, and a slider for each channel."""

import streamlit as st

from mnistcore.deep_kernels import MAP_NAMES

MIXES = {
    "Edges that lean like /": (0.0, 0.7, 0.7, 0.0),
    "Edges that lean like \\": (0.0, 0.7, -0.7, 0.0),
    "Sharpened": (1.0, 0.0, 0.0, -0.5),
    "Mean of all": (0.25, 0.25, 0.25, 0.25),
}
KEYS = [f"window_mix_{index}" for index in range(len(MAP_NAMES))]


def choose_mix() -> list[float]:
    """Show the mixes and the sliders, and return one weight for each map."""
    st.pills(
        "Mix", list(MIXES), key="window_mix", default=next(iter(MIXES)), on_change=_set_weights
    )
    for key, weight in zip(KEYS, MIXES[next(iter(MIXES))], strict=True):
        st.session_state.setdefault(key, weight)
    columns = st.columns(len(MAP_NAMES))
    return [
        column.slider(f"× {name}", -1.0, 1.0, step=0.05, key=key)
        for column, name, key in zip(columns, MAP_NAMES, KEYS, strict=True)
    ]


def _set_weights() -> None:
    if st.session_state.window_mix is not None:
        st.session_state.update(zip(KEYS, MIXES[st.session_state.window_mix], strict=True))
