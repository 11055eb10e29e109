"""The lesson as its visitor meets it: seven stops, a task at each, the address, the trained run."""

import re
import shutil
from math import log
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.in_torch.paired_times import PairedTimes, Spread
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, load_classifier
from mnistcore.runs import all_runs, standby
from mnistcore.runs.events import Begin, append_event
from mnistcore.runs.snapshot import save_snapshot
from mnistcore.runs.status import record_outcome
from mnistcore.training.events import EpochEnd
from mnistcore.training.recipes import RECIPES
from mnistcore.worker.observation import take_snapshot, watched_digits
from tests.pages.conftest import OpenPage, component_data
from ui import operator_settings
from ui.drawing_canvas import _Memory
from ui.lesson.stops import STOPS
from ui.operator_settings import Settings
from ui.sketches import BLANK, strokes_sketch

PAGE = "pages/lesson.py"
ONE = strokes_sketch([np.array([[168.0, 60.0], [168.0, 280.0]])], side_px=336, stroke_width=25)


def way(page: AppTest) -> dict[str, Any]:
    return component_data(page, "stops")


def done(page: AppTest) -> list[int]:
    return [stop["number"] for stop in way(page)["stops"] if stop["is_done"]]


def results(page: AppTest) -> str:
    [result] = re.findall(
        r'role="status">(.*?)</div>', "".join(html.proto.body for html in page.get("html"))
    )
    return re.sub("<[^>]*>", "", result)


def segmented(page: AppTest, key: str) -> Any:
    [widget] = [one for one in page.get("button_group") if one.key == key]
    return widget


@pytest.mark.parametrize("number", STOPS)
def test_every_stop_says_its_sentence_and_asks_its_task(open_page: OpenPage, number: int) -> None:
    page = open_page(PAGE, stop=str(number))

    assert page.title[0].value == STOPS[number].title
    assert STOPS[number].sentence in [text.value for text in page.markdown]
    assert any(text.value.startswith("**Your turn.**") for text in page.markdown)
    assert way(page)["current"] == number
    assert done(page) == []


def test_the_eleven_points_of_the_article_are_said_in_its_order() -> None:
    points = [
        "fuses neighbouring pixels into a feature",
        "1×1 kernel fuses the channels",
        "as deep as its input",
        "as many kernels as maps come out",
        "⌊(w − k + 2p) / s⌋ + 1",
        "weight sharing saves parameters",
        "H′·W′·K²·N·M",
        "two layers of 3×3 see as far as one of 5×5",
        "three strided convolutions with batch norm and ReLU, and one linear layer",
        "of MNIST's digits Adam moves every one of them a little",
        "argmax takes the largest: that prediction is written on the picture of the digit",
    ]

    lesson = " ".join(stop.sentence for stop in STOPS.values()).replace("\u00a0", " ")

    places = [lesson.index(point) for point in points]
    assert places == sorted(places)
    assert "cross entropy" in lesson[places[9] :]


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


