import numpy as np
import pytest

from mnistcore.handwriting.glyphs import draw_bank
from mnistcore.models.line_net import Ground, load_line_net, weights_file
from mnistcore.reading.line_calibration import MISREAD_UNFLAGGED, _threshold, fit_line_calibration


def test_above_the_threshold_so_few_are_misread() -> None:
    rng = np.random.default_rng(1)
    scores = -rng.exponential(1, 2000)
    right = rng.random(2000) < np.exp(scores)
    judged = list(zip(scores.tolist(), right.tolist(), strict=True))

    threshold = _threshold(judged)

    kept = scores >= threshold
    assert 0.5 * MISREAD_UNFLAGGED < (kept & ~right).mean() <= MISREAD_UNFLAGGED + 1e-3
    assert kept.mean() > 0.1


def test_what_is_always_right_is_never_flagged() -> None:
    assert _threshold([(-0.1, True), (-3.0, True), (-1.0, True)]) == -3.0


@pytest.mark.slow
@pytest.mark.parametrize("ground", ["ink", "paper"])
def test_a_reader_is_fitted_to_what_it_reads(ground: Ground) -> None:
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 4:24, 10:16] = 200
    bank = draw_bank(images, np.arange(10), np.random.default_rng(1), digits=140, marks=70)

    net, _ = load_line_net(weights_file(ground))
    fitted = fit_line_calibration(net, bank, ground, np.random.default_rng(2), 12)

    assert 1 <= fitted.temperature <= 2.6
    assert -40 <= fitted.doubtful_below <= 0
