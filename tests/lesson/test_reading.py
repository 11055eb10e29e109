"""What a network says, checked by counting by hand."""

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.lesson.reading import check_num_read, check_second


@pytest.mark.parametrize(("wanted", "case"), [(2, "enough"), (3, "too_few")])
def test_the_digits_that_are_read_right_are_counted(wanted: int, case: str) -> None:
    outcome = check_num_read([7, 2, 1], [7, 2, 0], wanted=wanted)

    assert (outcome.case, outcome.is_right) == (case, case == "enough")
    assert outcome.numbers["num_right"] == 2


def test_second_is_who_has_one_larger_sum_above_it() -> None:
    logits = [-3.0, 0.2, 9.1, -0.4, 4.4]

    outcomes = [check_second(answer, logits) for answer in range(5)]

    assert [outcome.numbers["place"] for outcome in outcomes] == [5, 3, 1, 4, 2]
    assert [outcome.case for outcome in outcomes] == ["other", "other", "first", "other", "right"]


@pytest.mark.parametrize("answer", [-1, 2])
def test_an_output_that_is_not_there_is_refused(answer: int) -> None:
    with pytest.raises(InvalidInputError, match="Choose one from 0 to 1"):
        check_second(answer, [0.0, 1.0])
