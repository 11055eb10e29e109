"""Networks everyone knows, against their published totals."""

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import Conv2d
from mnistcore.stacks.presets import my_net, preset, repeated_convolution, vgg16


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


def test_two_small_kernels_cost_18_where_a_large_one_costs_25() -> None:
    twice, once = repeated_convolution(3, 2).analyse(), repeated_convolution(5, 1).analyse()

    assert twice.num_macs / once.num_macs == 18 / 25


def test_an_unknown_preset_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="There is no preset 'Net'"):
        preset("Net")
