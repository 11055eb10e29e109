import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from mnistcore.drawings.ink import composite, drawn_ink, find_ink

shapes = array_shapes(min_dims=2, max_dims=2, max_side=12)


@given(
    grey=arrays(np.uint8, shapes, elements=st.integers(0, 255)),
    low=st.integers(0, 255),
    high=st.integers(0, 255),
)
def test_the_ink_of_greys_that_is_looked_up_is_the_one_that_is_calculated(
    grey: npt.NDArray[np.uint8], low: int, high: int
) -> None:
    grey = grey.clip(min(low, high), max(low, high))  # faint contrasts as often as strong ones
    drawing = np.dstack([grey, grey, grey, np.full_like(grey, 255)])

    assert np.array_equal(drawn_ink(drawing), find_ink(composite(drawing)))


@pytest.mark.parametrize("value", [(0, 0, 255, 255), (255, 255, 255, 90), (0, 0, 0, 255)])
def test_coloured_and_clear_ink_is_found_as_well(value: tuple[int, int, int, int]) -> None:
    drawing = np.zeros((9, 9, 4), np.uint8)
    drawing[3:6, 4] = value

    ink = drawn_ink(drawing)

    assert np.array_equal(ink, find_ink(composite(drawing)))
    assert (ink > 0).sum() == 3
