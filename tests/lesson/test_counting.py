"""The counted tasks, beside torch's own counts and a table worked out by hand."""

import pytest
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.layers.convolution import Conv2d
from mnistcore.lesson.counting import (
    check_article_size,
    check_guess,
    check_num_weights,
    check_shared_params,
)


@pytest.mark.parametrize("kernel_size", [1, 3, 5])
def test_the_right_number_of_weights_is_torchs(kernel_size: int) -> None:
    weights = nn.Conv2d(4, 16, kernel_size).weight.numel()

    assert check_num_weights(weights, Conv2d(4, 16, kernel_size)).is_right
    assert not check_num_weights(weights + 1, Conv2d(4, 16, kernel_size)).is_right


# By hand: what comes out of 6 pixels, and how many of (3, 1, 0) were changed.
ARTICLE_SIZES = [
    (3, 1, 0, 4, "unchanged"),
    (3, 2, 0, 2, "true"),
    (3, 3, 0, 2, "true"),
    (5, 1, 0, 2, "true"),
    (3, 1, 1, 6, "other_size"),
    (4, 2, 0, 2, "two_changed"),
]


@pytest.mark.parametrize(("kernel_size", "stride", "padding", "size", "case"), ARTICLE_SIZES)
def test_the_articles_size_needs_one_change(
    kernel_size: int, stride: int, padding: int, size: int, case: str
) -> None:
    outcome = check_article_size(kernel_size=kernel_size, stride=stride, padding=padding)

    assert (outcome.numbers["size"], outcome.case) == (size, case)
    assert outcome.is_right == (case == "true")


def test_a_kernel_that_does_not_fit_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="kernel"):
        check_article_size(kernel_size=7, stride=1, padding=0)


def test_larger_pictures_need_no_more_shared_parameters() -> None:
    layer = Conv2d(1, 16, 3, stride=2, padding=1)

    outcomes = [check_shared_params(answer, layer, 28, 56) for answer in (160, 640, 31_360)]

    assert [outcome.case for outcome in outcomes] == ["right", "by_area", "wrong"]
    assert [outcome.is_right for outcome in outcomes] == [True, False, False]


@pytest.mark.parametrize(("faster", "right"), [(1, True), (2, False), (0, True)])
def test_a_guess_is_right_if_the_clock_agrees_or_cannot_tell(faster: int, right: bool) -> None:
    assert check_guess(1, faster).is_right == right
