"""The kernels of several channels, on pictures with a known answer."""

import numpy as np

from mnistcore.convolution.deep_kernels import DEEP_KERNELS, MAP_NAMES, hand_made_maps
from mnistcore.convolution.sliding_window import slide


def test_every_kernel_has_a_slice_for_every_map() -> None:
    assert {kernel.shape for kernel in DEEP_KERNELS.values()} == {(len(MAP_NAMES), 3, 3)}


def test_leaning_strokes_are_told_apart_by_their_sign() -> None:
    backslash = np.eye(9)
    slash = np.fliplr(backslash)

    answers = [
        slide(hand_made_maps(stroke), DEEP_KERNELS["Leaning strokes"], padding=1)[4, 4]
        for stroke in (backslash, slash)
    ]

    assert answers[0] > 0 > answers[1]


def test_an_upright_stroke_leans_nowhere() -> None:
    upright = np.zeros((9, 9))
    upright[:, 4] = 1

    answer = slide(hand_made_maps(upright), DEEP_KERNELS["Leaning strokes"])

    np.testing.assert_allclose(answer[1:-1], 0, atol=1e-9)
