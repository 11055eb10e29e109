"""What a measurement of two networks found, in numbers and in words. Knows no torch.

`timing` measures.
"""

from dataclasses import dataclass
from statistics import median, quantiles

FEWEST_ROUNDS = 5  # to call one network the faster one
CLEAR_MAJORITY = 0.75  # of the rounds, which it has to win
CLOSE = 0.1  # a prediction within a tenth of the median counts as right


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
    took = (
        f"it took {ratio.middle:.2f} times as long (half of the {times.num_rounds:,} rounds "
        f"between {ratio.low:.2f} and {ratio.high:.2f})"
    )
    if times.faster == 0:
        answer = (
            f"{first} is neither clearly faster nor slower than {second}: {took}, and was faster "
            f"in {times.first_won:.0%} of them."
        )
    else:
        word = "faster" if times.faster == 1 else "slower"
        won = times.first_won if times.faster == 1 else 1 - times.first_won
        answer = f"{first} is {word} than {second}: {took}, and was {word} in {won:.0%} of them."
    return answer if mac_ratio is None else f"{answer} {_prediction(times, mac_ratio)}"


def _prediction(times: PairedTimes, mac_ratio: float) -> str:
    """Return what the multiply-adds promised, and whether that is what came out."""
    expected = f"By its multiply-adds it should take {mac_ratio:.2f} times as long"
    measured = times.ratio.middle
    if abs(measured / mac_ratio - 1) <= CLOSE:
        return f"{expected}, and so it does: here multiply-adds tell the time."
    if times.ratio.low <= mac_ratio <= times.ratio.high:
        return f"{expected}: the rounds differ too much from each other to confirm or refute it."
    if times.faster == 0:
        return f"{expected}: the clock does not confirm that."
    if (mac_ratio < 1) != (times.faster == 1):
        return f"{expected}: here the clock says the opposite."
    if times.faster == 1:
        return f"{expected}: it gains {'less' if measured > mac_ratio else 'more'} than promised."
    return f"{expected}: it loses {'more' if measured > mac_ratio else 'less'} than feared."
