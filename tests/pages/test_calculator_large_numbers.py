"""Networks whose numbers no 64 bits hold: the calculator shows each one exactly."""

import json

import pytest

from tests.pages.calculator_page import calculator, metrics, network_tab

WIDE = "Conv2d(1,1,1000000,padding=1000000)"
# (28 + 2 * 10^6 - 10^6 + 1)^2 outputs of 10^12 weights each, worked out by hand.
WIDE_MACS = 1_000_029**2 * 10**12


def test_a_count_beyond_64_bits_is_shown_exactly_and_so_are_those_beside_it() -> None:
    page = network_tab(network=f"{WIDE}\nReLU()\nLinear(1,1)", network_input="1, 28, 28")

    assert not page.exception
    table = page.dataframe[0].value
    assert list(table["MACs"])[:2] == [f"{WIDE_MACS:,}", "0"]
    assert list(table["FLOPs"])[:2] == [f"{2 * WIDE_MACS:,}", "0"]
    assert list(table["Parameters"])[:2] == [1_000_000_000_001, 0]
    assert table[["MACs", "Parameters"]].iloc[2].isna().all()  # the layer that cannot work
    assert metrics(page)["MACs"] == f"{WIDE_MACS:,}"


def test_a_count_that_a_browser_would_round_is_shown_exactly() -> None:
    page = network_tab(network="Linear(134217728,134217729,bias=False)", network_input="134217728")

    assert not page.exception
    assert list(page.dataframe[0].value["MACs"]) == ["18,014,398,643,699,712"]  # 2^54 + 2^27


@pytest.mark.parametrize(
    "layer",
    [
        "Conv2d(1,1,2,dilation=1000000,stride=1000000,padding=1000000)",  # a field of 10^600 pixels
        "Conv2d(1,1,1,padding=1000000)",
        "ConvTranspose2d(1,1,1,stride=1000000)\nConv2d(1,1,1,stride=999983)",
        "Upsample(scale_factor=1000000)\nMaxPool2d(1,stride=1000000)",
    ],
)
def test_no_number_is_too_large_for_the_page(layer: str) -> None:
    page = network_tab(network="\n".join([layer] * 100), network_input="1, 28, 28")

    assert not page.exception
    assert not page.error
    assert len(page.dataframe[0].value) >= 100


def test_two_networks_of_such_numbers_are_compared() -> None:
    page = calculator(
        calculation="Compare", compare_a="yours", network=WIDE, network_input="1, 28, 28"
    )

    assert not page.exception
    table = page.dataframe[0].value
    assert next(iter(table["A: MACs"])) == f"{WIDE_MACS:,}"
    assert next(iter(table["A: params"])) == 1_000_000_000_001
    columns = json.loads(page.dataframe[0].proto.columns)
    assert not columns["A: MACs"].get("width")  # or its first digits would be cut off
    assert not columns["B: MACs"].get("width")
