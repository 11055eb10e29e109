import numpy as np
import pytest

from mnistcore.drawings.ink_parts import Part, find_parts
from mnistcore.drawings.ink_seams import cut


def test_discs_that_touch_are_cut_where_they_do() -> None:
    y, x = np.mgrid[:60, :120]
    discs = ((x - 31) ** 2 + (y - 30) ** 2 < 900) | ((x - 89) ** 2 + (y - 30) ** 2 < 900)
    [both] = find_parts(discs.astype(float))

    left, right = cut(both, most_cuts=1)

    assert left.right == pytest.approx(60, abs=4)
    assert right.left == pytest.approx(60, abs=4)
    assert left.ink.sum() + right.ink.sum() == both.ink.sum()


@pytest.mark.parametrize("shape", [(1, 50), (2, 400), (3, 3), (50, 1), (4, 4)])
def test_what_is_too_small_stays_whole(shape: tuple[int, int]) -> None:
    pieces = cut(Part(0, 0, np.ones(shape)), most_cuts=3)

    assert sum(piece.ink.sum() for piece in pieces) == np.prod(shape)
