"""A training taken by hand, batch by batch, beside the loop that never stops."""

import numpy as np

from mnistcore.models.model import build_network
from mnistcore.training.events import StepEnd
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import Recipe
from mnistcore.worker.stepped import SteppedTraining
from tests.conftest import toy_split

RECIPE = Recipe(epochs=2, batch_size=10, learning_rate=0.01, schedule="one-cycle", augmentation=0)


def stepped() -> SteppedTraining:
    return SteppedTraining("mynet", RECIPE, toy_split(), toy_split("valid"))


def test_the_steps_are_those_of_a_training_that_never_waits() -> None:
    state = TrainingState(build_network("mynet", seed=RECIPE.seed), RECIPE)
    events = train(state, toy_split(), toy_split("valid"))
    losses = [event.loss for event in events if isinstance(event, StepEnd)]
    waiting = stepped()

    while waiting.take_step():
        waiting.look()

    assert [loss for _, loss in waiting.losses] == losses
    assert [step for step, _ in waiting.losses] == [*range(1, 9)]


def test_a_look_shows_the_first_kernels_before_and_after_a_step() -> None:
    waiting = stepped()
    before = waiting.look()

    waiting.take_step()
    after = waiting.look()

    fresh = build_network("mynet", seed=RECIPE.seed).state_dict()["conv.0.weight"][:, 0].numpy()
    np.testing.assert_array_equal(before.kernels, fresh)
    assert (before.step, after.step) == (0, 1)
    assert not np.array_equal(before.kernels, after.kernels)
