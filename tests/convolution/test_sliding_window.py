"""One kernel over one picture, with torch's own convolution as witness."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mnistcore.convolution.sliding_window import channel_maps, pad, slide
from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_map import torch_map

Array = npt.NDArray[np.float64]

SIX_BY_SIX = np.arange(36, dtype=np.float64).reshape(1, 6, 6)
LAYERS = {
    "channels": st.integers(1, 3),
    "height": st.integers(1, 9),
    "width": st.integers(1, 9),
    "kernel_size": st.integers(1, 4),
    "stride": st.integers(1, 3),
    "padding": st.integers(0, 3),
    "dilation": st.integers(1, 3),
    "seed": st.integers(0, 1000),
}


def random_decimals(shape: tuple[int, ...], places: int, seed: int) -> Array:
    numbers: Array = np.random.default_rng(seed).uniform(-3, 3, shape).round(places)
    return numbers


@given(**LAYERS)
def test_the_map_is_the_one_that_torch_makes(
    channels: int,
    height: int,
    width: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    seed: int,
) -> None:
    assume(dilation * (kernel_size - 1) < min(height, width) + 2 * padding)
    picture = random_decimals((channels, height, width), 2, seed)
    kernel = random_decimals((channels, kernel_size, kernel_size), 4, seed + 1)

    made = slide(picture, kernel, bias=0.5, stride=stride, padding=padding, dilation=dilation)

    np.testing.assert_allclose(
        made,
        torch_map(picture, kernel, bias=0.5, stride=stride, padding=padding, dilation=dilation),
        atol=1e-9,
    )


@given(**LAYERS)
def test_the_written_products_add_up_exactly_to_the_map(
    channels: int,
    height: int,
    width: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    seed: int,
) -> None:
    assume(dilation * (kernel_size - 1) < min(height, width) + 2 * padding)
    picture = random_decimals((channels, height, width), 2, seed)
    kernel = random_decimals((channels, kernel_size, kernel_size), 4, seed + 1)
    slides = {"stride": stride, "padding": padding, "dilation": dilation}
    made = slide(picture, kernel, bias=0.25, **slides).round(6)
    row, column = (seed % length for length in made.shape)

    rows, columns = (
        range(at * stride, at * stride + dilation * kernel_size, dilation) for at in (row, column)
    )
    pixels = pad(picture, padding)[:, rows][:, :, columns]
    written = [
        Decimal(str(pixel)) * Decimal(str(weight))
        for pixel, weight in zip(pixels.flat, kernel.flat, strict=True)
    ]
    assert sum(written) + Decimal("0.25") == Decimal(str(made[row, column]))


@pytest.mark.parametrize(("stride", "length"), [(1, 4), (2, 2)])
def test_the_articles_example_gives_4x4_and_takes_stride_2_to_give_2x2(
    stride: int, length: int
) -> None:
    assert slide(SIX_BY_SIX, np.ones((1, 3, 3)), stride=stride).shape == (length, length)


def test_the_parts_of_all_channels_add_up_to_the_map() -> None:
    picture, kernel = random_decimals((3, 5, 5), 2, 1), random_decimals((3, 3, 3), 4, 2)

    parts = channel_maps(picture, kernel, padding=1)

    assert parts.shape == (3, 5, 5)
    np.testing.assert_allclose(parts.sum(axis=0), slide(picture, kernel, padding=1))


def test_padding_is_a_frame_of_zeros() -> None:
    padded = pad(SIX_BY_SIX + 1, padding=2)

    assert padded.shape == (1, 10, 10)
    assert padded.sum() == (SIX_BY_SIX + 1).sum()
    assert padded[0, 2, 2] == 1


def test_a_kernel_wider_than_the_picture_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="7"):
        slide(SIX_BY_SIX, np.ones((1, 7, 7)))


def test_a_kernel_of_another_depth_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="as many channels in the kernel"):
        slide(SIX_BY_SIX, np.ones((2, 3, 3)))


def test_a_padding_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"2,000,006 pixels long.*stays within 2,048"):
        slide(SIX_BY_SIX, np.ones((1, 3, 3)), padding=10**6)


@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [-1, 1.5, "two", None])
def test_a_setting_that_is_no_number_in_range_is_explained(name: str, value: object) -> None:
    with pytest.raises(InvalidInputError, match=f"`{name}` is"):
        slide(SIX_BY_SIX, np.ones((1, 3, 3)), **{name: value})  # type: ignore[arg-type]
