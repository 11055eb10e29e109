import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnistcore.drawings.preprocessing import drawing_to_image, fit_into_square
from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import load_split
from tests.ascii_drawings import DIGITS, FOUR, SEVEN, drawing

Image = npt.NDArray[np.uint8]
SEVEN_IMAGE = drawing_to_image(drawing(SEVEN))


def centre_of_mass(image: Image) -> tuple[float, float]:
    weights = image.astype(float)
    places = np.arange(28)
    total = weights.sum()
    return (
        float((weights.sum(axis=1) * places).sum() / total),
        float((weights.sum(axis=0) * places).sum() / total),
    )


def mean_difference(first: Image, second: Image) -> float:
    return float(np.abs(first.astype(float) - second).mean())


@pytest.mark.parametrize("digit", range(10))
def test_the_image_is_made_as_mnist_was(digit: int) -> None:
    image = drawing_to_image(drawing(DIGITS[digit]))

    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert image.max() == 255
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    assert all(13.5 <= middle < 14.5 for middle in centre_of_mass(image))


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ((0, 0, 0, 255), (255, 255, 255, 255)),
        ((0, 0, 255, 255), (0, 0, 0, 255)),
        ((255, 0, 0, 255), (0, 0, 255, 255)),
        ((90, 90, 90, 255), (110, 110, 110, 255)),
        ((0, 0, 0, 255), (0, 0, 0, 0)),
        ((255, 255, 255, 255), (0, 0, 0, 0)),
        ((0, 0, 0, 255), (255, 255, 255, 0)),
        ((0, 0, 0, 128), (0, 0, 0, 0)),
    ],
)
def test_colour_polarity_and_transparency_make_no_difference(
    ink: tuple[int, int, int, int], paper: tuple[int, int, int, int]
) -> None:
    image = drawing_to_image(drawing(SEVEN, ink=ink, paper=paper))

    assert mean_difference(image, SEVEN_IMAGE) < 1


@pytest.mark.parametrize("corner", [(10, 10), (100, 20), (15, 90)])
def test_place_makes_no_difference(corner: tuple[int, int]) -> None:
    assert np.array_equal(drawing_to_image(drawing(SEVEN, corner=corner)), SEVEN_IMAGE)


@pytest.mark.parametrize(("scale", "side_px"), [(0.25, 280), (0.5, 280), (3, 900)])
def test_size_makes_hardly_a_difference(scale: float, side_px: int) -> None:
    image = drawing_to_image(drawing(SEVEN, scale=scale, side_px=side_px))

    assert mean_difference(image, SEVEN_IMAGE) < 6


def test_proportions_are_kept() -> None:
    tall = drawing_to_image(drawing("\n".join("#" * 10)))

    rows = tall[tall.any(axis=1)].sum(axis=1) / 255
    assert len(rows) == 20
    assert rows[1:-1] == pytest.approx(2, abs=0.1)  # ten times as high as wide; its ends are round


@pytest.mark.parametrize(
    "blank",
    [
        np.zeros((280, 280, 4), np.uint8),
        np.full((280, 280, 4), 255, np.uint8),
        np.full((1, 1, 4), 7, np.uint8),
        np.full((50, 50, 4), [200, 203, 199, 255], np.uint8),
    ],
)
def test_a_blank_drawing_gives_a_black_image(blank: Image) -> None:
    assert not drawing_to_image(blank).any()


def test_compression_noise_is_not_ink() -> None:
    noisy = drawing(FOUR).astype(int)
    noisy[..., :3] += np.random.default_rng(1).integers(-8, 9, noisy[..., :3].shape)

    image = drawing_to_image(noisy.clip(0, 255).astype(np.uint8))

    assert mean_difference(image, drawing_to_image(drawing(FOUR))) < 3


def test_mnists_own_images_stay_nearly_what_they_are() -> None:
    images = load_split("test").images[:500].numpy()

    differences = [
        mean_difference(
            drawing_to_image(np.dstack([image] * 3 + [np.full_like(image, 255)])), image
        )
        for image in images
    ]

    assert np.median(differences) < 0.5


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((280, 280), np.uint8),
        np.zeros((280, 280, 3), np.uint8),
        np.zeros((280, 280, 4), np.float32),
        np.zeros((0, 280, 4), np.uint8),
    ],
)
def test_another_shape_or_type_is_explained(wrong: Image) -> None:
    with pytest.raises(InvalidInputError, match="Give uint8 of shape"):
        drawing_to_image(wrong)


@pytest.mark.parametrize("slender", [(1, 0), (0, 1)], ids=["upright", "lying"])
def test_a_line_one_pixel_wide_of_any_length_is_ink(slender: tuple[int, int]) -> None:
    for length in range(1, 500):
        ink = np.ones((1, length) if slender[1] else (length, 1))

        square = fit_into_square(ink)

        assert np.isfinite(square).all() and square.max() == 1, length
        lit = np.argwhere(square > 0.5)
        assert (np.ptp(lit, axis=0)[slender[1]] == 19) or length == 1, length


@given(
    ink=arrays(
        np.uint8,
        st.tuples(st.integers(1, 90), st.integers(1, 90)),
        elements=st.sampled_from([0, 0, 0, 30, 255]),
    )
)
def test_any_ink_of_any_size_gives_an_image(ink: Image) -> None:
    drawing = np.zeros((*ink.shape, 4), np.uint8)
    drawing[..., :3], drawing[..., 3] = ink[..., None], 255

    image = drawing_to_image(drawing)

    assert image.shape == (28, 28)
    assert image.max() == (255 if np.ptp(ink) > 10 else 0)


def test_every_pixel_counts_by_the_area_it_covers() -> None:
    rng = np.random.default_rng(3)
    ink = rng.random((21, 21))
    fine = np.kron(ink, np.ones((20, 20)))  # 420 a side: 21 of them to each of 20 parts

    expected = fine.reshape(20, 21, 20, 21).mean(axis=(1, 3))

    np.testing.assert_allclose(fit_into_square(ink), expected / expected.max(), rtol=1e-5)
