"""Kernels and the maps they make, small and side by side: one is chosen with a click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ui.components.loader import load

Array = npt.NDArray[np.float64]

THUMB_DECIMALS = 3  # enough for a colour

_GALLERY = load("kernel_gallery")


@dataclass(frozen=True)
class Exhibit:
    """One kernel's place in the gallery.

    Attributes:
        name: What stands below it.
        made: (H', W'), the map that the kernel makes, if it is to be seen.
        kernel: (K, K), drawn above the map, or by itself.
        spoken: What is read out of it; the name if empty.
    """

    name: str
    made: Array | None = None
    kernel: Array | None = None
    spoken: str = ""


def show_gallery(
    label: str,
    exhibits: Sequence[Exhibit],
    chosen: int | None = None,
    *,
    key: str,
    on_click: Callable[[], None] | None = None,
    side_px: int = 56,
) -> None:
    """Mount the gallery.

    Args:
        label: Of them all.
        exhibits: In their order.
        chosen: The one that is marked; None if they are only to be looked at.
        key: In the callback `st.session_state[key].clicked` is the chosen number.
        on_click: Called after a click.
        side_px: Of the largest picture of each.
    """
    _GALLERY(
        key=key,
        on_clicked_change=on_click or (lambda: None),
        data={
            "label": label,
            "chosen": chosen,
            "side": side_px,
            "items": [
                {
                    "name": exhibit.name,
                    "spoken": exhibit.spoken or exhibit.name,
                    "map": _numbers(exhibit.made, THUMB_DECIMALS),
                    "kernel": _numbers(exhibit.kernel, THUMB_DECIMALS + 1),
                }
                for exhibit in exhibits
            ],
        },
    )


def _numbers(values: Array | None, decimals: int) -> list[list[float]] | None:
    return None if values is None else np.asarray(values, np.float64).round(decimals).tolist()
