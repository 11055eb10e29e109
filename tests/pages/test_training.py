"""What the training page shows of a run: who waits, the first step, figures, faults, judgement."""

import shutil
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.files import write_json
from mnistcore.reading.classifier import MYNET
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.events import Begin, Notice, append_event
from mnistcore.runs.folder import Run
from mnistcore.runs.kept_sentence import kept_sentence
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import record_outcome
from mnistcore.sentences import Sentence
from mnistcore.training.events import StepEnd
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage, component_data
from tests.pages.training_page import PAGE, finished_run
from ui.training.live import STARTING


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
