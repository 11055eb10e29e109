"""Strokes between digits: they join near neighbours and leave all else as it was."""

import numpy as np

from mnistcore.drawings.ink_parts import part_boxes
from mnistcore.handwriting.ligatures import FARTHEST, join


def _bars(gap: int) -> tuple[np.ndarray, np.ndarray]:
    strip = np.zeros((80, 200), np.float32)
    strip[20:60, 20:26] = strip[20:60, 26 + gap : 32 + gap] = 1
    return strip, np.array([[20, 20, 26, 60], [26 + gap, 20, 32 + gap, 60]])


def test_near_digits_hang_together_once_joined() -> None:
    for seed in range(20):
        strip, boxes = _bars(12)
        joined = join(strip, boxes, np.random.default_rng(seed), height=40, share=1)
        assert len(part_boxes(strip > 0.4)) == 2
        assert len(part_boxes(joined > 0.4)) == 1
        assert (joined >= strip).all()


def test_far_digits_and_a_share_of_none_stay_apart() -> None:
    strip, boxes = _bars(round(FARTHEST * 40) + 4)
    assert (join(strip, boxes, np.random.default_rng(1), height=40, share=1) == strip).all()
    strip, boxes = _bars(12)
    assert (join(strip, boxes, np.random.default_rng(1), height=40, share=0) == strip).all()
