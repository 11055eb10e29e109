"""Networks: totals, errors that name the layer, inputs fitted, imports that stay light."""

import subprocess
import sys
from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import BatchNorm2d, Conv2d, Flatten, Linear, ReLU
from mnistcore.stacks.presets import my_net, preset, repeated_convolution, vgg16
from mnistcore.stacks.stack import LayerStack


def test_mynet_has_the_numbers_of_its_article() -> None:
    analysis = my_net().analyse()

    convolutions = [row for row in analysis.rows if isinstance(row.layer, Conv2d)]
    assert [row.output_shape[1] for row in convolutions] == [14, 7, 4]
    assert [row.num_macs for row in analysis.rows if row.num_macs] == [
        28_224,
        225_792,
        294_912,
        10_240,
    ]
    assert (analysis.num_params, analysis.num_macs) == (33_770, 559_168)
    field = convolutions[-1].receptive_fields[0]
    assert field is not None
    assert (field.size, str(field.effective_stride)) == (15, "8")


def test_vgg16_has_its_published_totals() -> None:
    analysis = vgg16().analyse()

    assert analysis.num_params == 138_357_544
    assert round(analysis.num_macs / 1e9, 3) == 15.470


def test_a_linear_layer_sees_everything() -> None:
    assert my_net().analyse().rows[-1].receptive_fields == (None, None)


def test_two_small_kernels_cost_18_where_a_large_one_costs_25() -> None:
    twice, once = repeated_convolution(3, 2).analyse(), repeated_convolution(5, 1).analyse()

    assert twice.num_macs / once.num_macs == 18 / 25


def test_memory_counts_four_bytes_a_number() -> None:
    analysis = LayerStack((1, 4, 4), (Conv2d(1, 2, 3), Flatten())).analyse()

    assert analysis.weight_bytes == 4 * 20
    assert analysis.activation_bytes == 4 * (16 + 8 + 8)


def test_an_error_names_the_layer() -> None:
    stack = LayerStack((1, 28, 28), (ReLU(), Conv2d(3, 8, 3)))

    with pytest.raises(InvalidInputError, match="Layer 2, Conv2d: Conv2d was made for"):
        stack.analyse()


def test_inputs_are_fitted_to_what_comes_before() -> None:
    depthwise = Conv2d(8, 16, 3, groups=8)
    stack = LayerStack(
        (3, 9, 9), (Conv2d(1, 4, 3), BatchNorm2d(1), depthwise, Flatten(), Linear(1, 10))
    )

    fitted = stack.fitted()

    assert fitted.layers[:4] == (
        Conv2d(3, 4, 3),
        BatchNorm2d(4),
        Conv2d(4, 8, 3, groups=4),
        Flatten(),
    )
    assert fitted.analyse().output_shape == (10,)


def test_too_many_layers_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="1001 layers"):
        LayerStack((1, 28, 28), (ReLU(),) * 1001)


def test_an_unknown_preset_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="There is no preset 'Net'"):
        preset("Net")


def test_the_import_takes_a_moment() -> None:
    script = (
        "import time; start = time.perf_counter(); import mnistcore.stacks.stack; "
        "print(time.perf_counter() - start)"
    )
    folder = Path(__file__).parent.parent.parent

    times = [
        float(subprocess.check_output([sys.executable, "-c", script], cwd=folder, text=True))
        for _ in range(3)
    ]

    assert min(times) < 0.2
