"""Numbers that are compared are shown with as many decimals as a comparison needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.inside.layer_names import shown_apart

SUMS = st.lists(st.integers(-30_000_000, 30_000_000), min_size=2, max_size=10, unique=True)


def as_read(texts: list[str]) -> list[float]:
    return [float(text.replace("−", "-")) for text in texts]


@given(SUMS)
def test_who_reads_the_numbers_finds_the_order_that_they_have(millionths: list[int]) -> None:
    sums = [number / 1_000_000 for number in millionths]

    read = as_read(shown_apart(sums, 1))

    places = range(len(sums))
    assert sorted(places, key=read.__getitem__) == sorted(places, key=sums.__getitem__)


# What a network that has learned for 210 steps made of an upright stroke.
@pytest.mark.parametrize("sums", [[4.2, -1.0811, -1.1208, -1.0642]])
def test_sums_that_one_decimal_would_make_equal_stay_apart(sums: list[float]) -> None:
    assert shown_apart(sums, 1) == ["4.20", "−1.08", "−1.12", "−1.06"]
