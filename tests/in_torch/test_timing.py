"""Two networks timed against each other."""

import time
from typing import ClassVar

import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.timing import check_measurable, time_pair


class Sleeper(nn.Module):
    """Takes a known time, and tells in which order it was called."""

    calls: ClassVar[list[str]] = []

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__()
        self.name, self.seconds = name, seconds

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        Sleeper.calls.append(self.name)
        time.sleep(self.seconds)
        return images


def test_a_known_ratio_comes_out() -> None:
    times = time_pair(
        Sleeper("first", 0.01), Sleeper("second", 0.04), ((1,), (1,)), batch_size=2, seconds=0.6
    )

    assert times.faster == 1
    assert times.first_won > 0.75
    assert times.ratio.middle == pytest.approx(0.25, abs=0.12)
    assert times.first.middle == pytest.approx(0.005, rel=0.5)


def test_the_two_take_turns_at_going_first() -> None:
    Sleeper.calls.clear()

    times = time_pair(Sleeper("a", 0.01), Sleeper("b", 0.01), ((1,), (1,)), seconds=0.4)

    measured = Sleeper.calls[Sleeper.calls.index("b") :].copy()
    while measured[0] == "b":  # its runs for warming up
        measured.pop(0)
    assert times.num_rounds >= 5
    assert measured[:8] == ["a", "b", "b", "a", "a", "b", "b", "a"]


def test_a_slow_network_is_not_waited_for_beyond_two_rounds() -> None:
    Sleeper.calls.clear()

    times = time_pair(Sleeper("a", 0.05), Sleeper("b", 0.05), ((1,), (1,)), seconds=0.01)

    assert times.num_rounds == 2
    assert len(Sleeper.calls) == 2 * (1 + 2)
    assert times.faster == 0  # two rounds are too few to say


def test_the_measurement_ends_in_time_and_leaves_the_threads_alone() -> None:
    threads_before = torch.get_num_threads()
    started = time.perf_counter()

    times = time_pair(nn.Linear(8, 8), nn.Linear(8, 8), ((8,), (8,)), seconds=0.2)

    assert time.perf_counter() - started < 2
    assert times.num_threads == 1
    assert torch.get_num_threads() == threads_before


def test_a_batch_that_is_none_is_explained() -> None:
    with pytest.raises(InvalidInputError, match=r"`batch_size` is 0. Choose 1 or more"):
        time_pair(nn.ReLU(), nn.ReLU(), ((1,), (1,)), batch_size=0)


def test_a_network_too_large_for_a_visit_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"ViT has 633 million parameters. Choose one"):
        check_measurable("ViT", 633_470_440, 1, 1)
