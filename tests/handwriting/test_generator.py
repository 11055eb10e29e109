import numpy as np
import pytest

from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.generator import generate_digits, generate_non_digits


def test_the_seed_decides_every_pixel() -> None:
    first, second = generate_digits(50, seed=5), generate_digits(50, seed=5)
    other = generate_digits(50, seed=6)

    assert np.array_equal(first.images, second.images)
    assert not np.array_equal(first.images, other.images)


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing() -> None:
    in_this_process = generate_digits(500, seed=5)
    in_several = generate_digits(2_500, seed=5)

    assert np.array_equal(in_several.images[:500], in_this_process.images)


@pytest.mark.parametrize("generate", [generate_digits, generate_non_digits])
def test_every_drawing_is_an_image_as_mnist_has_them(generate) -> None:  # type: ignore[no-untyped-def]
    images = generate(200, seed=1).images

    assert images.shape == (200, 28, 28)
    assert images.dtype == np.uint8
    assert (images.max(axis=(1, 2)) == 255).all()


def test_every_digit_is_drawn_equally_often_in_styles_of_its_own() -> None:
    drawn = generate_digits(500, seed=1)

    assert np.bincount(drawn.labels).tolist() == [50] * 10
    assert [DIGIT_STYLES[style].digit for style in drawn.styles] == drawn.labels.tolist()
