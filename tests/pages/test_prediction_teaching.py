"""What is said to be a digit is read as one, until that is switched off or undone."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.drawings.drawing_files import to_json
from tests.ascii_drawings import drawing
from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import PAGE, answer, draw_picture
from ui.digits import Picture

# Nobody's 4: three bars across, and none of them alike.
ROWS = [
    "##########",
    "          ",
    "##########",
    "          ",
    "##########",
]


def strange_four(number: int) -> Picture:
    """Return one of several drawings of three bars, (336, 336, 4) uint8."""
    wider = [row + "#" * (number if "#" in row else 0) for row in ROWS]
    return drawing("\n".join(wider), side_px=336)


def teach(page: AppTest, number: int, digit: int = 4) -> None:
    draw_picture(page, strange_four(number))
    page.segmented_control[0].select(digit).run()
    assert not page.exception


def all_bars(page: AppTest) -> list[dict[str, Any]]:
    """Return the data of every ten bars on the page: the answer's first, then each lesson's."""
    return [
        json.loads(element.proto.json)
        for element in page.get("bidi_component")
        if element.proto.component_name.endswith("bars")
    ]


@pytest.fixture
def taught(open_page: OpenPage) -> AppTest:
    page = open_page(PAGE)
    draw_picture(page, strange_four(3))
    assert answer(page) != "4"
    for number in range(3):
        teach(page, number)
    return page


@pytest.mark.slow
def test_the_lesson_is_told_and_undone_one_by_one(taught: AppTest) -> None:
    assert sum("Meant as 4" in text.value for text in taught.markdown) == 3
    lessons = all_bars(taught)[1:]
    assert [max(bars["probabilities"]) == bars["probabilities"][4] for bars in lessons] == [
        True
    ] * 3
    assert any("10,000 test digits" in text.value for text in taught.caption)

    for _ in range(3):
        taught.button(key="undo_lesson_0").click().run()
        assert not taught.exception

    draw_picture(taught, strange_four(3))
    assert answer(taught) != "4"
    assert taught.session_state["kept_drawings"] == []


@pytest.mark.slow
def test_the_next_drawing_is_read_until_that_is_switched_off(taught: AppTest) -> None:
    draw_picture(taught, strange_four(3))
    assert answer(taught) == "4"
    data = all_bars(taught)[0]
    assert max(data["probabilities"]) == data["probabilities"][4]
    assert max(data["otherwise"]) != data["otherwise"][4]

    taught.toggle(key="reads_as_taught").set_value(False).run()
    assert not taught.exception
    assert answer(taught) != "4"

    taught.toggle(key="reads_as_taught").set_value(True).run()
    assert answer(taught) == "4"


@pytest.mark.slow
def test_nobody_else_is_touched_until_a_file_teaches_them(
    taught: AppTest, open_page: OpenPage
) -> None:
    content = to_json(taught.session_state["kept_drawings"]).encode()
    other = open_page(PAGE)
    draw_picture(other, strange_four(3))
    assert answer(taught) == "4"
    assert answer(other) != "4"

    other.file_uploader(key="drawings_file").upload(
        "drawings.json", content, "application/json"
    ).run()
    draw_picture(other, strange_four(3))

    assert answer(other) == "4"
