from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import Dropout, Flatten, Linear
from mnistcore.models.catalogue import network_from_stack
from mnistcore.models.model import build_network
from mnistcore.stacks.stack import LayerStack
from mnistcore.training import loop
from mnistcore.training.events import EpochEnd, StepEnd
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.optimizers import MuonAndAdamW
from mnistcore.training.recipes import Recipe
from mnistcore.training.schedules import learning_rate_at
from tests.conftest import toy_split

RECIPE = Recipe(
    epochs=3, batch_size=8, learning_rate=0.01, schedule="one-cycle", augmentation=0.3, seed=3
)


def fresh_state(recipe: Recipe = RECIPE) -> TrainingState:
    return TrainingState(build_network("mynet", seed=recipe.seed), recipe)


def weights_after(state: TrainingState) -> list[torch.Tensor]:
    for _ in train(state, toy_split(), toy_split("valid", 10)):
        pass
    return list(state.model.state_dict().values())


def test_events_come_in_order_and_count_from_one() -> None:
    events = list(train(fresh_state(), toy_split(), toy_split("valid", 10)))

    steps = [event for event in events if isinstance(event, StepEnd)]
    epochs = [event for event in events if isinstance(event, EpochEnd)]
    assert [event.step for event in steps] == list(range(1, 16))
    assert [event.epoch for event in steps] == [1] * 5 + [2] * 5 + [3] * 5
    assert [(event.epoch, event.step) for event in epochs] == [(1, 5), (2, 10), (3, 15)]


def test_it_learns() -> None:
    recipe = replace(RECIPE, epochs=15, augmentation=0)

    *_, last = train(fresh_state(recipe), toy_split(), toy_split("valid", 10))

    assert isinstance(last, EpochEnd)
    assert last.valid_accuracy == 1


def test_the_same_seed_gives_the_same_weights_bit_by_bit() -> None:
    first = weights_after(fresh_state())
    second = weights_after(fresh_state())
    other = weights_after(fresh_state(replace(RECIPE, seed=4)))

    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(first, other, strict=True))


@pytest.mark.parametrize(
    ("steps_before", "optimizer"),
    [(1, "Adam"), (4, "Adam"), (5, "Adam"), (7, "AdamW"), (7, "Muon"), (7, "SGD"), (14, "Muon")],
)
def test_going_on_from_a_saved_state_gives_the_same_weights(
    steps_before: int, optimizer: Any
) -> None:
    recipe = replace(RECIPE, optimizer=optimizer)
    uninterrupted = weights_after(fresh_state(recipe))
    state = fresh_state(recipe)
    for event in train(state, toy_split(), toy_split("valid", 10)):
        if event.step == steps_before:
            break
    saved = {
        **state.state_dict(),
        "model": {k: v.clone() for k, v in state.model.state_dict().items()},
    }

    resumed = fresh_state(recipe)
    resumed.load_state_dict(saved)

    assert all(
        torch.equal(a, b) for a, b in zip(weights_after(resumed), uninterrupted, strict=True)
    )


def test_validation_leaves_no_trace_in_the_network() -> None:
    with_one = weights_after(fresh_state())
    state = fresh_state()
    for _ in train(state, toy_split(), toy_split("valid", 40)):
        pass

    with_other = state.model.state_dict().values()
    assert all(torch.equal(a, b) for a, b in zip(with_one, with_other, strict=True))


def test_every_image_is_seen_once_an_epoch() -> None:
    state = fresh_state(replace(RECIPE, epochs=1, augmentation=0))
    seen: list[torch.Tensor] = []
    state.model.register_forward_pre_hook(
        lambda model, inputs: seen.append(inputs[0].sum()) if model.training else None
    )
    split = toy_split()
    brightness = torch.arange(40, dtype=torch.uint8)
    split.images[:] = brightness[:, None, None]

    list(train(state, split, toy_split("valid", 10)))

    expected = ((brightness / 127.5 - 1) * 28 * 28).sum()
    assert sum(seen) == pytest.approx(expected.item(), rel=1e-4)


