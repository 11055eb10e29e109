"""What a measurement of two networks found. Knows no torch; `timing` measures."""

from dataclasses import dataclass
from statistics import median, quantiles

FEWEST_ROUNDS = 5  # to call one network the faster one
CLEAR_SHARE = 0.75  # of the rounds, which it has to win


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
        first_won: Share of the rounds in which the first was faster.
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

    @property
    def faster(self) -> int:
        """Return 1 or 2 if that network clearly won, 0 if neither did."""
        if self.num_rounds < FEWEST_ROUNDS:
            return 0
        if self.first_won >= CLEAR_SHARE:
            return 1
        return 2 if self.first_won <= 1 - CLEAR_SHARE else 0
