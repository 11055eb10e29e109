import base64
import json
import pickle
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

import mnistcore
from mnistcore import runs
from mnistcore.checkpoint import Checkpoint, save_checkpoint
from mnistcore.labelled_drawings import to_json
from mnistcore.model import build_network
from mnistcore.recipes import RECIPES
from tests.drawings import DIGITS, drawing
from tests.pages.conftest import OpenPage
from tests.pictures import BROKEN, KINDS, picture
from ui import session
from ui.drawing_canvas import strokes_snapshot
from ui.prediction import reasons

PAGE = "pages/prediction.py"
CANVAS = "drawing-canvas"


def as_the_canvas_sends_it(digit: int) -> dict[str, Any]:
    file = BytesIO()
    Image.fromarray(drawing(DIGITS[digit], side_px=336)).save(file, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    raw = {"version": "4.4.0", "objects": [{"type": "path", "path": [["M", 1, 1]]}]}
    return {"drawing": {"raw": raw, "data": url}, "backgroundFit": None}


def answer(page: AppTest) -> str:
    html = next(
        element.proto.body for element in page.get("html") if 'class="answer' in element.proto.body
    )
    found = re.search(r'class="answer[^"]*">([^<]*)<', html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("digit", [2, 7])
def test_a_drawing_is_read(open_page: OpenPage, digit: int) -> None:
    page = open_page(PAGE)
    assert answer(page) == "–"

    page.session_state[CANVAS] = as_the_canvas_sends_it(digit)
    page.run()

    assert not page.exception
    assert answer(page) == str(digit)


def component_data(page: AppTest, name: str) -> dict[str, Any]:
    """Return what Python handed to the browser's part of the page."""
    [proto] = [
        element.proto
        for element in page.get("bidi_component")
        if element.proto.component_name.endswith(name)
    ]
    data: dict[str, Any] = json.loads(proto.json)
    return data


def bars(page: AppTest) -> list[float]:
    probabilities: list[float] = component_data(page, "prediction_bars")["probabilities"]
    return probabilities


def draw(page: AppTest, digit: int) -> None:
    page.session_state[CANVAS] = as_the_canvas_sends_it(digit)
    page.run()
    assert not page.exception


def test_the_bars_are_the_networks_probabilities(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    assert bars(page) == [0] * 10

    draw(page, 4)

    assert sum(bars(page)) == pytest.approx(1, abs=1e-5)
    assert max(bars(page)) == bars(page)[4]


def test_a_step_switched_off_moves_the_bars(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    draw(page, 4)
    whole = bars(page)

    page.toggle(key="drawing_polarity").set_value(False).run()

    assert not page.exception
    assert bars(page) != whole
    assert component_data(page, "prediction_bars")["otherwise"] == whole


def test_clear_can_be_undone_and_redone(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    draw(page, 3)
    next(button for button in page.button if button.label == "Clear").click().run()

    page.button(key="undo").click().run()
    assert answer(page) == "3"
    page.button(key="redo").click().run()

    assert answer(page) == "–"


def test_a_correction_is_kept_and_can_be_taken_to_another_session(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    draw(page, 7)

    page.segmented_control[0].select(7).run()

    assert not page.exception
    assert "Drawings kept here: 1, 1 of them read as meant." in page.caption[-1].value
    [kept] = page.session_state["kept_drawings"]
    other = open_page(PAGE)
    other.file_uploader(key="drawings_file").upload(
        "drawings.json", to_json([kept]).encode(), "application/json"
    ).run()
    assert not other.exception
    assert "Drawings kept here: 1" in other.caption[-1].value


def test_a_file_of_something_else_is_refused(open_page: OpenPage) -> None:
    page = open_page(PAGE)

    page.file_uploader(key="drawings_file").upload("x.json", b"{}", "application/json").run()

    assert not page.exception
    assert "Choose one saved on this page" in page.error[0].value


def why_pictures(page: AppTest) -> list[str]:
    return [e.proto.body for e in page.get("html") if "Pixels for and against" in e.proto.body]


def test_why_is_answered_when_asked_and_not_before(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def note(classifier: object, image: object, digit: int) -> npt.NDArray[np.float64]:
        asked.append(digit)
        return np.eye(28)

    monkeypatch.setattr(reasons, "attribution", note)
    page = open_page(PAGE)
    draw(page, 7)
    assert not asked
    assert not why_pictures(page)

    page.session_state["drawing_why"] = True
    page.run()
    page.segmented_control(key="drawing_why_7").set_value(1).run()

    assert not page.exception
    assert len(why_pictures(page)) == 1
    assert asked == [7, 1]


def test_an_opened_test_digit_shows_which_pixels_spoke(open_page: OpenPage) -> None:
    page = open_test_set(open_page, digit="0")

    assert len(why_pictures(page)) == 1


def open_photo(open_page: OpenPage) -> AppTest:
    page = open_page(PAGE)
    page.query_params["view"] = "Photo"
    page.run()
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_each_kind_is_read(open_page: OpenPage, kind: str) -> None:
    page = open_photo(open_page)
    assert answer(page) == "–"

    page.file_uploader(key="picture").upload(f"five.{kind.lower()}", picture(5, kind)).run()

    assert not page.exception
    assert answer(page) == "5"


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_a_sentence(open_page: OpenPage, content: bytes) -> None:
    page = open_photo(open_page)

    page.file_uploader(key="picture").upload("five.png", content).run()

    assert not page.exception
    assert page.error[0].value.endswith((".", "file."))


def test_clear_clears(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.session_state[CANVAS] = as_the_canvas_sends_it(3)
    page.run()

    next(button for button in page.button if button.label == "Clear").click().run()

    assert answer(page) == "–"


def test_a_drawing_survives_a_visit_to_another_page(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.session_state[CANVAS] = as_the_canvas_sends_it(5)
    page.run()

    page.switch_page("pages/training.py").run()
    page.switch_page(PAGE).run()

    assert answer(page) == "5"


def open_test_set(open_page: OpenPage, **address: str | list[str]) -> AppTest:
    page = open_page(PAGE)
    page.query_params["view"] = "Test set"
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def tiles(page: AppTest) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = component_data(page, "prediction_mosaic")["items"]
    return items


def test_the_test_set_carries_its_predictions(open_page: OpenPage) -> None:
    shown = tiles(open_test_set(open_page))

    assert [item["index"] for item in shown] == list(range(60))
    assert [item["truth"] for item in shown[:5]] == [7, 2, 1, 0, 4]  # the test set's first labels
    assert shown[0]["spoken"] == "Test digit 0: 7, read as 7, right"


def test_the_address_filters_and_sorts(open_page: OpenPage) -> None:
    page = open_test_set(open_page, shows="9", only_mistakes="true", order="least sure first")

    shown = tiles(page)

    assert shown
    assert {item["truth"] for item in shown} == {9}
    assert all(item["said"] != 9 for item in shown)
    reading = session.test_reading(str(page.selectbox(key="network").value))
    sure = [float(reading.confidences[item["index"]]) for item in shown]
    assert sure == sorted(sure)


def test_a_range_of_probabilities_filters(open_page: OpenPage) -> None:
    page = open_test_set(open_page, sure=["10", "60"])

    shown = tiles(page)

    assert shown
    reading = session.test_reading(str(page.selectbox(key="network").value))
    assert all(0.1 <= reading.confidences[item["index"]] <= 0.6 for item in shown)


def test_doubtful_labels_say_what_people_saw(open_page: OpenPage) -> None:
    shown = tiles(open_test_set(open_page, doubtful="true"))

    assert len(shown) == 15
    assert all(item["doubtful"] for item in shown)
    assert "people saw a 9" in shown[0]["spoken"]


def test_a_filter_that_nothing_meets_is_a_sentence(open_page: OpenPage) -> None:
    page = open_test_set(open_page, shows="1", read_as="0", sure=["0", "10"])

    assert "Widen the filter" in page.info[0].value


def test_the_confusion_matrix_adds_up_to_the_test_set(open_page: OpenPage) -> None:
    page = open_test_set(open_page)

    counts = component_data(page, "prediction_confusion")["counts"]

    assert sum(map(sum, counts)) == 10_000
    assert [sum(row) for row in counts[:3]] == [980, 1135, 1032]  # the test set's digits


def test_an_address_opens_one_digit_with_its_bars_and_its_doubt(open_page: OpenPage) -> None:
    page = open_test_set(open_page, digit="947")

    assert "MNIST says 8; people saw a 9" in page.warning[0].value
    assert "Test digit 947 is labelled 8" in "".join(caption.value for caption in page.caption)


@pytest.mark.parametrize("digit", ["-1", "10000", "seven"])
def test_an_address_of_no_digit_is_let_pass(open_page: OpenPage, digit: str) -> None:
    page = open_test_set(open_page, digit=digit)

    assert len(tiles(page)) == 60


def test_a_test_digit_is_sent_to_the_canvas(open_page: OpenPage) -> None:
    page = open_test_set(open_page, digit="0")

    next(button for button in page.button if button.label == "Send to the canvas").click().run()

    assert not page.exception
    assert answer(page) == "7"


def test_the_slideshow_shows_one_digit_of_the_filter(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.query_params["view"] = "Slideshow"
    page.query_params["shows"] = "4"
    page.run()

    assert not page.exception
    assert "of 982" in page.caption[-1].value
    assert ": 4, read as" in page.caption[-1].value


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
        session.UPLOADED,
    ]


def test_a_damaged_checkpoint_is_a_sentence(open_page: OpenPage) -> None:
    run = runs.create_run("mine", network="mynet", recipe=RECIPES["article"])
    run.checkpoint.write_bytes(b"half a file")
    page = open_page(PAGE)

    page.selectbox(key="network").select("mine").run()

    assert not page.exception
    assert "cannot be used as a checkpoint" in page.error[0].value


def open_upload(open_page: OpenPage) -> AppTest:
    page = open_page(PAGE)
    page.selectbox(key="network").select(session.UPLOADED).run()
    assert not page.exception
    return page


def test_a_file_of_ones_own_reads(open_page: OpenPage) -> None:
    page = open_upload(open_page)
    assert not page.get("bidi_component")  # nothing can be read before there is a file
    content = (Path(mnistcore.__file__).parent / "weights" / "mynet.pt").read_bytes()

    page.file_uploader(key="checkpoint_file").upload("own.pth", content).run()
    draw(page, 7)

    assert answer(page) == "7"


class Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("trap-was-sprung"),)


@pytest.mark.parametrize(
    "content",
    [b"", b"half a file", pickle.dumps(Trap(), protocol=2)],
    ids=["empty", "torn", "trap"],
)
def test_a_file_that_is_no_checkpoint_is_a_sentence(open_page: OpenPage, content: bytes) -> None:
    page = open_upload(open_page)

    page.file_uploader(key="checkpoint_file").upload("own.pth", content).run()

    assert not page.exception
    assert "own.pth cannot be used as a checkpoint" in page.error[0].value
    assert not Path("trap-was-sprung").exists()


def test_a_scribble_does_not_look_like_a_digit_and_gets_a_guess(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    scribble = strokes_snapshot(
        [np.random.default_rng(5).uniform(30, 300, (40, 2))], side_px=336, stroke_width=12
    )
    assert scribble.png is not None
    url = f"data:image/png;base64,{base64.b64encode(scribble.png).decode()}"

    page.session_state[CANVAS] = {
        "drawing": {"raw": scribble.strokes, "data": url},
        "backgroundFit": None,
    }
    page.run()

    assert not page.exception
    assert answer(page) in list("0123456789")
    assert any("not look like a digit" in text.value for text in page.markdown)
