"""The calculator against torch; the full 20,000 are `python -m mnistcore verify`."""

import pytest
import torch

from mnistcore.__main__ import main
from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import build_layer, build_sequential, layer_of
from mnistcore.in_torch.verification import Comparison, Figures, check_stack, verify
from mnistcore.layers.kinds import LAYER_KINDS, Conv2d
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.stack import LayerStack


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


def test_layers_are_read_back_from_torch() -> None:
    layer = Conv2d(4, 8, (3, 5), stride=2, padding=(1, 2), groups=2, bias=False)

    assert layer_of(build_layer(layer)) == layer
    assert layer_of(torch.nn.Softmax(dim=1)) is None


def test_an_impossible_network_is_not_built() -> None:
    with pytest.raises(InvalidInputError, match="Layer 1, Conv2d"):
        build_sequential(LayerStack((1, 2, 2), (Conv2d(1, 1, 3),)))


def test_the_command_prints_no_mismatches(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["verify", "--cases", "300", "--seed", "4"])

    assert exit_code == 0
    assert "0 mismatches in shape, parameters and MACs: 300 random" in capsys.readouterr().out


def test_the_command_refuses_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["verify", "--cases", "0"])

    assert exit_code == 1
    assert "`cases` is 0. Choose 1 or more." in capsys.readouterr().err
