"""Kernels and the maps they make, small and side by side: one is chosen with a click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ui.components.loader import load

Array = npt.NDArray[np.float64]

THUMB_DECIMALS = 3  # enough for a colour

_GALLERY = load("gallery")


@dataclass(frozen=True)
class Exhibit:
    """One kernel's place in the gallery.

    Attributes:
        name: What stands below it.
        made: (H', W'), the map that the kernel makes.
        kernel: (K, K), drawn above the map if given.
    """

    name: str
    made: Array
    kernel: Array | None = None


def show_gallery(
    label: str,
    exhibits: Sequence[Exhibit],
    chosen: int,
    *,
    key: str,
    on_click: Callable[[], None],
    side_px: int = 56,
) -> None:
    """Mount the gallery; in its callback `st.session_state[key].clicked` is the chosen number."""
    _GALLERY(
        key=key,
        on_clicked_change=on_click,
        data={
            "label": label,
            "chosen": chosen,
            "side": side_px,
            "items": [
                {
                    "name": exhibit.name,
                    "map": exhibit.made.round(THUMB_DECIMALS).tolist(),
                    "kernel": None if exhibit.kernel is None else exhibit.kernel.tolist(),
                }
                for exhibit in exhibits
            ],
        },
    )
