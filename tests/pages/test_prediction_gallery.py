from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, component_data
from tests.pages.prediction_page import PAGE, answer, why_pictures
from ui import mnist
from ui.networks import LESSON


def open_test_set(open_page: OpenPage, **address: str | list[str]) -> AppTest:
    # This network reads all of it in a tenth of the other's time.
    return open_page(PAGE, view="test-set", network=LESSON.address, **address)


def tiles(page: AppTest) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = component_data(page, "digit_tiles")["items"]
    return items


def test_the_test_set_carries_its_predictions(open_page: OpenPage) -> None:
    shown = tiles(open_test_set(open_page))

    assert [item["index"] for item in shown] == list(range(60))
    assert [item["truth"] for item in shown[:5]] == [7, 2, 1, 0, 4]  # the test set's first labels
    assert shown[0]["spoken"] == "Test digit 0: 7, read as 7, right"


def test_the_shipped_networks_need_not_be_asked(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("ui.networks.load_file", asked.append)
    for module in ("ui.shared_bar", "ui.torch_import"):
        monkeypatch.setattr(f"{module}.torch_is_imported", lambda: False)

    page = open_page(PAGE, view="test-set")

    assert len(tiles(page)) == 60
    assert sum(map(sum, component_data(page, "confusion")["counts"])) == 10_000
    assert not asked


def test_what_was_not_kept_is_read(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = mnist.read_all(LESSON).probabilities
    monkeypatch.setattr(mnist, "kept_reading", lambda file: None)
    mnist._reading.clear()
    mnist._read_split.clear()

    shown = tiles(open_test_set(open_page))

    mnist._reading.clear()
    assert [item["said"] for item in shown] == kept[:60].argmax(axis=1).tolist()


def test_the_address_filters_and_sorts(open_page: OpenPage) -> None:
    page = open_test_set(open_page, shows="9", only_mistakes="true", order="least sure")

    shown = tiles(page)

    assert shown
    assert {item["truth"] for item in shown} == {9}
    assert all(item["said"] != 9 for item in shown)
    reading = mnist.read_all(LESSON)
    sure = [float(reading.confidences[item["index"]]) for item in shown]
    assert sure == sorted(sure)


def test_a_range_of_probabilities_filters(open_page: OpenPage) -> None:
    page = open_test_set(open_page, sure=["10", "60"])

    shown = tiles(page)

    assert shown
    reading = mnist.read_all(LESSON)
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

    counts = component_data(page, "confusion")["counts"]

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
    page = open_page(PAGE, view="slideshow", network=LESSON.address, shows="4")

    assert "of 982" in page.caption[-1].value
    assert ": 4, read as" in page.caption[-1].value


def test_an_opened_test_digit_shows_which_pixels_spoke(open_page: OpenPage) -> None:
    page = open_test_set(open_page, digit="0")

    assert len(why_pictures(page)) == 1
