"""Ten bars that glide when the answer changes."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent
_BARS = st.components.v2.component(
    "prediction_bars",
    html=(FOLDER / "bars.html").read_text(encoding="utf-8"),
    css=(FOLDER / "bars.css").read_text(encoding="utf-8"),
    js=(FOLDER / "bars.js").read_text(encoding="utf-8"),
)


def show_bars(
    probabilities: Sequence[float], *, key: str, otherwise: Sequence[float] | None = None
) -> None:
    """Show ten bars, always in the order 0 to 9, the longest marked.

    Args:
        probabilities: Ten of them.
        key: Of the component.
        otherwise: Ten to compare with, each a thin mark.
    """
    spoken = ", ".join(f"{digit}: {share:.1%}" for digit, share in enumerate(probabilities))
    _BARS(
        key=key,
        data={
            "probabilities": list(probabilities),
            "otherwise": None if otherwise is None else list(otherwise),
            "spoken": f"Probabilities. {spoken}",
        },
    )
