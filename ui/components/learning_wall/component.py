"""A network as it learns: twenty digits turn right, kernels form, and what they make of a digit."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ui.components.loader import load

_LEARNING_WALL = load("learning_wall")

LARGEST = 127


@dataclass(frozen=True)
class Moment:
    """A network at one step of its training.

    Attributes:
        step: Steps taken; 0 before the first.
        said: (N,), what each digit is read as.
        kernels: (K, H, W), of the first layer.
        maps: (K, H', W'), what these make of the visitor's digit.
    """

    step: int
    said: Sequence[int]
    kernels: npt.NDArray[np.float32]
    maps: npt.NDArray[np.float64]


def show_learning_wall(
    digits: npt.NDArray[np.uint8],
    labels: Sequence[int],
    moment: Moment | None,
    losses: Sequence[tuple[int, float]],
    *,
    texts: Mapping[str, str],
    training: str,
    key: str,
) -> None:
    """Mount the wall, as high as `--picture-height`; it keeps its moments, and plays them again.

    Args:
        digits: (N, 28, 28) uint8, bright ink on black.
        labels: What they are.
        moment: The network now; None while it is not known.
        losses: (step, loss) along the training.
        texts: `digits`, `kernels` and `loss` above the three parts, `said` of a digit with its
            `label` and its `answer`, and the name of the button that plays `again`.
        training: Which it is: another one begins the moments anew.
        key: Of the component.
    """
    _LEARNING_WALL(
        key=key,
        data={
            "digits": b64encode(digits.tobytes()).decode(),
            "labels": [int(label) for label in labels],
            "moment": None if moment is None else _as_data(moment),
            "losses": [[step, round(loss, 4)] for step, loss in losses],
            "texts": dict(texts),
            "training": training,
        },
    )


def _as_data(moment: Moment) -> dict[str, Any]:
    return {
        "step": moment.step,
        "said": [int(answer) for answer in moment.said],
        "kernels": _coarse(moment.kernels),
        "maps": _coarse(moment.maps),
    }


def _coarse(pictures: npt.NDArray[Any]) -> dict[str, Any]:
    """Return signed pictures, each with the scale of its own largest value."""
    largest = np.abs(pictures).max(axis=(1, 2), keepdims=True)
    values = np.rint(pictures / np.where(largest > 0, largest, 1) * LARGEST).astype(np.int8)
    return {"shape": list(values.shape), "values": b64encode(values.tobytes()).decode()}
