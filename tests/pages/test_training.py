import shutil
import subprocess
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.errors import InvalidInputError
from mnistcore.files import write_json
from mnistcore.reading.classifier import MYNET
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.control import read_requests
from mnistcore.runs.events import Begin, Notice, append_event
from mnistcore.runs.folder import Run
from mnistcore.runs.kept_sentence import kept_sentence
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import record_outcome
from mnistcore.sentences import Sentence
from mnistcore.stacks.json_format import stack_to_dict
from mnistcore.stacks.presets import alexnet, lenet5
from mnistcore.training.events import EpochEnd, StepEnd
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage, component_data
from ui.training.live import STARTING

PAGE = "pages/training.py"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take the place of the process: the names of the runs that would have started."""
    names: list[str] = []
    monkeypatch.setattr(all_runs, "start", lambda run: names.append(run.name))
    return names


def finished_run(name: str) -> Run:
    run = all_runs.create_run(name, network="mynet", recipe=RECIPES["article"])
    for event in (
        Begin(0, num_steps=2, batch_size=100, device="cpu"),
        StepEnd(1, 1, 0.25, accuracy=0.9, learning_rate=0.001),
        StepEnd(2, 1, 0.25, accuracy=0.9, learning_rate=0.001),
        EpochEnd(2, 1, valid_loss=0.2, valid_accuracy=0.987, seconds=1, images_per_second=200),
    ):
        append_event(run.metrics, event)
    record_outcome(run, "finished")
    return run


def test_start_works_without_touching_anything(open_page: OpenPage, started: list[str]) -> None:
    page = open_page(PAGE)

    page.button[0].click().run()

    assert not page.exception
    assert started == ["mynet-default-1"]
    assert all_runs.find_run("mynet-default-1").config.recipe.epochs == RECIPES["default"].epochs


def test_what_is_set_is_what_is_trained(open_page: OpenPage, started: list[str]) -> None:
    page = open_page(PAGE)

    page.selectbox(key="recipe").select("article").run()
    page.number_input(key="epochs").set_value(2).run()
    page.number_input(key="batch_size").set_value(64).run()
    page.button[0].click().run()

    recipe = asdict(all_runs.find_run(started[0]).config.recipe)
    assert recipe == {
        "epochs": 2,
        "batch_size": 64,
        "learning_rate": 0.001,
        "schedule": "constant",
        "augmentation": 0,
        "seed": 1,
        "optimizer": "Adam",
        "weight_decay": 0,
        "label_smoothing": 0,
        "thickening": 0,
        "data": "mnist",
        "precision": "float32",
        "rules": 2,
    }


def test_two_tabs_that_press_start_together_start_one_run(
    open_page: OpenPage, started: list[str]
) -> None:
    first, second = open_page(PAGE), open_page(PAGE)

    first.button[0].click().run()
    second.button[0].click().run()

    assert started == ["mynet-default-1"]
    assert "was started a moment ago, from another tab" in second.info[0].value


def test_a_finished_run_shows_its_figures(open_page: OpenPage, runs_folder: Path) -> None:
    finished_run("earlier")

    page = open_page(PAGE)

    assert any("**earlier** is finished" in text.value for text in page.markdown)
    values = {metric.label: metric.value for metric in page.metric}
    assert values["Images per second"] != "–"
    assert values["Validation accuracy"] == "98.70%"
    assert values["Training loss"] == "0.2500"
    charts = [chart.key for chart in page.get("echarts_chart")]
    assert charts == [
        "planned_rate",
        "loss-earlier",
        "accuracy-earlier",
        "rate-earlier",
        "sizes-earlier",
    ]


def test_a_run_that_does_not_say_when_it_was_made_is_shown(open_page: OpenPage) -> None:
    run = finished_run("earlier")
    config = {name: value for name, value in asdict(run.config).items() if name != "created"}
    write_json(run.config_file, config)

    page = open_page(PAGE)

    assert any("**earlier** is finished" in text.value for text in page.markdown)


def test_a_failed_run_says_why(open_page: OpenPage) -> None:
    run = finished_run("broken")
    record_outcome(run, "failed", "The disk is full.")

    page = open_page(PAGE)

    assert page.error[0].value == "The disk is full."


def test_what_a_run_wrote_down_is_said_in_the_visitors_language(open_page: OpenPage) -> None:
    run = finished_run("broken")
    record_outcome(
        run,
        "failed",
        InvalidInputError(
            "The folder of the run {name!r} was removed while it was going on.", name="broken"
        ),
    )
    cut = Sentence("The last line of the metrics was half written; it was cut off.")
    append_event(run.metrics, Notice(**vars(kept_sentence(cut))))

    page = open_page(PAGE, lang="zh")

    assert page.error[0].value == "训练 'broken' 的文件夹在进行中被删除了。"
    assert "指标文件的最后一行只写了一半，已截去。" in [one.value for one in page.warning]


def test_a_stopped_run_can_be_gone_on_with(open_page: OpenPage, started: list[str]) -> None:
    run = finished_run("halted")
    record_outcome(run, "stopped")
    page = open_page(PAGE)

    next(button for button in page.button if button.label == "Go on").click().run()

    assert started == ["halted"]


def test_stop_asks_the_running_run(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with claim(run) as turn:
        turn.take()
        page = open_page(PAGE)
        next(button for button in page.button if button.label == "Stop").click().run()

        assert read_requests(run).stop


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def test_every_setting_has_a_field_with_help_and_reaches_the_run(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    page.selectbox(key="training_network").select("dense").run()
    page.selectbox(key="schedule").select("cosine").run()
    page.selectbox(key="optimizer").select("SGD").run()
    page.number_input(key="weight_decay").set_value(0.01).run()
    page.slider(key="label_smoothing").set_value(0.1).run()
    page.slider(key="augmentation").set_value(0.3).run()
    page.number_input(key="seed").set_value(7).run()
    page.selectbox(key="device").select("cpu").run()

    press(page, "Start")

    assert not page.exception
    config = all_runs.find_run(started[0]).config
    assert (config.network, config.device) == ("dense", "cpu")
    given = {name: getattr(config.recipe, name) for name in ("schedule", "optimizer", "seed")}
    assert given == {"schedule": "cosine", "optimizer": "SGD", "seed": 7}
    shares = [
        getattr(config.recipe, n) for n in ("weight_decay", "label_smoothing", "augmentation")
    ]
    assert shares == [0.01, 0.1, 0.3]
    assert all(w.help for w in (*page.number_input, *page.selectbox, *page.slider))


def test_the_form_is_as_it_was_left(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.selectbox(key="training_network").select("dense").run()
    page.selectbox(key="recipe").select("article").run()
    page.number_input(key="epochs").set_value(7).run()

    page.switch_page("pages/convolution.py").run()
    page.switch_page(PAGE).run()

    assert page.selectbox(key="training_network").value == "dense"
    assert page.selectbox(key="recipe").value == "article"
    assert page.number_input(key="epochs").value == 7
    assert page.number_input(key="batch_size").value == RECIPES["article"].batch_size


def test_a_network_brought_goes_before_the_one_left(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.selectbox(key="training_network").select("dense").run()
    page.switch_page("pages/convolution.py").run()

    page.session_state["brought_network"] = stack_to_dict(lenet5())
    page.query_params["train"] = "calculator"
    page.switch_page(PAGE).run()

    assert page.selectbox(key="training_network").value == "~calculator"


def test_who_brings_a_network_lands_in_no_older_run(open_page: OpenPage) -> None:
    finished_run("older")
    page = open_page("pages/convolution.py")
    page.session_state["brought_network"] = stack_to_dict(lenet5())
    page.query_params["train"] = "calculator"

    page.switch_page(PAGE).run()

    assert page.selectbox(key="run").value is None
    assert "press Start" in page.info[0].value
    page.selectbox(key="run").select("older").run()
    assert any("**older** is finished" in text.value for text in page.markdown)


def test_the_calculators_network_is_offered_and_trained(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    page.session_state["brought_network"] = stack_to_dict(lenet5())
    page.query_params["train"] = "calculator"
    page.run()
    page.selectbox(key="training_network").select("~calculator").run()

    press(page, "Start")

    assert started == ["stack-default-1"]
    assert all_runs.find_run(started[0]).config.network == stack_to_dict(lenet5())


def test_a_network_that_cannot_be_trained_is_explained(
    open_page: OpenPage, started: list[str]
) -> None:
    page = open_page(PAGE)
    page.session_state["brought_network"] = stack_to_dict(alexnet())
    page.query_params["train"] = "calculator"
    page.run()
    page.selectbox(key="training_network").select("~calculator").run()

    press(page, "Start")

    assert started == []
    assert "MNIST's are (1, 28, 28)" in page.error[0].value


def test_who_waits_is_told_behind_whom(open_page: OpenPage) -> None:
    first, second = finished_run("first"), finished_run("second")
    with claim(first) as turn, claim(second):
        turn.take()
        write_json(second.phase, {"phase": "waiting", "since": time.time_ns()})
        page = open_page(PAGE)

    assert any("**second** is waiting" in text.value for text in page.markdown)
    assert "Before second: **first**" in page.info[0].value


def test_a_first_step_that_comes_in_a_moment_is_shown_at_once(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = all_runs.create_run("quick", network="mynet", recipe=RECIPES["default"])

    def take_a_step(run: Run, metrics: RunMetrics) -> bool:
        append_event(run.metrics, Begin(0, num_steps=2, batch_size=100, device="cpu"))
        append_event(run.metrics, StepEnd(1, 1, 0.25, accuracy=0.9, learning_rate=0.001))
        metrics.poll()
        return True

    monkeypatch.setattr("ui.training.live.await_first_step", take_a_step)
    with claim(run) as turn:
        turn.take()

        page = open_page(PAGE)

    assert "loss-quick" in [chart.key for chart in page.get("echarts_chart")]
    assert not any(STARTING in info.value for info in page.info)


def test_the_learning_rate_of_a_running_run_is_changed(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with claim(run) as turn:
        turn.take()
        page = open_page(PAGE)
        page.number_input(key="new_rate_busy").set_value(0.005).run()
        press(page, "Change it")

        assert read_requests(run).learning_rate == 0.005


def test_a_run_is_paused_and_continued(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with claim(run) as turn:
        turn.take()
        page = open_page(PAGE)
        press(page, "Pause")
        assert read_requests(run).pause
        write_json(run.phase, {"phase": "paused"})
        page.run()

        press(page, "Continue")

        assert not read_requests(run).pause


def test_runs_are_compared_renamed_and_deleted(open_page: OpenPage) -> None:
    finished_run("first")
    all_runs.create_run("second", network="dense", recipe=RECIPES["default"])
    page = open_page(PAGE)
    page.session_state["training_view"] = "Compare"
    page.run()
    table = page.dataframe[0].value
    assert "network" in list(table["setting"])
    page.session_state["training_view"] = "Files"
    page.run()

    page.text_input(key="name_second").set_value("other").run()
    press(page, "Rename")
    assert {run.name for run in all_runs.list_runs()} == {"first", "other"}
    press(page, "Delete it")

    assert not page.exception
    assert [run.name for run in all_runs.list_runs()] == ["first"]


def test_a_finished_run_is_judged_on_the_test_split(open_page: OpenPage) -> None:
    run = finished_run("earlier")
    shutil.copy(MYNET, run.checkpoint)
    page = open_page(PAGE)

    page.session_state["training_view"] = "Result"
    page.run()

    assert not page.exception
    assert any("of the 10,000 test images are read right" in text.value for text in page.markdown)
    counts = np.array(component_data(page, "confusion")["counts"])
    assert counts.sum() == 10_000
    assert counts.trace() > 9_800
    assert len(component_data(page, "digit_tiles")["items"]) == 24  # the worst mistakes


def test_what_the_operator_switches_off_is_refused_in_a_sentence(
    open_page: OpenPage,
    started: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mnistcore.toml").write_text("training = false\ndeletion = false\n")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(tmp_path / "mnistcore.toml"))
    run = finished_run("kept")
    record_outcome(run, "stopped")
    page = open_page(PAGE, training_view="files")

    for label, reason in (
        ("Start", "watched only"),
        ("Go on", "watched only"),
        ("Rename", "watched only"),
        ("Delete it", "lets no visitor delete"),
    ):
        next(button for button in page.button if button.label == label).click().run()
        assert not page.exception
        assert any(reason in error.value for error in page.error), label

    assert started == []
    assert [known.name for known in all_runs.list_runs()] == ["kept"]


def test_the_ninth_press_of_start_is_refused(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: None)
    page = open_page(PAGE)

    for _ in range(9):
        page.button[0].click().run()
        assert not page.exception

    assert len(all_runs.list_runs()) == 8
    assert "8 runs train or wait already" in page.error[0].value


@pytest.mark.parametrize("training", [True, False])
def test_a_process_stands_by_where_visitors_may_train(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, training: bool
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"training = {str(training).lower()}")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(file))
    asked: list[bool] = []
    monkeypatch.setattr("mnistcore.runs.standby.ensure", lambda: asked.append(True))

    open_page(PAGE)

    assert asked == [True] * training
