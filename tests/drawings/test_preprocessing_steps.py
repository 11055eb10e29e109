import numpy as np
import pytest

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.drawings.preprocessing_steps import STEPS, Step, trace_steps
from tests.ascii_drawings import DIGITS, SEVEN, drawing

INK, PAPER = (20, 30, 120, 255), (230, 225, 220, 255)


@pytest.mark.parametrize("text", DIGITS)
def test_with_every_step_the_image_is_the_usual_one(text: str) -> None:
    drawn = drawing(text, corner=(90, 30), scale=0.7)

    assert np.array_equal(trace_steps(drawn).image, drawing_to_image(drawn))


@pytest.mark.parametrize("step", STEPS)
def test_every_step_makes_a_difference_to_ink_on_paper(step: Step) -> None:
    drawn = drawing(SEVEN, corner=(20, 30), scale=0.5, ink=INK, paper=PAPER)

    assert not np.array_equal(trace_steps(drawn, without=[step]).image, drawing_to_image(drawn))


def test_a_blank_canvas_has_no_pictures() -> None:
    trace = trace_steps(np.zeros((50, 50, 4), np.uint8))

    assert trace.pictures == {}
    assert not trace.image.any()


def test_without_polarity_the_network_gets_dark_ink_on_white() -> None:
    drawn = drawing(SEVEN)

    image = trace_steps(drawn, without=["polarity"]).image

    assert np.array_equal(image, 255 - drawing_to_image(drawn))


def test_without_crop_a_small_digit_stays_small_and_in_its_corner() -> None:
    drawn = drawing(SEVEN, corner=(15, 15), scale=0.4)

    image = trace_steps(drawn, without=["crop", "size", "centre"]).image

    rows, columns = np.nonzero(image)
    assert rows.max() < 10
    assert columns.max() < 10


def test_without_the_margin_the_digit_touches_the_edge() -> None:
    image = trace_steps(drawing(SEVEN), without=["size"]).image

    assert image[0].any()
    assert image[-1].any()


def test_the_ink_found_is_shown_as_it_was_drawn() -> None:
    on_paper = trace_steps(drawing(SEVEN, ink=INK, paper=PAPER)).pictures
    on_slate = trace_steps(drawing(SEVEN)).pictures

    assert on_paper["ink"][0, 0] == 255
    assert on_paper["polarity"][0, 0] == 0
    assert on_slate["ink"][0, 0] == 0
