"""Kernels as pictures: grey is zero, orange adds, blue takes away. No streamlit, no torch."""

import numpy as np
import numpy.typing as npt

from ui.digits import data_uri

ZERO = (226, 228, 232)
POSITIVE = (214, 93, 20)
NEGATIVE = (28, 84, 190)

_STYLE = """<style>
.kernels {display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: .4rem;}
.kernels img {width: 100%; image-rendering: pixelated; border-radius: .3rem; display: block;}
</style>"""


def kernel_pictures(kernels: npt.NDArray[np.float32]) -> str:
    """Return kernels side by side, each with the scale of its own largest weight.

    Args:
        kernels: (K, H, W).

    >>> kernel_pictures(np.ones((2, 3, 3), np.float32)).count("<img")
    2
    """
    pictures = (
        f'<img decoding="sync" src="{data_uri(colours(kernel))}" alt="Kernel {number}">'
        for number, kernel in enumerate(kernels, start=1)
    )
    return f'{_STYLE}<div class="kernels">{"".join(pictures)}</div>'


def colours(kernel: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Return a kernel's weights (H, W) as colours (H, W, 3).

    >>> colours(np.array([[0.0, 2.0, -2.0]], np.float32)).tolist()
    [[[226, 228, 232], [214, 93, 20], [28, 84, 190]]]
    """
    strength = (kernel / (np.abs(kernel).max() or 1))[..., None]  # (H, W) -> (H, W, 1)
    ends = np.where(strength > 0, np.array(POSITIVE), np.array(NEGATIVE))
    mixed = np.array(ZERO) + (ends - np.array(ZERO)) * np.abs(strength)
    rounded: npt.NDArray[np.uint8] = np.rint(mixed).astype(np.uint8)
    return rounded