def test_time_is_what_the_steps_took_and_a_slow_reader_or_a_pause_adds_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.5  # whoever asks twice, before and after, measures half a second
        return now

    monkeypatch.setattr(loop, "time", SimpleNamespace(perf_counter=clock))
    events = []
    for event in train(fresh_state(), toy_split(), toy_split("valid", 10)):
        events.append(event)
        now += 60

    steps = [event for event in events if isinstance(event, StepEnd)]
    epochs = [event for event in events if isinstance(event, EpochEnd)]
    assert {event.seconds for event in steps} == {0.5}
    assert {event.seconds for event in epochs} == {2.5}  # of five steps
    assert {event.images_per_second for event in epochs} == {40 / 2.5}


def test_a_batch_larger_than_the_split_is_explained() -> None:
    state = fresh_state(replace(RECIPE, batch_size=50))

    with pytest.raises(InvalidInputError, match="`batch_size` is 50 but there are only 40"):
        list(train(state, toy_split(), toy_split("valid", 10)))


@pytest.mark.parametrize(
    ("optimizer", "kind"),
    [
        ("Adam", torch.optim.Adam),
        ("AdamW", torch.optim.AdamW),
        ("Muon", MuonAndAdamW),
        ("SGD", torch.optim.SGD),
    ],
)
def test_every_optimizer_learns(optimizer: Any, kind: type) -> None:
    rate = 0.1 if optimizer == "SGD" else 0.01
    recipe = replace(
        RECIPE,
        epochs=15,
        augmentation=0,
        optimizer=optimizer,
        learning_rate=rate,
        weight_decay=0.01,
    )
    state = fresh_state(recipe)

    *_, last = train(state, toy_split(), toy_split("valid", 10))

    assert isinstance(last, EpochEnd)
    assert type(state.optimizer) is kind
    assert [group["weight_decay"] for group in state.optimizer.param_groups] == [0.01] * (
        2 if optimizer == "Muon" else 1
    )
    assert last.valid_accuracy == 1


def test_label_smoothing_is_torchs() -> None:
    sharp, smooth = (
        fresh_state(replace(RECIPE, augmentation=0, label_smoothing=share)) for share in (0, 0.1)
    )
    seen: list[torch.Tensor] = []
    smooth.model.register_forward_hook(lambda model, inputs, logits: seen.append(logits.detach()))

    losses = [next(train(s, toy_split(), toy_split("valid", 10))) for s in (sharp, smooth)]

    # Of the last bias, the gradient is the mean of softmax minus the target.
    gradients = [list(state.model.parameters())[-1].grad for state in (sharp, smooth)]
    assert gradients[0] is not None and gradients[1] is not None
    softmax = seen[0].softmax(dim=1).mean(dim=0)
    target = softmax - gradients[0]
    torch.testing.assert_close(softmax - gradients[1], 0.9 * target + 0.1 / 10)
    assert isinstance(losses[0], StepEnd) and isinstance(losses[1], StepEnd)
    assert losses[1].loss == pytest.approx(losses[0].loss)  # reported without it


def test_a_changed_learning_rate_scales_the_schedule_from_the_next_step_on() -> None:
    changed = fresh_state()
    rates = []
    for event in train(changed, toy_split(), toy_split("valid", 10)):
        if isinstance(event, StepEnd):
            rates.append(event.learning_rate)
        if event.step == 7 and isinstance(event, StepEnd):
            changed.change_learning_rate(0.002)

    usual = [learning_rate_at(step, 15, RECIPE) for step in range(1, 16)]
    assert rates[:7] == usual[:7]
    assert rates[7:] == pytest.approx([rate / 5 for rate in usual[7:]])


def test_a_network_with_dropout_goes_on_to_the_same_weights() -> None:
    stack = LayerStack((1, 28, 28), (Flatten(), Dropout(), Linear(784, 10)))
    network = network_from_stack(stack)

    def state() -> TrainingState:
        return TrainingState(build_network(network, seed=3), RECIPE)

    uninterrupted = weights_after(state())
    first, second = state(), state()
    for event in train(first, toy_split(), toy_split("valid", 10)):
        if event.step == 7:
            break
    torch.rand(3)  # whatever else uses chance
    second.load_state_dict(first.state_dict())

    assert all(torch.equal(a, b) for a, b in zip(weights_after(second), uninterrupted, strict=True))
