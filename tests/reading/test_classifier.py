from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import AdaptiveAvgPool2d, Conv2d, Flatten, Linear
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.models.catalogue import network_from_stack
from mnistcore.models.checkpoint import Checkpoint, load_checkpoint
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import (
    MOST_BYTES_AT_ONCE,
    SHIPPED_CHECKPOINT,
    WEIGHTS,
    classifier_of,
    load_classifier,
    read_drawing,
)
from mnistcore.reading.verdict import Verdict
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.recipes import RECIPES, recipe_from_dict
from tests.ascii_drawings import (
    CLOSED_FOUR,
    CROSS,
    CROSSED_SEVEN,
    CURLED_NINE,
    DIGITS,
    FRAME,
    ONE_WITH_A_FOOT,
    SLASHED_ZERO,
    ZIGZAG,
    drawing,
)


def test_mynet_in_the_box_was_trained_by_the_recipe_that_the_readme_names() -> None:
    origin = load_checkpoint(WEIGHTS / "mynet.pt").origin

    assert origin is not None
    assert recipe_from_dict(origin["recipe"]) == replace(RECIPES["thorough"], rules=1)


@pytest.mark.parametrize("digit", range(10))
def test_plainly_drawn_digits_are_read(digit: int) -> None:
    assert read_drawing(load_classifier(), drawing(DIGITS[digit])).digit == digit


def test_probabilities_are_the_softmax_of_the_networks_logits() -> None:
    classifier = load_classifier()
    images = load_split("test").images[:5]
    with torch.inference_mode():
        logits = classifier.model(to_input(images))[:, :10]
        expected = F.softmax(logits / classifier.temperature, dim=1)

    probabilities = classifier.predict(images.numpy())

    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities, expected.numpy(), atol=1e-6)


def test_the_batch_size_changes_nothing() -> None:
    classifier = load_classifier()
    images = load_split("test").images[:10].numpy()

    np.testing.assert_allclose(
        classifier.predict(images, batch_size=3), classifier.predict(images), atol=1e-6
    )


def test_no_images_give_no_probabilities() -> None:
    assert load_classifier().predict(np.zeros((0, 28, 28), np.uint8)).shape == (0, 10)


def test_the_shipped_classifier_is_small() -> None:
    assert sum(p.numel() for p in load_classifier().model.parameters()) <= 500_000
    assert SHIPPED_CHECKPOINT.stat().st_size < 2_500_000


@pytest.mark.parametrize("text", [CROSS, ZIGZAG, FRAME], ids=["cross", "zigzag", "frame"])
def test_what_is_no_digit_is_refused_with_a_best_guess(text: str) -> None:
    verdict = read_drawing(load_classifier(), drawing(text))

    assert not verdict.looks_like_a_digit
    assert verdict.digit is not None


@pytest.mark.parametrize("digit", range(10))
def test_plainly_drawn_digits_are_not_refused(digit: int) -> None:
    assert read_drawing(load_classifier(), drawing(DIGITS[digit])).looks_like_a_digit


@pytest.mark.parametrize(
    ("digit", "text"),
    [
        (7, CROSSED_SEVEN),
        (0, SLASHED_ZERO),
        (1, ONE_WITH_A_FOOT),
        (4, CLOSED_FOUR),
        (9, CURLED_NINE),
    ],
    ids=["crossed 7", "slashed 0", "1 with a foot", "closed 4", "curled 9"],
)
def test_digits_of_other_countries_are_read(digit: int, text: str) -> None:
    verdict = read_drawing(load_classifier(), drawing(text))

    assert (verdict.digit, verdict.looks_like_a_digit) == (digit, True)


def test_a_network_without_an_eleventh_output_refuses_nothing() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (3, 28, 28), np.uint8)

    probabilities, looks_like_a_digit = load_classifier(WEIGHTS / "mynet.pt").judge(noise)

    assert probabilities.shape == (3, 10)
    assert looks_like_a_digit.all()


@pytest.mark.parametrize(("second", "named"), [(0.3, 4), (0.1, None)])
def test_the_runner_up_is_named_when_it_is_close(second: float, named: int | None) -> None:
    probabilities = np.zeros(10, np.float32)
    probabilities[9], probabilities[4] = 1 - second, second

    assert Verdict(np.ones((28, 28), np.uint8), probabilities, True).runner_up == named


@pytest.mark.parametrize(
    "images",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros((2, 32, 32), np.uint8),
        np.zeros((2, 28, 28), np.float32),
    ],
)
def test_images_of_another_kind_are_explained(images: npt.NDArray[np.uint8]) -> None:
    with pytest.raises(InvalidInputError, match=r"Give uint8 of shape \(N, 28, 28\)"):
        load_classifier().predict(images)


def test_a_blank_drawing_has_no_digit() -> None:
    verdict = read_drawing(load_classifier(), np.zeros((300, 300, 4), np.uint8))

    assert verdict.digit is None
    assert not verdict.probabilities.any()


def test_images_that_take_much_on_their_way_go_through_a_few_at_a_time() -> None:
    wide = LayerStack(
        (1, 28, 28),
        (Conv2d(1, 60, 1, padding=49), AdaptiveAvgPool2d(1), Flatten(), Linear(60, 10)),
    )
    network = network_from_stack(wide)
    classifier = classifier_of(Checkpoint(network, build_network(network, seed=1).state_dict()))
    seen: list[int] = []
    classifier.model.register_forward_pre_hook(lambda _, given: seen.append(len(given[0])))

    classifier.predict(np.zeros((30, 28, 28), np.uint8))

    assert wide.analyse().activation_bytes > MOST_BYTES_AT_ONCE / 20
    assert sum(seen) == 30
    assert max(seen) * wide.analyse().activation_bytes < MOST_BYTES_AT_ONCE
