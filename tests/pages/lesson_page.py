"""What tests of the lesson share: what stands on a stop, and a run that is over at once."""

import re
import shutil
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, load_classifier
from mnistcore.runs import all_runs
from mnistcore.runs.events import Begin, append_event
from mnistcore.runs.snapshot import save_snapshot
from mnistcore.runs.status import record_outcome
from mnistcore.training.events import EpochEnd
from mnistcore.worker.observation import take_snapshot, watched_digits
from tests.pages.conftest import component_data
from ui.sketches import strokes_sketch

PAGE = "pages/lesson.py"
ONE = strokes_sketch([np.array([[168.0, 60.0], [168.0, 280.0]])], side_px=336, stroke_width=25)


def way(page: AppTest) -> dict[str, Any]:
    """Return what the way over the stops is drawn from."""
    return component_data(page, "stops")


def done(page: AppTest) -> list[int]:
    """Return the stops whose task counts as solved."""
    return [stop["number"] for stop in way(page)["stops"] if stop["is_done"]]


def results(page: AppTest) -> str:
    """Return what came of an answer, in words."""
    [result] = re.findall(
        r'role="status">(.*?)</div>', "".join(html.proto.body for html in page.get("html"))
    )
    return re.sub("<[^>]*>", "", result)


def segmented(page: AppTest, key: str) -> Any:
    """Return a row of answers."""
    [widget] = [one for one in page.get("button_group") if one.key == key]
    return widget


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
