"""What a measurement says, in words."""

import pytest

from mnistcore.in_torch.paired_times import PairedTimes, Spread, duration, timing_sentence


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
