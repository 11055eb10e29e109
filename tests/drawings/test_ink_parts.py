import numpy as np
import pytest

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.ink_parts import find_parts, join, marks_beside


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


def test_marks_beside_digits_are_those_that_no_digit_has() -> None:
    has_ink = np.zeros((60, 200), bool)
    digits = np.array([[20, 10, 40, 50], [80, 10, 100, 50]])
    for left, top, right, bottom in digits:
        has_ink[top:bottom, left:right] = True
    point, comma, speck, loose = (
        (55, 46, 60, 50),
        (108, 44, 114, 58),
        (65, 30, 66, 31),
        (40, 12, 43, 20),
    )
    for left, top, right, bottom in (point, comma, speck):
        has_ink[top:bottom, left:right] = True

    assert marks_beside(has_ink, digits).tolist() == [list(point), list(comma)]
    has_ink[loose[1] : loose[3], loose[0] : loose[2]] = True  # it hangs together with a digit
    assert marks_beside(has_ink, digits).tolist() == [list(point), list(comma)]


def test_more_marks_than_a_line_has_are_a_pattern() -> None:
    has_ink = np.zeros((60, 200), bool)
    has_ink[20:26, 4::12] = has_ink[20:26, 5::12] = has_ink[20:26, 6::12] = True
    has_ink[20:26, 7::12] = True

    assert marks_beside(has_ink, np.array([[80, 10, 84, 50]])).tolist() == []
