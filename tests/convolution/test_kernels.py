"""The named kernels: known weights, and what they do to pictures with a known answer."""

import numpy as np
import pytest

from mnistcore.convolution.kernels import KERNELS, WEIGHT_DECIMALS
from mnistcore.convolution.sliding_window import slide
from mnistcore.errors import InvalidInputError

SIZES = range(2, 8)
RAMP = np.tile(np.arange(12.0), (12, 1))[None]  # brighter by 1 from column to column
FLAT = np.full((1, 12, 12), 7.0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", KERNELS)
def test_every_weight_can_be_written_in_four_decimals(name: str, size: int) -> None:
    kernel = KERNELS[name](size)

    assert kernel.shape == (size, size)
    assert (kernel == kernel.round(WEIGHT_DECIMALS)).all()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["Identity", "Blur", "Sharpen", "Emboss"])
def test_an_even_picture_keeps_its_brightness(name: str, size: int) -> None:
    np.testing.assert_allclose(slide(FLAT, KERNELS[name](size)[None]), 7)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["Sobel x", "Sobel y", "Laplacian"])
def test_an_even_picture_has_no_edges(name: str, size: int) -> None:
    np.testing.assert_allclose(slide(FLAT, KERNELS[name](size)[None]), 0, atol=1e-9)


@pytest.mark.parametrize("size", SIZES)
def test_sobel_x_sees_a_ramp_that_sobel_y_and_the_laplacian_do_not(size: int) -> None:
    ramp = RAMP / np.abs(slide(RAMP, KERNELS["Sobel x"](size)[None])).max()

    np.testing.assert_allclose(slide(ramp, KERNELS["Sobel x"](size)[None]), 1)
    np.testing.assert_allclose(slide(ramp, KERNELS["Sobel y"](size)[None]), 0, atol=1e-9)


def test_sobel_5x5_has_the_published_difference() -> None:
    assert KERNELS["Sobel x"](5)[0].tolist() == [-1, -2, 0, 2, 1]


@pytest.mark.parametrize("name", ["Sharpen", "Sobel x", "Sobel y", "Laplacian", "Emboss"])
def test_a_kernel_that_compares_neighbours_needs_some(name: str) -> None:
    with pytest.raises(InvalidInputError, match=r"A 1x1 kernel sees one pixel.*Choose 2 or more"):
        KERNELS[name](1)
