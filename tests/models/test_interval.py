import pytest

from mnistcore.models.interval import accuracy_interval


@pytest.mark.parametrize(("accuracy", "half_width"), [(0.99, 0.0020), (0.995, 0.0014)])
def test_the_interval_has_the_known_width(accuracy: float, half_width: float) -> None:
    low, high = accuracy_interval(round(accuracy * 10_000), 10_000)

    assert low < accuracy < high
    assert (high - low) / 2 == pytest.approx(half_width, abs=0.0001)


def test_the_interval_stays_below_one() -> None:
    low, high = accuracy_interval(20, 20)

    assert 0.8 < low < high <= 1
