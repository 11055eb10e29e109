import numpy as np
import pytest

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.hand import write_by_hand
from mnistcore.handwriting.non_digit_styles import LETTERS, SHAPES, SIGNS
from mnistcore.handwriting.pen import draw_ink, ink_to_image

ALL_PATHS = [style.path for style in DIGIT_STYLES] + [
    path for paths in (LETTERS, SIGNS, SHAPES) for path in paths.values()
]


@pytest.mark.parametrize("path", ALL_PATHS)
def test_every_path_can_be_drawn(path: str) -> None:
    lines = write_by_hand(path, np.random.default_rng(1))

    assert all(np.isfinite(line).all() and len(line) >= 2 for line in lines)
    assert draw_ink(lines, np.random.default_rng(1)).max() == 255


def test_ink_becomes_the_image_that_a_canvas_with_that_ink_becomes() -> None:
    ink = draw_ink(
        write_by_hand("10,5 86,5* 40,100", np.random.default_rng(1)), np.random.default_rng(2)
    )
    room = np.pad(ink, 40)

    drawing = np.stack([room, room, room, np.full_like(room, 255)], axis=-1)

    assert np.array_equal(ink_to_image(ink), drawing_to_image(drawing))