@pytest.mark.parametrize("trains", [True, False])
def test_a_process_stands_by_while_the_training_is_at_hand(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, trains: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(standby, "ensure", lambda: asked.append("to stand by"))
    monkeypatch.setattr(operator_settings, "settings", lambda: Settings(training=trains))

    open_page(PAGE, stop="6")

    assert bool(asked) is trains


def test_the_network_stands_in_a_line_above_its_training(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="6")

    [line] = [html for html in page.get("html") if 'class="lesson-chain"' in html.proto.body]
    held = re.findall("<b>(.*?)</b>", line.proto.body)
    assert held == [
        "28×28 pixels",
        "16 maps, 14×14",
        "32 maps, 7×7",
        "64 maps, 4×4",
        "10 sums",
    ]
    assert "3×3, stride 2, padding 1 · batch norm · ReLU" in line.proto.body


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


def test_one_batch_moves_the_kernels(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="6")
    before = component_data(page, "learning_wall")["moment"]

    [one_batch] = [button for button in page.button if button.label == "One batch"]
    one_batch.click().run()

    after = component_data(page, "learning_wall")
    assert (before["step"], after["moment"]["step"]) == (0, 1)
    assert before["kernels"] != after["moment"]["kernels"]
    assert [step for step, _ in after["losses"]] == [1]


def train(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Press Train, and let a network that the app ships be what the run ends with."""

    def carry_out(run: Any) -> None:
        append_event(run.metrics, Begin(0, num_steps=440, batch_size=125, device="cpu"))
        append_event(
            run.metrics,
            EpochEnd(440, 1, valid_loss=0.1, valid_accuracy=0.99, seconds=9, images_per_second=9),
        )
        shutil.copy(MYNET, run.checkpoint)
        model = load_classifier(MYNET).model
        digits = watched_digits(load_split("valid"))
        save_snapshot(run.snapshot, take_snapshot(model, 440, digits, 0.5, 0.5))
        record_outcome(run, "finished")

    monkeypatch.setattr(all_runs, "start", carry_out)
    [button] = [button for button in page.button if button.label == "Train"]
    button.click().run()
    assert not page.exception
    return all_runs.list_runs()[0].name


def test_a_run_is_started_and_reads_from_then_on(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")

    name = train(page, monkeypatch)

    config = all_runs.find_run(name).config
    assert config.network == "mynet"
    assert config.recipe.epochs == RECIPES["default"].epochs
    assert component_data(page, "learning_wall")["moment"]["step"] == 440
    assert done(page) == [6]
    page.query_params["stop"] = "7"
    page.run()
    assert any(name in text.value for text in page.markdown)
    assert component_data(page, "live_network")["verdict"]["text"] == "7"


def test_who_loads_the_page_again_keeps_what_was_trained(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")
    name = train(page, monkeypatch)
    assert page.query_params["network"] == name

    again = open_page(PAGE, stop="6", network=name)

    assert component_data(again, "learning_wall")["moment"]["step"] == 440
    assert done(again) == [6]
    last = open_page(PAGE, stop="7", network=name)
    assert any(f"{name}, the network you trained" in text.value for text in last.markdown)


@pytest.mark.parametrize("name", ["nobody", "../../etc", "~mynet"])
def test_a_network_that_is_not_there_is_the_shipped_one(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGE, stop="7", network=name)

    assert any("MyNet reads your digit as it was shipped" in text.value for text in page.markdown)
    assert "network" not in page.query_params


def test_a_run_is_starting_until_it_can_be_told_how_long_it_takes(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")
    train(page, monkeypatch)

    monkeypatch.setattr("ui.lesson.training.status", lambda run: "running")
    page.run()

    assert "The run is starting ..." in [text.value for text in page.markdown]


def test_one_step_by_hand_begins_with_a_digit_that_is_misread(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")
    train(page, monkeypatch)

    segmented(page, "lesson_view").set_value(1).run()
    [step] = [button for button in page.button if button.label == "Take this step"]
    step.click().run()

    html = "".join(one.proto.body for one in page.get("html"))
    [(label, answer)] = re.findall(r"A (\d) that your network reads as (\d)", html)[:1]
    assert label != answer
    share, loss = re.findall(r"Its share for the \d is ([\d.]+),.*?<td>([\d.]+)</td>", html)[0]
    assert -log(float(share)) == pytest.approx(float(loss), rel=0.01)
    assert "Steps taken: 1" in [text.value for text in page.markdown]


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


@pytest.mark.parametrize("number", STOPS)
def test_what_is_folded_is_drawn_when_it_is_unfolded(open_page: OpenPage, number: int) -> None:
    page = open_page(PAGE, stop=str(number))
    assert not page.code

    page.session_state[f"lesson_fold_{number}"] = True
    page.run()

    assert not page.exception
    assert page.code or page.dataframe


def test_the_lesson_goes_on_where_it_was_left(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="4")

    page.switch_page("app.py").run()
    page.query_params.clear()
    page.switch_page(PAGE).run()

    assert page.title[0].value == STOPS[4].title


@pytest.mark.parametrize("stop", ["0", "8", "x", "99999999999"])
def test_a_stop_that_is_not_there_is_the_first(open_page: OpenPage, stop: str) -> None:
    assert open_page(PAGE, stop=stop).title[0].value == STOPS[1].title


def test_a_teacher_hides_stops_by_the_address(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="3", only="2,4")

    assert [stop["number"] for stop in way(page)["stops"]] == [2, 4]
    assert page.title[0].value == STOPS[2].title
    assert way(page)["stops"][1]["href"] == "?stop=4&only=2,4"


def test_for_a_class_the_menu_goes_and_the_type_grows(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="2", present="")

    styles = "".join(html.proto.body for html in page.get("html"))
    assert "calc(1.4 *" in styles
    assert way(page)["presents"]
    plain = open_page(PAGE, stop="2")
    assert "calc(1.4 *" not in "".join(html.proto.body for html in plain.get("html"))


@pytest.mark.parametrize("stop", ["1", "2", "7"])
def test_what_is_drawn_is_the_digit_of_the_lesson(open_page: OpenPage, stop: str) -> None:
    name = {"1": "stepper", "2": "channel_sum", "7": "live_network"}[stop]
    page = open_page(PAGE, stop=stop)
    example = component_data(page, name)

    page.session_state["drawing_memory"] = _Memory(history=[BLANK, ONE], place=1)
    page.run()

    assert component_data(page, name) != example
    page.query_params["stop"] = "7"
    page.run()
    assert component_data(page, "live_network")["verdict"]["text"] == "1"


def test_a_deleted_run_gives_way_to_the_network_as_shipped(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")
    name = train(page, monkeypatch)

    all_runs.delete_run(all_runs.find_run(name))
    page.query_params["stop"] = "7"
    page.run()

    assert not page.exception
    assert "MyNet is" in component_data(page, "live_network")["verdict"]["remark"]


def test_the_cost_is_written_as_the_formula_has_it(open_page: OpenPage) -> None:
    towers = component_data(open_page(PAGE, stop="5"), "cost_blocks")["towers"]

    for tower in towers:
        factors, total = tower["lines"][0].split(" multiplications")[0].split(" = ")
        numbers = factors.replace("²", "**2").replace("·", "*")
        assert eval(numbers) == int(total.replace(",", ""))
