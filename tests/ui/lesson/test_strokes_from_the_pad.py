"""What a browser reports is looked at before it is drawn."""

from typing import Any

import pytest

from mnistcore.errors import InvalidInputError
from ui.lesson.live import MOST_POINTS, _checked_lines


def test_strokes_stay_on_the_canvas() -> None:
    [line] = _checked_lines([[[-5, 10], [400, 20.5]], []])

    assert line.tolist() == [[0, 10], [336, 20.5]]


@pytest.mark.parametrize("told", [None, 3, [["a", "b"]], [[[1, 2], [3]]], [[1, 2, 3]], [{"x": 1}]])
def test_what_is_no_list_of_points_is_refused(told: Any) -> None:
    with pytest.raises(InvalidInputError, match="Draw again"):
        _checked_lines(told)


@pytest.mark.parametrize("told", [[[[1, float("nan")]]], [[[1, 2]] * (MOST_POINTS + 1)]])
def test_endless_and_unreal_strokes_are_refused(told: Any) -> None:
    with pytest.raises(InvalidInputError, match="draw again"):
        _checked_lines(told)
