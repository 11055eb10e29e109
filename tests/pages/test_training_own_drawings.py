"""The switch by which a run learns from what its visitor drew and corrected."""

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.drawings.drawing_files import MAX_DRAWINGS
from mnistcore.runs import all_runs
from mnistcore.runs.own_drawings import read_own_drawings
from mnistcore.runs.status import record_outcome
from tests.own_drawings import strange_fours
from tests.pages import prediction_page
from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import draw
from tests.pages.training_page import PAGE

SWITCH = "with_my_drawings"
pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def after_a_correction(open_page: OpenPage) -> AppTest:
    """A visitor who drew a 3, said that it was meant as a 5, and came to the training page."""
    page = open_page(prediction_page.PAGE)
    draw(page, 3)
    page.segmented_control[0].select(5).run()
    page.switch_page(PAGE).run()
    assert not page.exception
    return page


def switches(page: AppTest) -> list[str]:
    return [toggle.label for toggle in page.toggle if toggle.key == SWITCH]


def start(page: AppTest) -> None:
    next(button for button in page.button if button.label == "Start").click().run()
    assert not page.exception


def test_without_corrections_there_is_no_switch(open_page: OpenPage) -> None:
    assert switches(open_page(PAGE)) == []


def test_a_correction_is_learned_from_once_that_is_switched_on(
    after_a_correction: AppTest, started: list[str]
) -> None:
    page = after_a_correction
    assert switches(page) == ["With my 1 drawing"]

    page.toggle(key=SWITCH).set_value(True).run()
    start(page)

    run = all_runs.find_run(started[0])
    record_outcome(run, "finished")
    assert run.config.own_drawings is not None
    assert read_own_drawings(run) == page.session_state["kept_drawings"]
    assert [drawing.label for drawing in read_own_drawings(run)] == [5]
    page.run()
    assert any("Learns from 1 drawing of a visitor" in text.value for text in page.caption)


def test_nothing_is_learned_from_unless_it_is_switched_on(
    after_a_correction: AppTest, started: list[str]
) -> None:
    start(after_a_correction)

    run = all_runs.find_run(started[0])
    assert run.config.own_drawings is None
    assert not run.own_drawings.exists()
    assert not any("of a visitor" in text.value for text in after_a_correction.caption)


def test_the_switch_stays_as_it_was_left(after_a_correction: AppTest) -> None:
    page = after_a_correction
    page.toggle(key=SWITCH).set_value(True).run()

    page.switch_page("pages/calculator.py").run()
    page.switch_page(PAGE).run()

    assert page.toggle(key=SWITCH).value is True


def test_more_drawings_than_a_run_takes_are_a_sentence(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    page.session_state["kept_drawings"] = strange_fours(1, seed=1) * (MAX_DRAWINGS + 1)
    page.run()

    page.toggle(key=SWITCH).set_value(True).run()
    start(page)

    assert any("at most 1000" in error.value for error in page.error)
    assert started == []
    assert all_runs.list_runs() == []
