"""The lesson's tasks: what is answered wrong is told, what is answered right is done."""

import pytest

from mnistcore.in_torch.paired_times import PairedTimes, Spread
from tests.pages.conftest import OpenPage, component_data
from tests.pages.lesson_page import ONE, PAGE, done, results, segmented
from ui.drawing_canvas import _Memory
from ui.sketches import BLANK


def test_a_kernel_blind_to_the_bar_solves_the_first_task(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="1")

    for clicked, case in (
        (1, "Not yet"),
        (3, "It is gone"),
    ):  # blur, then Sobel's for upright edges
        page.session_state["lesson_kernels"] = {"clicked": clicked}
        page.session_state["lesson_kernel"] = ["Blur", "Sobel x"][clicked == 3]
        page.run()
        assert results(page).startswith(case)

    assert done(page) == [1]


def test_what_a_kernel_compares_is_said_of_the_strokes_there_are(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="1")
    page.session_state["lesson_kernel"] = "Sobel x"
    assert "compares left with right" in results(page.run())

    page.session_state["drawing_memory"] = _Memory(history=[BLANK, ONE], place=1)
    page.session_state["lesson_kernel"] = "Sobel y"

    assert "compares top with bottom" in results(page.run())


@pytest.mark.parametrize(
    ("stop", "key", "wrong", "right"),
    [
        (2, "lesson_num_weights", 144, 576),
        (4, "lesson_num_params", 640, 160),
    ],
)
def test_a_number_is_checked(
    open_page: OpenPage, stop: int, key: str, wrong: int, right: int
) -> None:
    page = open_page(PAGE, stop=str(stop))

    segmented(page, key).set_value(wrong).run()
    assert done(page) == []
    segmented(page, key).set_value(right).run()

    assert done(page) == [stop]
    assert f"{right}" in results(page)


def test_the_articles_two_by_two_comes_true_with_stride_two(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="3")
    assert results(page) == "With the article's numbers it is 4×4."

    [stride] = [slider for slider in page.slider if slider.key == "lesson_stride"]
    stride.set_value(2).run()

    assert component_data(page, "size_formula")["values"]["o"] == 2
    assert done(page) == [3]


def test_a_guess_is_held_against_the_clock(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    spread = Spread(0.9, 1.0, 1.1)
    times = PairedTimes(spread, spread, Spread(1.2, 1.3, 1.4), 0.0, 20, 16, 1)
    monkeypatch.setattr("ui.lesson.cost.time_networks", lambda *_, **__: times)
    page = open_page(PAGE, stop="5")

    segmented(page, "lesson_guess").set_value(1).run()
    [measure] = [button for button in page.button if button.label == "Measure"]
    measure.click().run()
    assert results(page).startswith("The clock says the opposite")
    segmented(page, "lesson_guess").set_value(2).run()

    assert "1.30 times as long as one" in results(page)
    assert done(page) == [5]
    assert all(tower["seconds"] for tower in component_data(page, "cost_blocks")["towers"])


def test_the_cost_is_written_as_the_formula_has_it(open_page: OpenPage) -> None:
    towers = component_data(open_page(PAGE, stop="5"), "cost_blocks")["towers"]

    for tower in towers:
        factors, total = tower["lines"][0].split(" multiplications")[0].split(" = ")
        numbers = factors.replace("²", "**2").replace("·", "*")
        assert eval(numbers) == int(total.replace(",", ""))


def test_each_square_of_the_picture_costs_the_same(open_page: OpenPage) -> None:
    data = component_data(open_page(PAGE, stop="5"), "cost_blocks")

    factors, of_one = data["words"]["one"].split(": ")[1].split(" multiplications")[0].split(" = ")
    assert eval(factors.replace("·", "*")) == int(of_one.replace(",", ""))
    assert [tower["kernel_sizes"] for tower in data["towers"]] == [[3, 3], [5]]
    for tower in data["towers"]:
        squares = sum(size**2 for size in tower["kernel_sizes"])
        total = tower["lines"][0].split(" = ")[1].split()[0]
        assert squares * int(of_one.replace(",", "")) == int(total.replace(",", ""))


def test_the_second_largest_sum_solves_the_last_task(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="7")
    picture = component_data(page, "live_network")
    sums = [float(text.replace("−", "-")) for text in picture["outputs"]["sums"]]
    order = sorted(range(10), key=sums.__getitem__, reverse=True)

    for chosen, case in ((order[0], "is the answer itself"), (order[1], "second largest")):
        page.session_state["lesson_asked"] = chosen
        page.run()
        assert case in results(page)

    assert done(page) == [7]
    picture = component_data(page, "live_network")
    assert picture["outputs"]["chosen"] == order[1]
    assert f"speak for a {order[1]}" in picture["reasons"]["caption"]
