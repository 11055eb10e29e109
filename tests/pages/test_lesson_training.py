"""The lesson's training: by hand, by a run, and whose network reads from then on."""

import re
from dataclasses import replace
from math import log

import pytest

from mnistcore.runs import all_runs, standby
from mnistcore.runs.snapshot import load_snapshot, save_snapshot
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage, component_data
from tests.pages.lesson_page import PAGE, done, segmented, train
from ui import operator_settings
from ui.operator_settings import Settings


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


def test_one_batch_moves_the_kernels(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="6")
    before = component_data(page, "learning_wall")["moment"]

    [one_batch] = [button for button in page.button if button.label == "One batch"]
    one_batch.click().run()

    after = component_data(page, "learning_wall")
    assert (before["step"], after["moment"]["step"]) == (0, 1)
    assert before["kernels"] != after["moment"]["kernels"]
    assert [step for step, _ in after["losses"]] == [1]


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


def test_a_run_is_starting_until_it_can_be_told_how_long_it_takes(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")
    train(page, monkeypatch)

    monkeypatch.setattr("ui.lesson.training.status", lambda run: "running")
    page.run()

    assert "The run is starting ..." in [text.value for text in page.markdown]


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


def test_a_picture_of_the_run_without_kernels_is_as_good_as_none(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(PAGE, stop="6")
    path = all_runs.find_run(train(page, monkeypatch)).snapshot
    snapshot = load_snapshot(path)
    assert snapshot is not None
    save_snapshot(path, replace(snapshot, kernels=snapshot.kernels[:0]))

    page.run()

    assert not page.exception
    assert component_data(page, "learning_wall")["moment"]["step"] == 0


@pytest.mark.parametrize("name", ["nobody", "../../etc", "~mynet"])
def test_a_network_that_is_not_there_is_the_shipped_one(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGE, stop="7", network=name)

    assert any("MyNet reads your digit as it was shipped" in text.value for text in page.markdown)
    assert "network" not in page.query_params


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
