"""Two networks timed against each other."""

import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch import timing
from mnistcore.in_torch.timing import check_measurable, time_pair


class Clock:
    """Stands until a network is called, so that what is measured is known to the last digit."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.calls: list[str] = []

    def __call__(self) -> float:
        return self.seconds


class Timed(nn.Module):
    """Takes a known time, and tells in which order it was called."""

    def __init__(self, clock: Clock, name: str, seconds: float) -> None:
        super().__init__()
        self.clock, self.name, self.seconds = clock, name, seconds

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        self.clock.calls.append(self.name)
        self.clock.seconds += self.seconds
        return images


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timing, "perf_counter", clock)
    return clock


def test_a_known_ratio_comes_out(clock: Clock) -> None:
    first, second = Timed(clock, "first", 0.01), Timed(clock, "second", 0.04)

    times = time_pair(first, second, ((1,), (1,)), batch_size=2, seconds=0.6)

    assert times.faster == 1
    assert times.first_won == 1
    assert times.ratio.middle == pytest.approx(0.25)
    assert times.first.middle == pytest.approx(0.005)


def test_short_runs_are_repeated_to_make_a_sample(clock: Clock) -> None:
    short, long = Timed(clock, "short", 0.0001), Timed(clock, "long", 0.002)

    times = time_pair(short, long, ((1,), (1,)), seconds=0.1)

    assert clock.calls.count("short") >= 10 * times.num_rounds
    assert times.ratio.middle == pytest.approx(0.05)


def test_the_two_take_turns_at_going_first(clock: Clock) -> None:
    times = time_pair(Timed(clock, "a", 0.01), Timed(clock, "b", 0.01), ((1,), (1,)), seconds=0.4)

    measured = clock.calls[clock.calls.index("b") :]
    while measured[0] == "b":  # its runs for warming up
        measured.pop(0)
    assert times.num_rounds >= 5
    assert measured[:8] == ["a", "b", "b", "a", "a", "b", "b", "a"]


def test_a_slow_network_is_not_waited_for_beyond_two_rounds(clock: Clock) -> None:
    times = time_pair(Timed(clock, "a", 0.05), Timed(clock, "b", 0.05), ((1,), (1,)), seconds=0.01)

    assert times.num_rounds == 2
    assert len(clock.calls) == 2 * (1 + 2)
    assert times.faster == 0  # two rounds are too few to say


@pytest.mark.parametrize("seconds", [0.2, 1])
def test_the_measurement_takes_the_time_that_was_asked_for(clock: Clock, seconds: float) -> None:
    time_pair(Timed(clock, "a", 0.001), Timed(clock, "b", 0.002), ((1,), (1,)), seconds=seconds)

    assert seconds <= clock.seconds <= seconds + 0.004


def test_the_measurement_leaves_the_threads_alone() -> None:
    threads_before = torch.get_num_threads()

    times = time_pair(nn.Linear(8, 8), nn.Linear(8, 8), ((8,), (8,)), num_threads=3, seconds=0.01)

    assert times.num_threads == 3
    assert torch.get_num_threads() == threads_before


def test_a_batch_that_is_none_is_explained() -> None:
    with pytest.raises(InvalidInputError, match=r"`batch_size` is 0. Choose 1 or more"):
        time_pair(nn.ReLU(), nn.ReLU(), ((1,), (1,)), batch_size=0)


def test_a_network_too_large_for_a_visit_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"ViT has 633 million parameters. Choose one"):
        check_measurable("ViT", 633_470_440, 1, 1)
