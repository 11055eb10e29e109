"""The calculator's tab "A network" as its visitor meets it: its layers changed."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.stacks.json_format import stack_to_dict
from mnistcore.stacks.presets import preset
from tests.pages.calculator_page import click, layers, metrics, network_tab, text


def argument(widgets: Any, label: str) -> Any:
    """Find a control of the chosen layer by its label."""
    return next(widget for widget in widgets if widget.label == label)


def train_link(page: AppTest) -> Any:
    links = [element.proto for element in page.main.get("page_link")]
    return next(link for link in links if link.label == "Train this network")


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
        "Training memory": "48.2 KiB",
    }
    row = page.dataframe[0].value.iloc[6]
    assert list(row[["Output", "Parameters", "MACs", "FLOPs", "Sees", "Steps by", "Memory"]]) == [
        *("64 × 4 × 4", 18_496, 294_912, 589_824),
        *("15", "8", "4.0 KiB"),
    ]
    assert page.get("plotly_chart")


def test_an_impossible_layer_is_named_and_the_rows_before_it_are_shown() -> None:
    typed = "Conv2d(1, 16, 3)\nMaxPool2d(40)\nReLU()"

    page = network_tab(network=typed)

    assert not page.exception
    assert page.error[0].value.startswith("Line 2: MaxPool2d: Along the height: The kernel")
    table = page.dataframe[0].value
    assert list(table["Output"].fillna("")) == ["16 × 26 × 26", "", ""]
    assert list(table["#"]) == ["1", "2 ✗ ◂", "3"]  # what has to be mended is chosen
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
    assert page.error[0].value.startswith(
        ("Line 1: Conv2d: `stride` ", "Line 1: Conv2d's `stride`: ")
    )
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


def test_pytorch_is_asked_about_every_layer_on_a_click() -> None:
    page = network_tab()

    click(page, "Check in PyTorch")

    assert not page.exception
    assert "PyTorch has built every layer and run it" in page.success[0].value
    table = next(element.value for element in page.markdown if "Whole network" in element.value)
    assert "| **Whole network** | 10 = 10 | 33,770 = 33,770 | 559,168 = 559,168 |" in table
    assert table.count("\n") == 1 + 1 + 11
    assert "≠" not in table

    page.run()  # as the page is drawn anew once torch has come
    assert "PyTorch has built every layer and run it" in page.success[0].value
    page.selectbox("network_preset").select("LeNet-5").run()
    assert not page.success


def test_a_network_that_fits_the_digits_is_offered_to_the_training_page() -> None:
    page = network_tab()

    page.selectbox("network_preset").select("LeNet-5").run()

    assert page.session_state["brought_network"] == stack_to_dict(preset("LeNet-5"))
    assert not train_link(page).disabled
    assert train_link(page).query_string == "train=calculator"


def test_a_network_that_does_not_fit_the_digits_says_why() -> None:
    page = network_tab()

    page.selectbox("network_preset").select("AlexNet").run()

    assert train_link(page).disabled
    captions = [element.value for element in page.caption]
    assert any("The digits are (1, 28, 28), but the input is (3, 224, 224)" in c for c in captions)


def test_the_receptive_field_is_that_of_the_chosen_output() -> None:
    page = network_tab()
    page.selectbox("network_row").select(6).run()

    page.number_input("network_row_4").set_value(1).run()
    page.number_input("network_column_4").set_value(2).run()

    assert not page.exception
    captions = [element.value for element in page.caption]
    assert "Rows -6 to 8 and columns 2 to 16 of 28 × 28; what lies outside is padding." in captions


def test_signals_and_features_have_networks_too() -> None:
    for network, shape in (("Conv1d(2, 4, 3)", "2, 100"), ("Linear(784, 10)", "784")):
        page = network_tab(network=network, network_input=shape)

        assert not page.exception
        assert not page.error
        assert len(layers(page)) == 1


def test_controls_of_another_network_change_nothing() -> None:
    page = network_tab()
    keys = {widget.key for widget in page.text_input if "argument" in (widget.key or "")}
    assert keys

    page.selectbox("network_preset").select("LeNet-5").run()

    # What a browser sends late for the old network's controls finds no control of that key.
    assert not keys & {widget.key for widget in page.text_input}
