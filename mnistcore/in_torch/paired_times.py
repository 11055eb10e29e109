"""What a measurement of two networks found, in numbers and in words. Knows no torch.

`timing` measures.
"""

from dataclasses import dataclass
from statistics import median, quantiles

from mnistcore.sentences import Sentence

FEWEST_ROUNDS = 5  # to call one network the faster one
CLEAR_MAJORITY = 0.75  # of the rounds, which it has to win
CLOSE = 0.1  # a prediction within a tenth of the median counts as right

VERDICTS = {
    "so it does": "{expected}, and so it does: here multiply-adds tell the time.",
    "too different": "{expected}: the rounds differ too much from each other to confirm or refute "
    "it.",
    "not confirmed": "{expected}: the clock does not confirm that.",
    "the opposite": "{expected}: here the clock says the opposite.",
    "gains less": "{expected}: it gains less than promised.",
    "gains more": "{expected}: it gains more than promised.",
    "loses more": "{expected}: it loses more than feared.",
    "loses less": "{expected}: it loses less than feared.",
}


@dataclass(frozen=True)
class Spread:
    """A median, and the quartiles around it: half of all rounds lie between these."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        """Return the spread of at least two values.

        >>> Spread.of([1.0, 2.0, 3.0, 4.0, 5.0])
        Spread(low=2.0, middle=3.0, high=4.0)
        """
        low, _, high = quantiles(values, n=4, method="inclusive")
        return cls(low, median(values), high)


@dataclass(frozen=True)
class PairedTimes:
    """What a measurement found.

    Args:
        first: Seconds for one image through the first network.
        second: Seconds for one image through the second.
        ratio: First to second, round by round.
        first_won: The part of the rounds in which the first was faster, from 0 to 1.
        num_rounds: How many rounds.
        batch_size: Images at once.
        num_threads: That torch calculates with.
    """

    first: Spread
    second: Spread
    ratio: Spread
    first_won: float
    num_rounds: int
    batch_size: int
    num_threads: int

    @classmethod
    def of(
        cls, first: list[float], second: list[float], batch_size: int, num_threads: int
    ) -> "PairedTimes":
        """Return what rounds show in which both networks ran, in seconds for a batch.

        >>> PairedTimes.of([1.0, 2.0], [2.0, 2.0], batch_size=2, num_threads=1).ratio.middle
        0.75
        """
        ratios = [one / other for one, other in zip(first, second, strict=True)]
        return cls(
            Spread.of([seconds / batch_size for seconds in first]),
            Spread.of([seconds / batch_size for seconds in second]),
            Spread.of(ratios),
            sum(ratio < 1 for ratio in ratios) / len(ratios),
            len(ratios),
            batch_size,
            num_threads,
        )

    @property
    def faster(self) -> int:
        """Return 1 or 2 if that network clearly won, 0 if neither did."""
        if self.num_rounds < FEWEST_ROUNDS:
            return 0
        if self.first_won >= CLEAR_MAJORITY:
            return 1
        return 2 if self.first_won <= 1 - CLEAR_MAJORITY else 0


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it.

    >>> duration(0.0000123), duration(0.0042), duration(1.5)
    ('12.3 µs', '4.20 ms', '1.50 s')
    """
    units = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}
    unit = next((unit for unit, size in units.items() if seconds >= size), "µs")
    amount = seconds / units[unit]
    return f"{amount:.0f} {unit}" if amount >= 99.95 else f"{amount:#.3g} {unit}"


def timing_sentence(first: str, second: str, times: PairedTimes, mac_ratio: float | None) -> str:
    """Return what came out: which is faster, by how much, and whether MACs predicted it.

    A tenth more or less than predicted counts as predicted.

    Args:
        first: The first network's name.
        second: The second one's.
        times: What was measured.
        mac_ratio: Multiply-adds of the first to those of the second; None if it has none.
    """
    ratio = times.ratio
    told = {
        "first": first,
        "second": second,
        "ratio": ratio.middle,
        "num_rounds": times.num_rounds,
        "low": ratio.low,
        "high": ratio.high,
    }
    if times.faster == 0:
        answer = Sentence(
            "{first} is neither clearly faster nor slower than {second}: it took {ratio:.2f} times "
            "as long (half of the {num_rounds:,} rounds between {low:.2f} and {high:.2f}), and was "
            "faster in {won:.0%} of them.",
            won=times.first_won,
            **told,
        )
    elif times.faster == 1:
        answer = Sentence(
            "{first} is faster than {second}: it took {ratio:.2f} times as long (half of the "
            "{num_rounds:,} rounds between {low:.2f} and {high:.2f}), and was faster in {won:.0%} "
            "of them.",
            won=times.first_won,
            **told,
        )
    else:
        answer = Sentence(
            "{first} is slower than {second}: it took {ratio:.2f} times as long (half of the "
            "{num_rounds:,} rounds between {low:.2f} and {high:.2f}), and was slower in {won:.0%} "
            "of them.",
            won=1 - times.first_won,
            **told,
        )
    if mac_ratio is None:
        return answer
    return Sentence(
        "{answer} {prediction}", answer=answer, prediction=_prediction(times, mac_ratio)
    )


def _prediction(times: PairedTimes, mac_ratio: float) -> str:
    """Return what the multiply-adds promised, and whether that is what came out."""
    expected = Sentence(
        "By its multiply-adds it should take {ratio:.2f} times as long", ratio=mac_ratio
    )
    return Sentence(VERDICTS[_verdict(times, mac_ratio)], expected=expected)


def _verdict(times: PairedTimes, mac_ratio: float) -> str:
    measured = times.ratio.middle
    if abs(measured / mac_ratio - 1) <= CLOSE:
        return "so it does"
    if times.ratio.low <= mac_ratio <= times.ratio.high:
        return "too different"
    if times.faster == 0:
        return "not confirmed"
    if (mac_ratio < 1) != (times.faster == 1):
        return "the opposite"
    return ("gains" if times.faster == 1 else "loses") + (
        " less" if (measured > mac_ratio) == (times.faster == 1) else " more"
    )
