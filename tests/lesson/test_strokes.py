"""Strokes are found where they were drawn, and the right kernel alone makes them vanish."""

import numpy as np
import numpy.typing as npt
import pytest

from mnistcore.convolution.kernels import KERNELS
from mnistcore.lesson.strokes import Direction, check_vanishing, find_strokes, main_direction
from mnistcore.mnist.idx import ARCHIVES, read_idx

Array = npt.NDArray[np.float64]

BLIND_TO: dict[Direction, str] = {"level": "Sobel x", "upright": "Sobel y"}


def seven() -> Array:
    """A level bar, and a stem that leans."""
    picture = np.zeros((28, 28))
    picture[6:9, 6:22] = 1
    for row in range(9, 24):
        left = 19 - (row - 9) // 2
        picture[row, left : left + 3] = 1
    return picture


def digits_with(direction: Direction, number: int) -> list[Array]:
    images = read_idx(ARCHIVES / "t10k-images-idx3-ubyte.gz")[:200] / 255
    return [image for image in images if main_direction(image) == direction][:number]


def test_the_bar_of_a_seven_runs_level_and_its_stem_does_not() -> None:
    level = find_strokes(seven(), "level")

    assert level[7, 8:18].all()
    assert not level[11:].any()


def test_a_turned_picture_has_its_strokes_turned() -> None:
    np.testing.assert_array_equal(
        find_strokes(seven().T, "upright"), find_strokes(seven(), "level").T
    )


@pytest.mark.parametrize("picture", [np.zeros((28, 28)), np.fliplr(np.eye(28))])
def test_a_picture_without_such_strokes_has_no_direction(picture: Array) -> None:
    assert main_direction(picture) is None


@pytest.mark.parametrize("direction", BLIND_TO)
def test_one_kernel_alone_is_blind_to_a_direction_in_mnists_digits(direction: Direction) -> None:
    digits = digits_with(direction, 12)
    assert len(digits) == 12

    for digit in digits:
        cases = {
            name: check_vanishing(digit, kernel(3), direction).case
            for name, kernel in KERNELS.items()
        }

        assert [name for name, case in cases.items() if case == "vanished"] == [BLIND_TO[direction]]


def test_a_kernel_of_zeros_is_no_answer() -> None:
    outcome = check_vanishing(seven(), np.zeros((3, 3)), "level")

    assert (outcome.is_right, outcome.case) == (False, "all_gone")


def test_how_strongly_a_stroke_is_seen_does_not_depend_on_the_kernels_size() -> None:
    kernel = KERNELS["Emboss"](3)

    shares = [
        check_vanishing(seven(), factor * kernel, "level").numbers["share"] for factor in (1, 7)
    ]

    assert shares[0] == pytest.approx(shares[1])
