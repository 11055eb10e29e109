import numpy as np
import pytest

from mnistcore.drawings.ink_parts import find_parts, join
from mnistcore.drawings.preprocessing import Grey


def ink_of(text: str) -> Grey:
    return np.array(
        [[float(sign == "#") for sign in line] for line in text.strip("\n").split("\n")]
    )


RING_AND_DOT = """
###.....
#.#...#.
###.....
"""
STAIRS = """
#....#..
.#..#...
..##....
"""


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        (RING_AND_DOT, [(0, 0, 3, 3), (6, 1, 7, 2)]),
        (STAIRS, [(0, 0, 6, 3)]),
        ("#.#\n...\n#.#", [(0, 0, 1, 1), (0, 2, 1, 3), (2, 0, 3, 1), (2, 2, 3, 3)]),
    ],
    ids=["a ring and a dot", "joined by corners", "many"],
)
def test_pieces_that_hang_together_are_found(
    text: str, boxes: list[tuple[int, int, int, int]]
) -> None:
    parts = find_parts(ink_of(text))

    assert [(part.left, part.top, part.right, part.bottom) for part in parts] == boxes


def test_the_parts_joined_are_the_ink_again() -> None:
    ink = np.random.default_rng(1).random((40, 60)) * (
        np.random.default_rng(2).random((40, 60)) < 0.3
    )

    whole = join(find_parts(ink))

    rows, columns = slice(whole.top, whole.bottom), slice(whole.left, whole.right)
    assert np.array_equal(whole.ink, ink[rows, columns])
    assert whole.ink.sum() == pytest.approx(ink.sum())


def test_no_ink_has_no_parts() -> None:
    assert find_parts(np.zeros((5, 5))) == []
