from typing import Any

import numpy as np
import pytest
import torch

from mnistcore.errors import InvalidInputError
from ui.components.stepper.component import Step, stepper_data

PICTURE = np.random.default_rng(3).random((9, 8)).round(2)
KERNEL = np.random.default_rng(4).normal(size=(3, 3)).round(4)


def data_of(step: Step, **chosen: Any) -> dict[str, Any]:
    return stepper_data(step, **{"position": None, "scale": (0, 1), "paintable": False} | chosen)


@pytest.mark.parametrize(
    "slides",
    [{}, {"stride": 2}, {"padding": 2}, {"dilation": 3}, {"stride": 3, "padding": 1}],
    ids=str,
)
def test_the_map_is_torchs(slides: dict[str, int]) -> None:
    data = data_of(Step(PICTURE, KERNEL, 0.25, **slides))

    given, kernel = torch.tensor(PICTURE)[None, None], torch.tensor(KERNEL)[None, None]
    theirs = torch.conv2d(given, kernel, torch.tensor([0.25]).double(), **slides)[0, 0]
    assert np.array(data["output"]) == pytest.approx(theirs.numpy(), abs=1e-6)


def test_the_strongest_position_comes_first_unless_one_was_chosen() -> None:
    step = Step(PICTURE, KERNEL)

    row, column = data_of(step)["position"]

    assert abs(step.output()[row, column]) == np.abs(step.output()).max()
    assert data_of(step, position=(1, 2))["position"] == [1, 2]


def test_pixels_that_no_window_reaches_are_counted() -> None:
    # 9 and 8 pixels, a window of 3, two further each time: the last row but no column is reached.
    assert data_of(Step(PICTURE, KERNEL, stride=2))["unreached"] == [0, 1]


def test_a_large_map_is_walked_faster() -> None:
    assert data_of(Step(PICTURE, KERNEL))["speed"] == "2"
    assert data_of(Step(np.zeros((28, 28)), KERNEL))["speed"] == "12"


def test_a_kernel_that_does_not_fit_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="kernel"):
        data_of(Step(PICTURE[:2, :2], KERNEL))
