"""One digit and one network for all pages: drawn or chosen on one, they are there on the next."""

import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.reading.classifier import MYNET
from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.status import record_outcome
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import CANVAS, draw
from ui.networks import LESSON, READER

CHOICES = ("shared_network_choice", "network", "inside_network")  # whatever the page
WORKBENCH = (
    *("pages/convolution.py", "pages/calculator.py"),
    *("pages/training.py", "pages/network.py"),
)


@pytest.fixture
def run(runs_folder: object) -> Run:
    """A run that has ended, with MyNet's weights for its own."""
    ended = all_runs.create_run("mine", network="mynet", recipe=RECIPES["default"])
    shutil.copy(MYNET, ended.checkpoint)
    record_outcome(ended, "finished")
    return ended


def go_to(page: AppTest, path: str) -> AppTest:
    """Go on to another page, which forgets what this one's widgets and components said."""
    if CANVAS in page.session_state:
        del page.session_state[CANVAS]
    page.query_params.clear()
    page.switch_page(path).run()
    assert not page.exception
    return page


def bar(page: AppTest) -> str:
    """Return what the bar says of the digit."""
    [said] = [
        html.proto.body for html in page.get("html") if 'class="shared-digit"' in html.proto.body
    ]
    return re.sub("<[^>]*>", "", said)


def reader(page: AppTest) -> str | None:
    """Return the network that is chosen in the bar."""
    [choice] = [one for one in page.selectbox if one.key in CHOICES]
    chosen: str | None = choice.value
    return chosen


@pytest.mark.parametrize("path", WORKBENCH)
def test_before_anything_is_drawn_a_seven_is_read(open_page: OpenPage, path: str) -> None:
    assert bar(open_page(path)) == "A 7 to begin with is read as 7"


@pytest.mark.parametrize("path", WORKBENCH)
def test_what_is_drawn_on_one_page_is_read_on_the_next(open_page: OpenPage, path: str) -> None:
    page = open_page("pages/prediction.py")

    draw(page, 4)

    assert bar(page) == "Your digit is read as 4"
    assert bar(go_to(page, path)) == "Your digit is read as 4"


def test_what_is_drawn_is_what_is_looked_into(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")
    draw(page, 4)

    go_to(page, "pages/network.py")

    assert page.query_params["inside_kind"] == "drawing"
    go_to(page, "pages/convolution.py")
    assert page.query_params["window_picture"] == "drawing"


def test_an_address_that_names_a_test_digit_shows_it(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")
    draw(page, 4)
    page.query_params["inside_digit"] = "61"
    del page.session_state[CANVAS]

    page.switch_page("pages/network.py").run()

    assert page.number_input(key="inside_digit").value == 61


def test_a_network_chosen_on_one_page_reads_on_all(open_page: OpenPage, run: Run) -> None:
    page = open_page("pages/training.py")
    assert reader(page) == LESSON.address

    page.selectbox(key="shared_network_choice").select("mine").run()

    for path in ("pages/prediction.py", "pages/network.py", "pages/convolution.py"):
        assert reader(go_to(page, path)) == "mine"
    page.selectbox(key="shared_network_choice").select(READER.address).run()
    assert reader(go_to(page, "pages/network.py")) == READER.address


def test_until_one_is_chosen_each_page_has_its_own(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")

    assert reader(page) == READER.address
    assert reader(go_to(page, "pages/network.py")) == LESSON.address


def test_after_a_run_stand_the_next_steps(open_page: OpenPage, run: Run) -> None:
    page = open_page("pages/training.py")

    links = {link.proto.label: link.proto.query_string for link in page.main.get("page_link")}

    assert links == {
        "Draw for it": "network=mine",
        "Its mistakes": "network=mine&view=test-set&only_mistakes=true",
        "Look inside": "inside_network=mine&inside_kind=drawing",
        "Back to the lesson": "",
    }
