import base64

import numpy as np
import numpy.typing as npt
import pytest

from mnistcore.drawings.drawing_files import to_json
from tests.ascii_drawings import DIGITS, drawing, side_by_side
from tests.pages.conftest import OpenPage, component_data
from tests.pages.prediction_page import (
    CANVAS,
    PAGE,
    answer,
    as_the_canvas_sends_it,
    bars,
    draw,
    draw_picture,
    why_pictures,
)
from ui.networks import LESSON
from ui.prediction import reasons
from ui.sketches import strokes_sketch


@pytest.mark.parametrize("digit", [2, 7])
def test_a_drawing_is_read(open_page: OpenPage, digit: int) -> None:
    page = open_page(PAGE)
    assert answer(page) == "–"

    draw(page, digit)

    assert not page.exception
    assert answer(page) == str(digit)


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
    assert component_data(page, "bars")["otherwise"] == whole


def test_a_stroke_is_read_while_the_pen_is_at_it_and_is_not_in_the_history(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE)
    sent = as_the_canvas_sends_it(drawing(DIGITS[4], side_px=336))["drawing"]

    page.session_state["pen"] = {"stroke": {"number": "a-1", "value": sent["data"]}}
    page.run()
    meanwhile = answer(page), page.button(key="undo").disabled
    draw(page, 7)

    assert meanwhile == ("4", True)
    assert answer(page) == "7"  # the canvas's own report ends what was told before it
    page.button(key="undo").click().run()
    assert answer(page) == "–"


def test_a_picture_that_no_canvas_has_is_left_alone_with_a_line_in_the_log(
    open_page: OpenPage, caplog: pytest.LogCaptureFixture
) -> None:
    page = open_page(PAGE)
    draw(page, 4)

    sent = as_the_canvas_sends_it(drawing(DIGITS[7], side_px=1008))
    sent["drawing"]["raw"]["objects"] *= 2
    page.session_state[CANVAS] = sent
    page.run()

    assert answer(page) == "4"
    assert [record for record in caplog.messages if "picture of" in record]


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
    assert "Drawings kept here: 1, 1 of them read as meant." in "\n".join(
        text.value for text in page.caption
    )
    [kept] = page.session_state["kept_drawings"]
    other = open_page(PAGE)
    other.file_uploader(key="drawings_file").upload(
        "drawings.json", to_json([kept]).encode(), "application/json"
    ).run()
    assert not other.exception
    assert "Drawings kept here: 1" in "\n".join(text.value for text in other.caption)


def test_a_file_of_something_else_is_refused(open_page: OpenPage) -> None:
    page = open_page(PAGE)

    page.file_uploader(key="drawings_file").upload("x.json", b"{}", "application/json").run()

    assert not page.exception
    assert "Choose one saved on this page" in page.error[0].value


def test_clear_clears(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    draw(page, 3)

    next(button for button in page.button if button.label == "Clear").click().run()

    assert answer(page) == "–"


def test_a_drawing_survives_a_visit_to_another_page(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    draw(page, 5)

    page.switch_page("pages/training.py").run()
    page.switch_page(PAGE).run()

    assert answer(page) == "5"


def test_a_scribble_does_not_look_like_a_digit_and_gets_a_guess(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    scribble = strokes_sketch(
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


def test_several_digits_are_a_number_with_a_box_and_bars_for_each(open_page: OpenPage) -> None:
    page = open_page(PAGE)

    draw_picture(page, side_by_side(DIGITS[2], DIGITS[0], DIGITS[6]))

    assert answer(page) == "206"
    boxes = component_data(page, "number_boxes")["boxes"]
    assert [box["text"] for box in boxes] == ["2", "0", "6"]
    assert max(bars(page)) == bars(page)[2]
    page.session_state["drawing_chosen_digit"] = 2
    page.run()
    assert max(bars(page)) == bars(page)[6]
    assert any(text.value.startswith("Digit 3 of 3") for text in page.markdown)


def test_what_is_no_digit_within_a_number_is_flagged(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    square = "\n".join(["#########", *["#       #"] * 7, "#########"])

    draw_picture(page, side_by_side(square, DIGITS[3], DIGITS[5], gap=50))

    assert answer(page) == "?35"
    assert [box["unread"] for box in component_data(page, "number_boxes")["boxes"]] == [
        True,
        False,
        False,
    ]
    assert any("not look like one" in text.value for text in page.markdown)


def test_a_step_switched_off_is_switched_off_for_a_digit_of_a_number(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    draw_picture(page, side_by_side(DIGITS[4], DIGITS[2]))
    whole = bars(page)

    page.toggle(key="drawing_polarity").set_value(False).run()

    assert not page.exception
    assert answer(page) == "42"
    assert bars(page) != whole
    assert component_data(page, "bars")["otherwise"] == whole


def test_a_number_by_a_network_that_knows_no_refusal_is_found_by_the_shipped_one(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE)
    page.selectbox(key="network").select(LESSON.address).run()

    draw_picture(page, side_by_side(DIGITS[1], DIGITS[3], DIGITS[0]))

    assert answer(page) == "130"


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
