import numpy as np
import pytest

from mnistcore.drawings.text_lines import (
    Straightened,
    find_bands,
    ink_bits,
    straighten,
)

TOPS = (40, 110, 190)


def page(ink: float = 0.2, paper: float = 0.9) -> np.ndarray:
    """Three lines of upright strokes, 30 pixels high."""
    grey = np.full((260, 400), paper)
    for top in TOPS:
        for left in range(60, 300, 18):
            grey[top : top + 30, left : left + 4] = ink
            grey[top : top + 4, left : left + 10] = ink
    return grey


@pytest.mark.parametrize(("ink", "paper"), [(0.2, 0.9), (0.8, 0.15), (0.6, 0.75)])
def test_each_line_has_its_band(ink: float, paper: float) -> None:
    bands = find_bands(ink_bits(page(ink, paper)))

    assert [round(band.top, -1) for band in bands] == list(TOPS)
    assert all(abs(band.bottom - band.top - 30) <= 4 for band in bands)
    assert all(abs(band.left - 60) <= 3 for band in bands)


def test_rulings_and_edges_are_no_ink() -> None:
    ruled = page()
    ruled[90:92] = 0.4
    ruled[:, 20:22] = 0.3
    ruled[-9:] = 0.05

    bits = ink_bits(ruled)

    assert not bits[90:92, 30:].any()
    assert not bits[:200, 20:22].any()
    assert [round(band.top, -1) for band in find_bands(bits)] == list(TOPS)


@pytest.mark.parametrize("degrees", [-6, -4, 3, 7])
def test_a_slanted_page_is_straightened(degrees: float) -> None:
    from PIL import Image

    turned = Image.fromarray(page().astype(np.float32)).rotate(
        -degrees, Image.Resampling.BILINEAR, fillcolor=0.9
    )
    grain = np.random.default_rng(1).normal(0, 0.01, turned.size[::-1])

    assert straighten(np.asarray(turned) + grain).degrees == pytest.approx(degrees, abs=0.6)


def test_a_level_page_and_a_single_slanted_stroke_are_left_alone() -> None:
    assert straighten(page()).degrees == 0
    stroke = np.full((120, 120), 0.9)
    for row in range(20, 100):
        stroke[row, row // 2 + 20 : row // 2 + 26] = 0.1
    assert straighten(stroke).degrees == 0


def test_a_place_is_found_again_in_the_original() -> None:
    from PIL import Image

    original = np.full((300, 500), 0.9, np.float32)
    original[80:83, 120:123] = 0.0
    turned = np.asarray(
        Image.fromarray(original).rotate(5, Image.Resampling.BICUBIC, fillcolor=0.9)
    )
    y, x = np.unravel_index(turned.argmin(), turned.shape)

    found = Straightened(turned, np.zeros(turned.shape, bool), 5, 1.0).to_original(
        float(x), float(y)
    )

    assert found == pytest.approx((121, 81), abs=2)


@pytest.mark.parametrize("noise", [0.1, 0.13, 0.16])
def test_a_photo_in_the_dark_has_its_bands(noise: float) -> None:
    grain = np.random.default_rng(1).normal(0, noise, page().shape)

    bands = find_bands(ink_bits((page(0.35, 0.65) + grain).clip(0, 1)))

    assert [round(band.top, -1) for band in bands] == list(TOPS)
    assert all(abs(band.bottom - band.top - 30) <= 4 for band in bands)
