import numpy as np
import pytest
import torch

from mnistcore.errors import InvalidInputError
from ui.components.channel_sum.component import DeepLayer, channel_data, layer_maps


def deep_layer(*, stride: int = 1, padding: int = 0) -> DeepLayer:
    rng = np.random.default_rng(5)
    return DeepLayer(
        rng.random((3, 9, 9)).round(2),
        rng.normal(size=(4, 3, 3, 3)).round(4),
        rng.normal(size=4).round(4),
        ["a", "b", "c"],
        ["first", "second", "third", "fourth"],
        stride=stride,
        padding=padding,
    )


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_parts_and_map_are_torchs(stride: int, padding: int) -> None:
    layer = deep_layer(stride=stride, padding=padding)
    given, kernels = torch.tensor(layer.inputs)[None], torch.tensor(layer.kernels)

    data = channel_data(layer, 2)

    biases = torch.tensor(layer.biases)
    whole = torch.conv2d(given, kernels, biases, stride=stride, padding=padding)[0, 2]
    assert np.array(data["output"]) == pytest.approx(whole.numpy(), abs=1e-6)
    parts = torch.conv2d(given, kernels[2][:, None], stride=stride, padding=padding, groups=3)[0]
    shown = np.array([channel["part"] for channel in data["channels"]])
    assert shown == pytest.approx(parts.numpy(), abs=1e-6)
    assert [channel["name"] for channel in data["channels"]] == ["a", "b", "c"]


def test_the_position_shown_first_is_the_strongest() -> None:
    data = channel_data(deep_layer(), 0)

    row, column = data["position"]
    assert abs(data["output"][row][column]) == np.abs(np.array(data["output"])).max()


def test_the_gallery_shows_every_kernels_map() -> None:
    layer = deep_layer()

    maps = layer_maps(layer)

    assert [exhibit.name for exhibit in maps] == list(layer.kernel_names)
    for number, exhibit in enumerate(maps):
        assert exhibit.made is not None
        assert exhibit.made == pytest.approx(np.array(channel_data(layer, number)["output"]))


def test_kernels_that_do_not_fit_are_explained() -> None:
    layer = deep_layer()
    small = DeepLayer(layer.inputs[:, :2, :2], layer.kernels, layer.biases, "abc", "defg")

    with pytest.raises(InvalidInputError, match="kernel"):
        channel_data(small, 0)
