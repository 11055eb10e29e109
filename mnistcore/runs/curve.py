"""Values along a training, thinned out as they come, so that they stay few. Imports no torch.

What is shown of a step is the same for as long as it is shown, and depends on nothing but the steps
before it: neither on how long the run is by now nor on where it was interrupted.
"""

from collections import deque

MAX_POINTS = 500  # of a curve; more are not seen on a screen
SMOOTHED_PART = 0.02  # of a run's steps, over which a curve is smoothed
LEAST_SMOOTHED_STEPS = 10
LONGEST_WAY_BACK = 1000  # steps; a run goes on from a checkpoint that is at most 300 behind, or 600


class Curve:
    """Values along a training, of which the first in every `stride` steps is kept.

    Attributes:
        points: (step, value).
        max_points: How many there may be.
        stride: Doubles whenever the points become too many.

    >>> curve = Curve()
    >>> for step in range(1, 1001):
    ...     curve.append(step, float(step))
    >>> len(curve.points), curve.stride, curve.points[:3]
    (251, 4, [(1, 1.0), (4, 4.0), (8, 8.0)])
    """

    def __init__(self, max_points: int = MAX_POINTS) -> None:
        self.points: list[tuple[int, float]] = []
        self.max_points = max_points
        self.stride = 1

    def append(self, step: int, value: float) -> None:
        """Add the value of a later step."""
        self._keep(step, value)
        while len(self.points) > self.max_points:
            self.stride *= 2
            points, self.points = self.points, []
            for point in points:
                self._keep(*point)

    def _keep(self, step: int, value: float) -> None:
        if not self.points or step // self.stride > self.points[-1][0] // self.stride:
            self.points.append((step, value))

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        while self.points and self.points[-1][0] > step:
            self.points.pop()


class SmoothedCurve(Curve):
    """A curve of every step, with the mean of the values up to each, the later the weightier.

    An exponential moving average over the steps, unbiased from the first one on, as Kingma & Ba
    (2015), section 3, correct theirs.

    Attributes:
        smooth: The curve of that mean.

    >>> curve = SmoothedCurve()
    >>> for step in range(1, 4):
    ...     curve.append(step, 2.0)
    >>> [round(value, 6) for _, value in curve.smooth.points]
    [2.0, 2.0, 2.0]
    """

    def __init__(self) -> None:
        super().__init__()
        self.smooth = Curve()
        self._decay = 0.0
        self._means: deque[tuple[int, float, float]] = deque(maxlen=LONGEST_WAY_BACK)
        self.smooth_for(1)

    def smooth_for(self, num_steps: int) -> None:
        """Smooth over a fiftieth of a run of so many steps: as much as its chart has room for."""
        self._decay = 1 - 1 / max(LEAST_SMOOTHED_STEPS, SMOOTHED_PART * num_steps)

    def append(self, step: int, value: float) -> None:
        """Add the value of the next step."""
        super().append(step, value)
        _, total, weight = self._means[-1] if self._means else (0, 0.0, 0.0)
        total = self._decay * total + (1 - self._decay) * value
        weight = self._decay * weight + (1 - self._decay)
        self._means.append((step, total, weight))
        self.smooth.append(step, total / weight)

    def cut(self, step: int) -> None:
        """Forget what came after a step; so far back that the mean is not known, it begins anew."""
        super().cut(step)
        self.smooth.cut(step)
        while self._means and self._means[-1][0] > step:
            self._means.pop()
