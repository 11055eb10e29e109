"""A curve for a report, as SVG: axes with round numbers, and the last value written at its end."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from sys import float_info

Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 340, 190  # in the picture's own units
LEFT, RIGHT, TOP, BOTTOM = 38, 34, 8, 20  # room for the numbers
MOST_TICKS = 6
MOST_DOTS = 40
LEAST = 1e-6  # on an axis of powers, which has no zero


@dataclass(frozen=True)
class Axis:
    """What a range of values is on paper.

    Attributes:
        low: The least value.
        high: The largest.
        is_log: Whether equal ratios are equal lengths.
        is_whole: Whether there is nothing between whole numbers.
    """

    low: float
    high: float
    is_log: bool = False
    is_whole: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies, from 0 to 1.

        >>> Axis(0.01, 1, is_log=True).share(0.1)
        0.5
        """
        low, high, at = self.low, self.high, value
        if self.is_log:
            low, high, at = (log10(max(one, LEAST)) for one in (low, high, value))
        return min(max((at - low) / ((high - low) or 1), 0.0), 1.0)

    def ticks(self) -> list[float]:
        """Return the round numbers to write at the axis.

        >>> Axis(98.24, 99.22).ticks()
        [98.4, 98.6, 98.8, 99.0, 99.2]
        >>> Axis(0.04, 2.4, is_log=True).ticks(), Axis(1, 3, is_whole=True).ticks()
        ([0.05, 0.1, 0.2, 0.5, 1.0, 2.0], [1, 2, 3])
        """
        return self._round_ratios() if self.is_log else self._round_steps()

    def _round_steps(self) -> list[float]:
        span = (self.high - self.low) or 1
        power = 10.0 ** floor(log10(span / MOST_TICKS))
        steps = [power * factor for factor in (1, 2, 5, 10)]
        step = next(step for step in steps if span / step <= MOST_TICKS)
        if self.is_whole:
            step = max(1, round(step))
        first, last = ceil(self.low / step), floor(self.high / step)
        return [round(step * number, 10) for number in range(first, last + 1)]

    def _round_ratios(self) -> list[float]:
        low, high = max(self.low, LEAST), max(self.high, LEAST)
        powers = range(floor(log10(low)), min(ceil(log10(high)), float_info.max_10_exp) + 1)
        for factors in ((1, 2, 5), (1, 3), (1,)):
            found = [factor * 10.0**power for power in powers for factor in factors]
            within = [round(value, 10) for value in found if low <= value <= high]
            if len(within) <= MOST_TICKS:
                break
        return within


def chart(points: Points, caption: str, *, is_log: bool = False) -> str:
    """Return a curve as a figure.

    Args:
        points: At least one, at whole numbers: a step or an epoch, and a value, which is finite.
        caption: What is below it.
        is_log: Whether equal ratios of values are equal lengths.

    >>> chart([(1, 90.0), (2, 95.0)], "Accuracy").count("<circle")
    2
    """
    places, values = [at for at, _ in points], [value for _, value in points]
    along = Axis(min(places), max(places), is_whole=True)
    up = Axis(min(values), max(values), is_log)

    def x(number: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * along.share(number):.1f}"

    def y(value: float, below: float = 0) -> str:
        return f"{TOP + (HEIGHT - TOP - BOTTOM) * (1 - up.share(value)) + below:.1f}"

    lines = "".join(
        f'<path class="grid" d="M{LEFT},{y(tick)}H{WIDTH - RIGHT}"/>'
        f'<text x="{LEFT - 5}" y="{y(tick, 3)}" text-anchor="end">{tick:g}</text>'
        for tick in up.ticks()
    )
    numbers = "".join(
        f'<text x="{x(tick)}" y="{HEIGHT - 5}" text-anchor="middle">{tick:,.0f}</text>'
        for tick in along.ticks()
    )
    dots = points if len(points) <= MOST_DOTS else points[-1:]
    marks = "".join(f'<circle cx="{x(at)}" cy="{y(value)}" r="2.5"/>' for at, value in dots)
    curve = " ".join(f"{x(at)},{y(value)}" for at, value in points)
    end = values[-1]
    last = (
        f'<text class="last" x="{WIDTH - RIGHT + 6}" y="{y(end, 3)}">'
        f"{f'{end:.4g}' if end >= 1 else f'{end:#.3g}'}</text>"
    )
    told = html.escape(caption)
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{told}">'
        f'<path d="M{LEFT},{TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>{lines}{numbers}'
        f'<polyline points="{curve}"/>{marks}{last}'
        f"</svg><figcaption>{told}</figcaption></figure>"
    )
