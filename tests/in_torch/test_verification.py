"""The calculator against torch; the full 20,000 are `python -m mnistcore verify`."""

import pytest

from mnistcore.in_torch.verification import Comparison, Figures, check_stack, verify
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.stacks.presets import PRESETS, preset


@pytest.mark.parametrize("seed", [11, 12])
def test_random_layers_agree_with_torch(seed: int) -> None:
    comparisons = list(verify(700, seed))

    assert [comparison for comparison in comparisons if not comparison.agrees] == []
    assert {comparison.kind for comparison in comparisons if comparison.ours} == set(LAYER_KINDS)
    assert any(comparison.ours is None for comparison in comparisons)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_agrees_with_torch(name: str) -> None:
    comparisons = list(check_stack(preset(name)))

    assert [comparison for comparison in comparisons if not comparison.agrees] == []
    assert comparisons[-1].subject == "The whole network"


def test_a_mismatch_is_seen() -> None:
    figures = Figures((1, 2, 2), 10, 36)

    assert not Comparison("Conv2d", "Conv2d(...)", figures, Figures((1, 2, 2), 9, 36)).agrees
    assert not Comparison("Conv2d", "Conv2d(...)", figures, None).agrees
