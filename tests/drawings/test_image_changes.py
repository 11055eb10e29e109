import numpy as np
import pytest

from mnistcore.drawings.image_changes import ImageChange, change_image
from mnistcore.errors import InvalidInputError

DOT = np.zeros((9, 9), np.uint8)
DOT[2, 4] = 255


def test_nothing_asked_changes_nothing() -> None:
    assert change_image(DOT, ImageChange()) is DOT


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (ImageChange(shift_x=2, shift_y=1), (3, 6)),
        (ImageChange(turn=90), (4, 6)),
        (ImageChange(turn=180), (6, 4)),
        (ImageChange(shift_x=-1, turn=-90), (4, 1)),
    ],
)
def test_a_dot_moves_as_asked(change: ImageChange, place: tuple[int, int]) -> None:
    assert np.argwhere(change_image(DOT, change)).tolist() == [list(place)]


def test_scaling_is_around_the_middle() -> None:
    square = np.zeros((10, 10), np.uint8)
    square[4:6, 4:6] = 200

    larger = change_image(square, ImageChange(scale=2))

    assert larger[4:6, 4:6].min() == 200
    assert larger.sum() == pytest.approx(4 * square.sum(), rel=0.05)


def test_thickness_adds_a_pixel_on_each_side_and_takes_it_off_again() -> None:
    thicker = change_image(DOT, ImageChange(thickness=1))

    assert int((thicker == 255).sum()) == 5
    np.testing.assert_array_equal(change_image(thicker, ImageChange(thickness=-1)), DOT)
    assert change_image(DOT, ImageChange(thickness=0.5))[2, 5] == pytest.approx(128, abs=1)


def test_noise_comes_from_its_seed() -> None:
    first, again, other = (change_image(DOT, ImageChange(noise=0.2), seed=s) for s in (1, 1, 2))

    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_an_impossible_scale_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="Choose a scale above 0"):
        change_image(DOT, ImageChange(scale=0))
