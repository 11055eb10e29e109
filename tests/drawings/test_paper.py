import numpy as np
import pytest

from mnistcore.drawings.paper import darkness, ink_is_bright
from tests.ascii_drawings import SEVEN, drawing


def a_seven(*, frame: bool) -> np.ndarray:
    grey = 1 - 0.4 * drawing(SEVEN, scale=0.12)[..., 0] / 255.0
    if frame:
        grey[:3] = grey[:, :3] = grey[:, -3:] = 0.1
    return np.asarray(grey)


@pytest.mark.parametrize("frame", [False, True])
def test_chalk_is_told_from_pencil_in_a_dark_frame_too(frame: bool) -> None:
    grey = a_seven(frame=frame)

    assert not ink_is_bright(grey)
    assert ink_is_bright(1 - grey)


def test_bare_paper_and_its_noise_are_told_beside_ink() -> None:
    rng = np.random.default_rng(4)
    grey = rng.normal(0.8, 0.016, (40, 40)).clip(0, 1)
    grey[:, 18:22] = 0.3

    darker, bare, noise = darkness(grey)

    assert 0.01 < noise < 0.03
    assert bare < 0.06
    assert darker[:, 19:21].min() > 0.5
