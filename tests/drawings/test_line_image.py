import numpy as np
import pytest

from mnistcore.drawings.line_image import LINE_HEIGHT_PX, normalised, to_line_image


def strip(ink: float, paper: float) -> np.ndarray:
    grey = np.full((80, 240), paper)
    grey[12:68, 60:70] = grey[12:24, 120:160] = ink
    return grey


@pytest.mark.parametrize(("ink", "paper"), [(0.1, 0.9), (0.9, 0.1), (0.5, 0.7), (0.45, 0.4)])
def test_ink_is_positive_whatever_its_colour_and_depth(ink: float, paper: float) -> None:
    image = to_line_image(strip(ink, paper))

    assert image.shape == (2, LINE_HEIGHT_PX, 120)
    assert image[0, 20, 32] > 0.9
    assert image[1, 20, 32] > 0.5
    np.testing.assert_allclose(image[0, :, :20], 0, atol=1e-5)
    np.testing.assert_allclose(image[0], to_line_image(strip(0.1, 0.9))[0], atol=0.01)


def test_what_is_flat_stays_flat() -> None:
    faint = np.random.default_rng(1).normal(0.5, 0.001, (40, 100)).astype(np.float32)

    assert abs(normalised(faint)).max() < 0.4


def test_the_local_channel_sees_pencil_beside_a_black_edge() -> None:
    grey = np.full((40, 120), 0.8, np.float32)
    grey[:, -8:] = 0.02  # the table
    grey[10:30, 30:34] = 0.7  # pencil

    whole, local = normalised(grey)

    assert whole[20, 31] < 0.35
    assert local[20, 31] > 1
