import base64
import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnistcore import runs
from mnistcore.checkpoint import Checkpoint, save_checkpoint
from mnistcore.model import build_network
from mnistcore.recipes import RECIPES
from tests.drawings import DIGITS, drawing
from tests.pages.conftest import OpenPage

PAGE = "pages/prediction.py"


def as_the_canvas_sends_it(digit: int) -> dict[str, Any]:
    file = BytesIO()
    Image.fromarray(drawing(DIGITS[digit], side_px=300)).save(file, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    raw = {"version": "4.4.0", "objects": [{"type": "path"}]}
    return {"drawing": {"raw": raw, "data": url}, "backgroundFit": None}


def answer(page: AppTest) -> str:
    html = next(
        element.proto.body for element in page.get("html") if 'class="answer"' in element.proto.body
    )
    found = re.search(r'class="answer">([^<]*)<', html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("digit", [2, 7])
def test_a_drawing_is_read(open_page: OpenPage, digit: int) -> None:
    page = open_page(PAGE)
    assert answer(page) == "–"

    page.session_state["drawing-0"] = as_the_canvas_sends_it(digit)
    page.run()

    assert not page.exception
    assert answer(page) == str(digit)


def test_clear_clears(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.session_state["drawing-0"] = as_the_canvas_sends_it(3)
    page.run()

    next(button for button in page.button if button.label == "Clear").click().run()

    assert answer(page) == "–"


def test_a_drawing_survives_a_visit_to_another_page(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.session_state["drawing-0"] = as_the_canvas_sends_it(5)
    page.run()

    page.switch_page("pages/training.py").run()
    page.switch_page(PAGE).run()

    assert answer(page) == "5"


def tiles(page: AppTest) -> list[tuple[str, str]]:
    html = "".join(element.proto.body for element in page.get("html"))
    return re.findall(r'class="tile (right|wrong)[^"]*"><img [^>]*alt="(\d, read as \d)', html)


def test_the_test_set_carries_its_predictions(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.query_params["view"] = "Test set"
    page.run()

    shown = tiles(page)

    assert [text[0] for _, text in shown[:5]] == list("72104")  # the test set's first labels
    assert all((kind == "right") == (text[0] == text[-1]) for kind, text in shown)


def test_only_mistakes_are_shown_on_demand(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.query_params["view"] = "Test set"
    page.query_params["only_mistakes"] = "true"
    page.run()

    shown = tiles(page)

    assert shown
    assert {kind for kind, _ in shown} == {"wrong"}


def test_the_slideshow_shows_one_digit(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.query_params["view"] = "Slideshow"
    page.run()

    assert len(tiles(page)) == 1
    assert "of 10,000" in page.caption[-1].value


def test_a_run_of_ones_own_can_be_picked(open_page: OpenPage) -> None:
    run = runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    save_checkpoint(
        run.checkpoint, Checkpoint("mynet", build_network("mynet", seed=1).state_dict())
    )
    page = open_page(PAGE)

    page.selectbox(key="network").select("mine").run()

    assert not page.exception
    assert page.selectbox(key="network").options == [
        "DrawingNet, as shipped",
        "MyNet, as shipped",
        "mine",
    ]


def test_a_damaged_checkpoint_is_a_sentence(open_page: OpenPage) -> None:
    run = runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    run.checkpoint.write_bytes(b"half a file")
    page = open_page(PAGE)

    page.selectbox(key="network").select("mine").run()

    assert not page.exception
    assert "cannot be used as a checkpoint" in page.error[0].value
