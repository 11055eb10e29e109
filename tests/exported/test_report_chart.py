"""The curve of a report: what it shows lies inside, and its numbers are round."""

import re

import pytest

from mnistcore.exported.report_chart import HEIGHT, MOST_TICKS, WIDTH, Axis, chart


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (98.24, 99.22), (0.0004, 0.0005), (5, 5), (0, 0), (-3, 1e6)]
)
def test_a_few_round_numbers_stand_at_an_axis(low: float, high: float) -> None:
    ticks = Axis(low, high).ticks()

    assert len(ticks) <= MOST_TICKS + 1
    assert all(low <= tick <= high for tick in ticks)
    assert len(ticks) >= 3 or low == high


@pytest.mark.parametrize(("low", "high"), [(0.04, 2.4), (1e-5, 2), (0.3, 0.6), (0, 2.3)])
def test_equal_ratios_are_equal_lengths(low: float, high: float) -> None:
    axis = Axis(low, high, is_log=True)

    assert 0 < len(axis.ticks()) <= MOST_TICKS + 1
    assert axis.share(high) == 1
    assert axis.share(low) == 0


def test_steps_and_epochs_are_whole_numbers() -> None:
    assert Axis(1, 2, is_whole=True).ticks() == [1, 2]
    assert Axis(1, 1, is_whole=True).ticks() == [1]
    assert Axis(1, 1344, is_whole=True).ticks() == [500, 1000]


@pytest.mark.parametrize("is_log", [True, False])
@pytest.mark.parametrize(
    "points",
    [
        [(1, 0.5)],
        [(1, 0.0), (2, 0.0)],
        [(n, 3 / n) for n in range(1, 500)],
        [(1, 1.7e308), (2, 1e-9)],
        [(5, 0.5), (1, 0.4)],  # what a damaged file has in another order
    ],
)
def test_all_that_is_drawn_lies_in_the_picture(
    points: list[tuple[float, float]], is_log: bool
) -> None:
    drawn = chart(points, "Loss <b>", is_log=is_log)

    [curve] = re.findall(r'<polyline points="([^"]*)"', drawn)
    places = [tuple(map(float, place.split(","))) for place in curve.split()]
    assert len(places) == len(points)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)
    assert "Loss &lt;b&gt;" in drawn
