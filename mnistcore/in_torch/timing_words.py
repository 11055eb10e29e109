"""What a measurement of two networks says, in words, beside what their multiply-adds predicted.

Knows no torch.
"""

from mnistcore.in_torch.paired_times import PairedTimes

CLOSE = 0.1  # a prediction within a tenth of the median counts as right


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it.

    Args:
        seconds: The time.

    >>> duration(0.0000123), duration(0.0042), duration(1.5)
    ('12.3 µs', '4.20 ms', '1.50 s')
    """
    units = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}
    unit = next((unit for unit, size in units.items() if seconds >= size), "µs")
    amount = seconds / units[unit]
    return f"{amount:.0f} {unit}" if amount >= 99.95 else f"{amount:#.3g} {unit}"


def verdict(first: str, second: str, times: PairedTimes, mac_ratio: float | None) -> str:
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
        share = times.first_won if times.faster == 1 else 1 - times.first_won
        answer = f"{first} is {word} than {second}: {took}, and was {word} in {share:.0%} of them."
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
