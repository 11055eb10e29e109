"""What tests of the training page share: a run that has ended, a button pressed."""

from streamlit.testing.v1 import AppTest

from mnistcore.runs import all_runs
from mnistcore.runs.events import Begin, append_event
from mnistcore.runs.folder import Run
from mnistcore.runs.status import record_outcome
from mnistcore.training.events import EpochEnd, StepEnd
from mnistcore.training.recipes import RECIPES

PAGE = "pages/training.py"


def finished_run(name: str) -> Run:
    """Make a run that took two steps, one epoch, and is finished."""
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


def press(page: AppTest, label: str) -> None:
    """Press a button."""
    next(button for button in page.button if button.label == label).click().run()
