import math
import random

import pytest

from mnistcore.runs.curve import MAX_POINTS, Curve, SmoothedCurve


def value_at(step: int) -> float:
    """Return a loss that falls, with noise of its own at every step."""
    return 1 / math.sqrt(step) + 0.1 * random.Random(step).random()


def grown(num_steps: int, whole: int) -> SmoothedCurve:
    curve = SmoothedCurve()
    curve.smooth_for(whole)
    for step in range(1, num_steps + 1):
        curve.append(step, value_at(step))
    return curve


@pytest.mark.parametrize("num_steps", [499, 501, 1003, 100_000])
def test_a_curve_stays_bounded(num_steps: int) -> None:
    curve = Curve()

    for number in range(1, num_steps + 1):
        curve.append(number, float(number))

    assert MAX_POINTS / 2 - 1 <= len(curve.points) <= MAX_POINTS
    assert num_steps - curve.points[-1][0] < curve.stride
    assert all(value == step for step, value in curve.points)


@pytest.mark.parametrize("later", [501, 1003, 7001])
def test_what_is_shown_of_a_step_stays_as_the_run_grows(later: int) -> None:
    early, late = grown(499, 8000), grown(later, 8000)

    for before, after in ((early, late), (early.smooth, late.smooth)):
        shown = dict(before.points)
        still_shown = {step: value for step, value in after.points if step <= 499}
        assert len(still_shown) > 20
        assert all(shown[step] == value for step, value in still_shown.items())


@pytest.mark.parametrize("num_steps", [40, 440, 8800])
def test_the_smoothed_value_is_the_mean_of_the_steps_before_it(num_steps: int) -> None:
    curve = grown(num_steps, num_steps)

    decay = 1 - 1 / max(10, num_steps / 50)
    for step, smooth in curve.smooth.points[:: len(curve.smooth.points) // 10]:
        weights = [decay ** (step - earlier) for earlier in range(1, step + 1)]
        values = [value_at(earlier) for earlier in range(1, step + 1)]
        mean = sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
        assert smooth == pytest.approx(mean, rel=1e-9)


def test_a_run_that_was_interrupted_draws_what_one_never_interrupted_draws() -> None:
    whole, broken = grown(2000, 2000), grown(700, 2000)

    for checkpoint, killed in ((600, 1300), (900, 1307), (1000, 2000)):
        broken.cut(checkpoint)
        for step in range(checkpoint + 1, killed + 1):
            broken.append(step, value_at(step))

    assert broken.points == whole.points
    assert broken.smooth.points == whole.smooth.points


def test_points_that_come_seldom_are_thinned_as_well() -> None:
    curve = Curve(max_points=10)

    for step in range(100, 10_000, 97):
        curve.append(step, float(step))

    assert 5 <= len(curve.points) <= 10
    assert curve.points[0] == (100, 100.0)
