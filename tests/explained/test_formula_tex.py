"""The formulas' last number is the layer's own, for every layer that works."""

import re

from mnistcore.errors import InvalidInputError
from mnistcore.explained.formula_tex import macs_formula, params_formula, size_formulas
from mnistcore.in_torch.random_layers import draw_layers
from mnistcore.layers.kinds import AvgPool1d, Conv1d, make_layer
from mnistcore.layers.window import WindowLayer


def test_every_formula_ends_in_the_right_number() -> None:
    num_checked = 0
    for draw in draw_layers(800, seed=5):
        try:
            layer = make_layer(draw.kind, **draw.arguments)
            shape = layer.output_shape(draw.input_shape)
        except InvalidInputError:
            continue
        formulas = " ".join(size_formulas(layer, draw.input_shape))
        results = {int(number) for number in re.findall(r"\\mathbf\{(\d+)\}", formulas)}
        assert results == (set(shape[1:]) if isinstance(layer, WindowLayer) else set())
        for formula, number in (
            (params_formula(layer), layer.num_params),
            (macs_formula(layer, draw.input_shape), layer.num_macs(draw.input_shape)),
        ):
            assert formula.split("= ")[-1] == f"{number:,}".replace(",", "{,}")
        num_checked += 1

    assert num_checked > 500


def test_a_window_that_starts_outside_is_taken_away_again() -> None:
    formula = size_formulas(AvgPool1d(1, stride=3, ceil_mode=True), (1, 5))[0]

    assert r"2+1 = 3\\" in formula
    assert r"\to 3-1 = \mathbf{2}" in formula


def test_same_writes_its_own_padding() -> None:
    formula = size_formulas(Conv1d(1, 1, 4, padding="same"), (1, 9))[0]

    assert r"\frac{i+P-d(k-1)-1}{s}" in formula
    assert r"\frac{9+3-1\cdot(4-1)-1}{1}" in formula
