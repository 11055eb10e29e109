"""The page inside the network: what stands on it adds up, and its address holds what is seen."""

import re

import pytest

from mnistcore.models.checkpoint import Checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import read_image
from mnistcore.runs import all_runs
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage, component_data
from tests.pages.network_page import bodies, html, opened
from ui import mnist
from ui.networks import LESSON, READER, NetworkKey, load

TABS = ["value", "map", "pixels", "learning"]


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def steps(text: str) -> list[tuple[str, float]]:
    """Return the named numbers of the last table of steps in the text."""
    table = text.split('<table class="steps">')[-1]
    rows = re.findall(r"<td>([^<]*)</td><td>([^<]*)</td></tr>", table)
    return [(name, number(value)) for name, value in rows]


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_stands(open_page: OpenPage, tab: str) -> None:
    page = opened(open_page, view=tab)

    assert len(html(page)) > 500


@pytest.mark.parametrize("at", ["0.3.5.6", "3.24.2.3", "6.63.3.3"])
def test_the_parts_of_a_convolution_add_up(open_page: OpenPage, at: str) -> None:
    page = opened(open_page, at=at)

    *parts, (name, total) = steps(html(page))
    assert name == "= out of the convolution"
    assert sum(value for _, value in parts) == pytest.approx(total, abs=0.0005)
    assert f": {total:.4f}".replace("-", "−") in page.header[0].value


def test_an_output_is_explained_and_turned_into_shares(open_page: OpenPage) -> None:
    page = opened(open_page, at="10.7")

    text = html(page).split("<h3>Linear</h3>")[1]
    *parts, (name, total) = steps(text.split("</div>")[0])
    assert name == "= the output"
    assert len(parts) == 14  # twelve terms, the rest, the bias
    assert sum(value for _, value in parts) == pytest.approx(total, abs=0.001)
    assert [abs(value) for _, value in parts[:12]] == sorted(
        (abs(value) for _, value in parts[:12]), reverse=True
    )
    shares = [float(share) for share in re.findall(r"<td>(\d+\.\d+)%</td>", html(page))]
    assert len(shares) == 10
    assert sum(shares) == pytest.approx(100, abs=0.05)


def test_nonsense_in_the_address_is_passed_over(open_page: OpenPage) -> None:
    page = opened(open_page, at="99.x.²", off="1-2.3.4-900.1-5.99999-5.2.xyz-5.2.x-8.1.x0")

    assert "ReLU 2" in page.header[0].value
    assert not page.warning


def test_a_map_is_switched_off_and_on_again(open_page: OpenPage) -> None:
    page = opened(open_page, at="5.24.2.3", view="map")

    page.button(key="inside_switch").click().run()

    assert "Switched off: ReLU 2 map 25" in page.warning[0].value
    assert page.query_params["inside_off"] == "5.24"
    page.button(key="inside_switch").click().run()
    assert not page.warning


def test_parts_of_a_map_are_switched_off_by_the_address(open_page: OpenPage) -> None:
    first_two_rows = f"{2**14 - 1:x}"
    page = opened(open_page, at="5.24.1.3", view="map", off=f"5.24.x{first_two_rows}-5.3")

    message = page.warning[0].value
    assert "ReLU 2 map 4, ReLU 2 map 25, 14 of its values" in message
    drawn = component_data(page, "map_grid")
    assert drawn["off"] == [*range(14)]
    now = component_data(page, "bars")
    assert now["probabilities"] != now["otherwise"]


def test_a_value_that_is_painted_off_says_so(open_page: OpenPage) -> None:
    page = opened(open_page, at="5.24.0.1", off="5.24.x2")

    assert "This value is switched off: it is set to 0" in html(page)
    assert page.header[0].value.endswith(": 0.0000")


def test_a_step_of_learning_lowers_the_loss(open_page: OpenPage) -> None:
    page = opened(open_page, view="learning", at="3.24.2.3")
    page.selectbox(key="inside_label_7").select(3).run()
    before = number(page.metric[1].value)

    next(button for button in page.button if button.label == "Take this step").click().run()

    assert page.metric[0].value == "1"
    assert number(page.metric[1].value) < before


@pytest.mark.parametrize(
    ("at", "kind", "words"),
    [
        ("0.3.5.6", "bias", "since it is added at every place"),
        ("1.3.5.6", "weight", "the normalised value that it scaled"),
        ("4.24.2.3", "bias", "since it is added at every place"),
        ("10.7", "bias", "since it is added at every place"),
    ],
)
def test_biases_and_batch_norm_are_followed_too(
    open_page: OpenPage, at: str, kind: str, words: str
) -> None:
    page = opened(open_page, view="learning", at=at, digit="8")
    page.selectbox(key="inside_label_5").select(3).run()

    page.segmented_control(key=f"inside_learning_{at.split('.')[0]}").set_value(kind).run()

    assert not page.exception
    assert any(words in text.value for text in page.markdown)
    table = next(body for body in bodies(page) if "= the gradient" in body)
    *parts, (name, total) = steps(table)
    assert name == "= the gradient"
    assert sum(value for _, value in parts) == pytest.approx(total, rel=0.01, abs=1e-4)


@pytest.mark.parametrize(("network", "last"), [(READER, "14.7"), (LESSON, "10.7")])
def test_the_shares_are_the_prediction_pages(
    open_page: OpenPage, network: NetworkKey, last: str
) -> None:
    unclear = 582  # a digit whose shares a temperature changes
    page = opened(open_page, network=network.address, at=last, digit=str(unclear))

    table = next(body for body in bodies(page) if "share</td>" in body)

    shares = [float(share) / 100 for share in re.findall(r"<td>(\d+\.\d+)%</td>", table)]
    expected = read_image(load(network), mnist.images_and_labels()[0][unclear]).probabilities
    assert shares == pytest.approx(expected.tolist(), abs=0.00006)


def test_a_run_of_ones_own_can_be_looked_into(open_page: OpenPage) -> None:
    run = all_runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    weights = build_network("mynet", seed=1).state_dict()
    save_checkpoint(run.checkpoint, Checkpoint("mynet", weights))

    page = opened(open_page, network="mine", at="3.24.2.3")

    assert page.selectbox(key="inside_network").value == "mine"
    assert "Convolution 2" in page.header[0].value
