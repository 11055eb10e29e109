"""Two networks timed against each other."""

import time
from typing import ClassVar

import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.paired_times import PairedTimes, Spread, duration, timing_sentence
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


def found(low: float, middle: float, high: float, *, first_won: float) -> PairedTimes:
    spread = Spread(low, middle, high)
    return PairedTimes(spread, spread, spread, first_won, 100, 16, 1)


@pytest.mark.parametrize(
    ("times", "mac_ratio", "words"),
    [
        (found(0.70, 0.72, 0.74, first_won=1.0), 0.72, "so it does: here multiply-adds tell"),
        (found(0.88, 0.90, 0.92, first_won=0.9), 0.72, "it gains less than promised"),
        (found(0.58, 0.60, 0.62, first_won=0.9), 0.72, "it gains more than promised"),
        (found(1.48, 1.50, 1.52, first_won=0.1), 0.72, "here the clock says the opposite"),
        (found(1.48, 1.50, 1.52, first_won=0.1), 1.20, "it loses more than feared"),
        (found(1.48, 1.50, 1.52, first_won=0.1), 2.00, "it loses less than feared"),
        (found(0.98, 1.00, 1.02, first_won=0.5), 0.72, "the clock does not confirm that"),
        (found(0.60, 0.95, 1.30, first_won=0.6), 0.72, "to confirm or refute it"),
    ],
)
def test_the_verdict_says_whether_multiply_adds_predicted_it(
    times: PairedTimes, mac_ratio: float, words: str
) -> None:
    assert words in timing_sentence("One", "Other", times, mac_ratio)


def test_the_verdict_names_the_faster_one_or_none() -> None:
    assert timing_sentence("One", "Other", found(0.7, 0.8, 0.9, first_won=0.9), None) == (
        "One is faster than Other: it took 0.80 times as long (half of the 100 rounds between "
        "0.70 and 0.90), and was faster in 90% of them."
    )
    assert "slower in 90%" in timing_sentence("One", "Other", found(2, 2, 2, first_won=0.1), None)
    assert "neither clearly" in timing_sentence("One", "Other", found(1, 1, 1, first_won=0.5), None)


def test_durations_have_three_figures() -> None:
    assert [duration(value) for value in (0, 4e-7, 0.123, 12.3)] == [
        "0.00 µs",
        "0.400 µs",
        "123 ms",
        "12.3 s",
    ]
