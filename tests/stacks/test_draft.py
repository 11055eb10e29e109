"""Networks as typed: shown up to what is wrong, and fitted on request."""

import pytest

from mnistcore.stacks.draft import analyse_drafts, fit_drafts, needs_fitting
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.text_format import drafts_of
from tests.typed_layers import read_layers


@pytest.mark.parametrize("name", PRESETS)
def test_a_possible_network_is_analysed_as_ever(name: str) -> None:
    stack = preset(name)

    result = analyse_drafts(stack.input_shape, drafts_of(stack))

    assert result.problem is None
    assert result.analysis == stack.analyse()
    assert result.stack == stack


def test_the_layers_before_an_impossible_one_have_their_numbers() -> None:
    drafts = read_layers("Conv2d(1, 16, 3); MaxPool2d(40); ReLU()")

    result = analyse_drafts((1, 28, 28), drafts)

    assert [row.output_shape for row in result.analysis.rows] == [(16, 26, 26)]
    assert str(result.problem).startswith("Layer 2, MaxPool2d: Along the height: ")


def test_fitting_sets_every_input_and_nothing_else() -> None:
    drafts = read_layers("Conv2d(9, 16, 3); BatchNorm2d(9); Flatten(); Linear(9, 10)")

    fitted = fit_drafts((1, 28, 28), drafts)

    assert fitted == read_layers("Conv2d(1, 16, 3); BatchNorm2d(16); Flatten(); Linear(10816, 10)")
    assert needs_fitting((1, 28, 28), drafts)
    assert not needs_fitting((1, 28, 28), fitted)


def test_a_depthwise_convolution_stays_one() -> None:
    fitted = fit_drafts((16, 28, 28), read_layers("Conv2d(64, 128, 3, groups=64)"))

    assert fitted == read_layers("Conv2d(16, 32, 3, groups=16)")


def test_fitting_leaves_an_impossible_layer_and_what_follows_as_typed() -> None:
    drafts = read_layers("Conv2d(9, 16, 'k'); BatchNorm2d(9)")

    assert fit_drafts((1, 28, 28), drafts) == drafts
    assert not needs_fitting((1, 28, 28), drafts)


@pytest.mark.parametrize(
    ("shape", "layers", "words"),
    [
        ((1, 28, 28), "Flatten(); Linear(784, 10)", ""),
        ((3, 28, 28), "Flatten(); Linear(2352, 10)", "The digits are (1, 28, 28), but the input"),
        ((1, 28, 28), "Linear(28, 10)", "but (1, 28, 10) comes out. End with a Linear(..., 10)"),
        ((1, 28, 28), "Linear(9, 10)", "Mend layer 1 first."),
        ((1, 28, 28), "AvgPool2d((28, 5), stride=(1, 2)); Flatten()", "comes out"),
    ],
)
def test_what_keeps_a_network_from_training_is_said(
    shape: tuple[int, ...], layers: str, words: str
) -> None:
    obstacle = analyse_drafts(shape, read_layers(layers)).training_obstacle

    assert words in obstacle
    assert bool(obstacle) == bool(words)
