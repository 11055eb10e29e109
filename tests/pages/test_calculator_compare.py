"""The calculator's tab "Compare" as its visitor meets it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.calculator_page import calculator


def compare_tab(**address: str) -> AppTest:
    return calculator(calculation="Compare", **address)


def measure(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.label == "Measure").click().run()


def tables(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_two_3x3_stand_beside_one_5x5() -> None:
    page = compare_tab()

    assert not page.exception
    assert "| MACs | 57,802,752 | 80,281,600 | **▼0.72×** |" in tables(page)
    assert "| Sees | 5 | 5 | = |" in tables(page)
    assert list(page.dataframe[0].value[""]) == ["≠", "−"]


@pytest.mark.slow
def test_the_time_is_measured_and_put_beside_the_prediction() -> None:
    page = measure(compare_tab(compare_batch="1"))

    assert not page.exception
    assert "Two 3x3 is " in page.info[0].value
    assert "By its multiply-adds it should take 0.72" in page.info[0].value
    assert "| **A to B, by MACs** | **0.72** | |" in tables(page)
    caption = next(element.value for element in page.caption if "rounds" in element.value)
    assert "1 images at once, one thread, float32" in caption

    page.selectbox("compare_b").select("One 7x7").run()

    assert not page.info  # what was measured belongs to the networks before


def test_a_network_too_large_to_be_timed_is_refused_with_a_way_out() -> None:
    page = measure(compare_tab(compare_a="VGG-16", compare_batch="64"))

    assert not page.exception
    assert "VGG-16 takes 990 thousand million multiply-adds for 64 images" in page.error[0].value


def test_the_visitors_own_network_and_a_torchvision_model_can_be_compared() -> None:
    page = compare_tab(
        compare_a="Your network",
        compare_b="A torchvision model",
        compare_b_model="alexnet",
        network="Conv2d(1, 16, 3)",
    )

    assert not page.exception
    assert "| Parameters | 160 | 61,100,840 |" in tables(page)
    assert any("torchvision's models have others too" in e.value for e in page.caption)


def test_an_own_network_that_cannot_work_is_explained() -> None:
    page = compare_tab(compare_a="Your network", network="Conv2d(3, 16, 3)")

    assert not page.exception
    assert "Line 1: Conv2d was made for" in page.error[0].value
    assert "Mend it in the tab “A network”." in page.error[0].value


def test_other_counters_are_told_with_their_reasons() -> None:
    page = compare_tab(compare_a="MyNet", compare_b="MobileNet block")

    assert not page.exception
    assert "| thop | MACs | 582,080 (+4.10%) |" in tables(page)
    assert "**fvcore**: Multiply-adds, called flops" in tables(page)


@pytest.mark.parametrize("value", ["nonsense", "", "0"])
def test_nonsense_in_a_link_is_dropped(value: str) -> None:
    page = compare_tab(compare_a=value, compare_batch=value)

    assert not page.exception
    assert page.selectbox("compare_a").value == "Two 3x3"
