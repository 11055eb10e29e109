import numpy as np
import pytest

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.generator import generate_digits, generate_non_digits
from mnistcore.handwriting.hand import parse_path, smooth, write_by_hand
from mnistcore.handwriting.non_digit_styles import LETTERS, SHAPES, SIGNS
from mnistcore.handwriting.pen import draw_ink, ink_to_image
from mnistcore.reading.classifier import WEIGHTS, load_classifier

ALL_PATHS = [style.path for style in DIGIT_STYLES] + [
    path for paths in (LETTERS, SIGNS, SHAPES) for path in paths.values()
]


def test_the_seed_decides_every_pixel() -> None:
    first, second = generate_digits(50, seed=5), generate_digits(50, seed=5)
    other = generate_digits(50, seed=6)

    assert np.array_equal(first.images, second.images)
    assert not np.array_equal(first.images, other.images)


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


@pytest.mark.parametrize("path", ALL_PATHS)
def test_every_path_can_be_drawn(path: str) -> None:
    lines = write_by_hand(path, np.random.default_rng(1))

    assert all(np.isfinite(line).all() and len(line) >= 2 for line in lines)
    assert draw_ink(lines, np.random.default_rng(1)).max() == 255


def test_the_curve_passes_through_the_points_of_its_path() -> None:
    stroke = parse_path("10,26 28,4 58,0 80,18 72,50 42,78 8,100* 94,100")[0]

    curve = smooth(stroke)

    nearest = np.linalg.norm(curve[:, None] - stroke.points, axis=2).min(axis=0)
    np.testing.assert_allclose(nearest, 0, atol=1e-9)


def test_ink_becomes_the_image_that_a_canvas_with_that_ink_becomes() -> None:
    ink = draw_ink(
        write_by_hand("10,5 86,5* 40,100", np.random.default_rng(1)), np.random.default_rng(2)
    )
    room = np.pad(ink, 40)

    drawing = np.stack([room, room, room, np.full_like(room, 255)], axis=-1)

    assert np.array_equal(ink_to_image(ink), drawing_to_image(drawing))


def test_a_network_that_knows_only_mnist_reads_the_plain_styles() -> None:
    plain = {"closed", "bare", "plain", "round", "open", "two strokes", "curved", "from the top"}
    rng = np.random.default_rng(1)
    styles = [style for style in DIGIT_STYLES if style.name in plain | {"straight stem"}]
    drawn = [(style.digit, style.path) for style in styles for _ in range(40)]
    images = [ink_to_image(draw_ink(write_by_hand(path, rng), rng)) for _, path in drawn]

    answers = load_classifier(WEIGHTS / "mynet.pt").predict(np.stack(images)).argmax(axis=1)

    assert {digit for digit, _ in drawn} == set(range(10))
    assert (answers == [digit for digit, _ in drawn]).mean() > 0.75
