"""The calculator's tab "A network" as its visitor meets it."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.presets import PRESETS, preset
from mnistcore.stack_json import stack_to_dict, stack_to_json
from mnistcore.stack_text import drafts_of, read_layers, write_layers

APP = Path(__file__).parent.parent.parent / "app.py"


def argument(widgets: Any, label: str) -> Any:
    """Find a control of the chosen layer by its label."""
    return next(widget for widget in widgets if widget.label == label)


def network_tab(**address: str) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params["calculation"] = "A network"
    for name, value in address.items():
        page.query_params[name] = value
    return page.switch_page("pages/calculator.py").run()


def metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def click(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def layers(page: AppTest) -> list[str]:
    return [str(name) for name in page.dataframe[0].value["Layer"]]


def train_link(page: AppTest) -> Any:
    links = [element.proto for element in page.main.get("page_link")]
    return next(link for link in links if link.label == "Train this network")


def text(page: AppTest) -> str:
    value = page.text_area("network").value
    assert value is not None
    return value


def test_the_tab_opens_with_mynet() -> None:
    page = network_tab()

    assert not page.exception
    assert metrics(page) == {
        "Output": "10",
        "Parameters": "33,770",
        "MACs": "559,168",
        "FLOPs": "1,118,336",
        "Sees": "all",
        "Weight memory": "131.9 KiB",
        "Output memory": "74.2 KiB",
    }
    row = page.dataframe[0].value.iloc[6]
    assert list(row[["Output", "Parameters", "MACs", "FLOPs", "Sees", "Jump", "Memory"]]) == [
        *("64 × 4 × 4", 18_496, 294_912, 589_824),
        *("15", "8", "4.0 KiB"),
    ]
    assert page.get("plotly_chart")


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
        ({"network": "Conv2d(1,"}, "Line 1 cannot be read as Python"),
        ({"network": "'); DROP TABLE layers"}, "cannot be read as Python"),
        ({"network": "ReLU()\n" * 2_000}, "has 2,000 layers"),
        ({"network": "LSTM(3)"}, "There is no layer 'LSTM'. Choose one of Conv2d"),
        ({"network_input": "a, b"}, "The input shape is"),
        ({"network_input": "1, 28, -28"}, "`input width` is -28. Choose 1 or more."),
        ({"network_input": "1, 99999999, 99999999"}, "has more than 2^40 numbers"),
        ({"network": "Conv2d(1, 1e999, 3)"}, "Layer 1, Conv2d: `out_channels` is"),
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


def test_an_impossible_layer_is_named_and_the_rows_before_it_are_shown() -> None:
    typed = "Conv2d(1, 16, 3)\nMaxPool2d(40)\nReLU()"

    page = network_tab(network=typed)

    assert not page.exception
    assert page.error[0].value.startswith("Layer 2, MaxPool2d: Along the height: The kernel")
    table = page.dataframe[0].value
    assert list(table["Output"].fillna("")) == ["16 × 26 × 26", "", ""]
    assert list(table["#"]) == ["1 ◂", "2 ✗", "3"]
    assert text(page) == typed

    advice = [element.value for element in page.markdown]
    assert "The nearest layer that works has `padding` 7 instead of 0." in advice

    click(page, "Take that layer")

    assert not page.exception
    assert not page.error
    assert metrics(page)["Output"] == "16 × 1 × 1"


def test_inputs_that_do_not_fit_are_fitted_on_a_click() -> None:
    page = network_tab(network="Conv2d(3, 16, 3)\nBatchNorm2d(8)\nFlatten()\nLinear(5, 10)")
    assert "Choose `in_channels`=1." in page.error[0].value

    click(page, "Fit every layer to the one before it")

    assert not page.error
    assert text(page) == "Conv2d(1, 16, 3)\nBatchNorm2d(16)\nFlatten()\nLinear(10816, 10)"


def test_changing_a_layer_fits_those_behind_it() -> None:
    page = network_tab()
    page.selectbox("network_row").select(0).run()

    argument(page.text_input, "out_channels").set_value("20").run()
    argument(page.text_input, "kernel_size").set_value("5, 3").run()

    assert not page.exception
    assert not page.error
    assert text(page).splitlines()[:2] == [
        "Conv2d(1, 20, (5, 3), stride=2, padding=1)",
        "BatchNorm2d(20)",
    ]


@pytest.mark.parametrize("typed", ["abc", "0", "-1", "1.5", "1, 2, 3", "99999999999999999999"])
def test_nonsense_in_an_argument_is_explained_and_kept(typed: str) -> None:
    page = network_tab()
    page.selectbox("network_row").select(0).run()

    argument(page.text_input, "stride").set_value(typed).run()

    assert not page.exception
    assert page.error[0].value.startswith("Layer 1, Conv2d: `stride` ")
    assert argument(page.text_input, "stride").value == typed
    assert len(layers(page)) == 11


def test_layers_are_added_copied_moved_and_removed() -> None:
    page = network_tab(network="Conv2d(1, 8, 3)\nReLU()")
    page.selectbox("network_row").select(0).run()

    page.selectbox("network_new_kind").select("BatchNorm2d").run()
    assert text(page) == "Conv2d(1, 8, 3)\nBatchNorm2d(8)\nReLU()"
    click(page, "Down")
    assert text(page) == "Conv2d(1, 8, 3)\nReLU()\nBatchNorm2d(8)"
    click(page, "Copy")
    assert text(page) == "Conv2d(1, 8, 3)\nReLU()\nBatchNorm2d(8)\nBatchNorm2d(8)"
    click(page, "Remove")
    click(page, "Remove")
    click(page, "Up")
    assert text(page) == "ReLU()\nConv2d(1, 8, 3)"
    click(page, "Remove")
    click(page, "Remove")

    assert not page.exception
    assert text(page) == ""
    assert metrics(page)["Output"] == "1 × 28 × 28"
    page.selectbox("network_new_kind").select("Flatten").run()
    assert not page.exception
    assert text(page) == "Flatten()"


def test_the_kind_of_a_layer_can_be_changed() -> None:
    page = network_tab(network="Conv2d(1, 8, 5, stride=2)")

    argument(page.selectbox, "Kind").select("MaxPool2d").run()
    argument(page.toggle, "ceil_mode").set_value(True).run()

    assert not page.exception
    assert text(page) == "MaxPool2d(5, stride=2, ceil_mode=True)"


def test_code_can_be_pasted() -> None:
    page = network_tab()

    page.text_area("network").set_value(
        "net = nn.Sequential(\n    nn.Conv2d(1, 4, 3),  # a comment\n    nn.ReLU(inplace=True),\n)"
    ).run()

    assert not page.exception
    assert layers(page) == ["Conv2d 4 · 3×3", "ReLU"]


def test_pytorch_is_asked_about_every_layer_on_a_click() -> None:
    page = network_tab()

    click(page, "Check in PyTorch")

    assert not page.exception
    assert "PyTorch has built every layer and run it" in page.success[0].value
    table = next(element.value for element in page.markdown if "Whole network" in element.value)
    assert "| **Whole network** | 10 = 10 | 33,770 = 33,770 | 559,168 = 559,168 |" in table
    assert table.count("\n") == 1 + 1 + 11
    assert "≠" not in table


def test_a_network_that_fits_the_digits_is_offered_to_the_training_page() -> None:
    page = network_tab()

    page.selectbox("network_preset").select("LeNet-5").run()

    assert page.session_state["offered_network"] == stack_to_dict(preset("LeNet-5"))
    assert not train_link(page).disabled
    assert train_link(page).query_string == "train=calculator"


def test_a_network_that_does_not_fit_the_digits_says_why() -> None:
    page = network_tab()

    page.selectbox("network_preset").select("AlexNet").run()

    assert train_link(page).disabled
    captions = [element.value for element in page.caption]
    assert any("The digits are (1, 28, 28), but the input is (3, 224, 224)" in c for c in captions)


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


def test_the_receptive_field_is_that_of_the_chosen_output() -> None:
    page = network_tab()
    page.selectbox("network_row").select(6).run()

    page.number_input("network_row_4").set_value(0).run()
    page.number_input("network_column_4").set_value(1).run()

    assert not page.exception
    captions = [element.value for element in page.caption]
    assert "Rows -7 to 7 and columns 1 to 15 of 28 × 28; what lies outside is padding." in captions


def test_signals_and_features_have_networks_too() -> None:
    for network, shape in (("Conv1d(2, 4, 3)", "2, 100"), ("Linear(784, 10)", "784")):
        page = network_tab(network=network, network_input=shape)

        assert not page.exception
        assert not page.error
        assert len(layers(page)) == 1


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


def test_controls_of_another_network_change_nothing() -> None:
    page = network_tab()
    keys = {widget.key for widget in page.text_input if "argument" in (widget.key or "")}
    assert keys

    page.selectbox("network_preset").select("LeNet-5").run()

    # What a browser sends late for the old network's controls finds no control of that key.
    assert not keys & {widget.key for widget in page.text_input}
