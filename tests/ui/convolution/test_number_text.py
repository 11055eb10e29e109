"""Tables of numbers in the page's address: what comes back, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from ui.convolution.number_text import check_numbers, read_numbers, write_numbers


@given(
    st.integers(1, 7).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(-10_000_000, 10_000_000), min_size=size, max_size=size),
            min_size=size,
            max_size=size,
        )
    )
)
def test_a_table_survives_the_way_through_the_address(ten_thousandths: list[list[int]]) -> None:
    table = np.array(ten_thousandths) / 10_000

    assert np.array_equal(read_numbers(write_numbers(table), decimals=4, most_rows=7), table)


@pytest.mark.parametrize("text", ["", "a", "1,2;3", "1,,2", "1;2", "<script>"])
def test_text_that_is_no_square_table_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"Write rows such as|Give a square one"):
        read_numbers(text, decimals=2, most_rows=7)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1001", "1e300"])
def test_a_number_out_of_range_is_refused(number: str) -> None:
    with pytest.raises(InvalidInputError, match="Choose numbers from −1000 to 1000"):
        read_numbers(number, decimals=2, most_rows=7)


def test_too_large_a_table_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="up to 7x7"):
        check_numbers(np.zeros((8, 8)).tolist(), decimals=2, most_rows=7)
