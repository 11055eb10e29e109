"""Where a network in the calculator comes from: presets, links, files, torchvision."""

import json

import pytest

from mnistcore.layers.kinds import Conv2d
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.text_format import drafts_of, write_layers
from tests.pages.calculator_page import click, layers, metrics, network_tab, text
from tests.typed_layers import read_layers


@pytest.mark.parametrize("name", PRESETS)
def test_every_known_network_can_be_started_from(name: str) -> None:
    page = network_tab()

    page.selectbox("network_preset").select(name).run()

    assert not page.exception
    analysis = preset(name).analyse()
    assert metrics(page)["Parameters"] == f"{analysis.num_params:,}"
    assert metrics(page)["MACs"] == f"{analysis.num_macs:,}"
    assert len(layers(page)) == len(analysis.rows)


def test_a_link_opens_the_same_network() -> None:
    page = network_tab(network="Conv2d(3, 8, 5)\nReLU()", network_input="3, 32, 32")

    assert not page.exception
    assert metrics(page)["Output"] == "8 × 28 × 28"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"network": "Conv2d(1,"}, "Line 1: This cannot be read as Python"),
        ({"network": "'); DROP TABLE layers"}, "cannot be read as Python"),
        ({"network": "ReLU()\n" * 2_000}, "more than 1,000 layers"),
        ({"network": "LSTM(3)"}, "`LSTM` is no layer of torch.nn, and not defined"),
        ({"network_input": "a, b"}, "The input shape is"),
        ({"network_input": "1, 28, -28"}, "`input width` is -28. Choose 1 or more."),
        ({"network_input": "1, 99999999, 99999999"}, "has more than 2^40 numbers"),
        (
            {"network": "Conv2d(1, 1e999, 3)"},
            "Line 1: Conv2d's `out_channels`: A number is infinite",
        ),
    ],
)
def test_a_bad_link_is_explained_and_what_it_says_is_kept(
    address: dict[str, str], words: str
) -> None:
    page = network_tab(**address)

    assert not page.exception
    assert words in page.error[0].value
    for name, value in address.items():
        box = page.text_area(name) if name == "network" else page.text_input(name)
        assert box.value == value


def test_from_a_text_that_cannot_be_read_one_click_leads_back() -> None:
    page = network_tab(network="Conv2d(1,")

    click(page, "Start from MyNet")

    assert not page.exception
    assert not page.error
    assert metrics(page)["Parameters"] == "33,770"


def test_a_json_file_is_opened() -> None:
    page = network_tab()
    content = stack_to_json(preset("One 7x7")).encode()

    page.file_uploader[0].upload("net.json", content, "application/json").run()

    assert not page.exception
    assert read_layers(text(page)) == drafts_of(preset("One 7x7"))
    assert page.text_input("network_input").value == "64, 28, 28"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "net.json: This is no JSON"),
        (b"\xff\xfe\x00", "net.json: This is no JSON"),
        (b"[]", "A network is written as"),
        (json.dumps({"input_shape": [1, 2, 3], "layers": [{"kind": "X"}]}).encode(), "no layer"),
        (b'{"input_shape": [99999999, 99999999], "layers": []}', "more than 2^40"),
        (b" " * 1_000_001, "has 1,000,001 bytes, too many for a network"),
    ],
)
def test_a_bad_file_is_explained_and_the_network_stays(content: bytes, words: str) -> None:
    page = network_tab()

    page.file_uploader[0].upload("net.json", content, "application/json").run()

    assert not page.exception
    assert words in page.error[0].value
    assert text(page) == write_layers(drafts_of(preset("MyNet")))


def test_a_file_of_as_many_layers_as_there_may_be_is_opened() -> None:
    stack = LayerStack((1, 28, 28), (Conv2d(1, 1, 3, padding=1, bias=False),) * 1000)
    page = network_tab()

    page.file_uploader[0].upload(
        "net.json", b"\xef\xbb\xbf" + stack_to_json(stack).encode(), "application/json"
    ).run(timeout=60)

    assert not page.exception
    assert len(layers(page)) == 1000


def test_a_torchvision_model_is_taken_apart() -> None:
    page = network_tab(network_source="A torchvision model")

    assert not page.exception
    assert metrics(page)["Parameters"] == "25,557,032"
    assert "25,557,032 parameters and 4.089 GMACs" in page.success[0].value
    assert len(layers(page)) == 22

    page.toggle("network_blocks").set_value(False).run()
    page.selectbox("network_model").select("alexnet").run()

    assert not page.exception
    assert metrics(page)["Parameters"] == "61,100,840"
    assert layers(page)[0] == "Conv2d 64 · 11×11 · stride 4 · padding 2"


def test_every_receptive_field_of_a_torchvision_model_is_there() -> None:
    page = network_tab(network_source="A torchvision model")

    sees = dict(zip(*page.dataframe[0].value[["#", "Sees"]].values.T, strict=True))

    assert sees["layer4.2"] == "427"  # as in torchvision's ResNet-50
