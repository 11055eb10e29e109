"""What is kept of MNIST beside the shipped weights is what those weights make of MNIST."""

from pathlib import Path

import pytest
import torch

from mnistcore.correcting.known_digits import (
    SUFFIX,
    calculate_known_digits,
    directions,
    known_digits,
    split_head,
)
from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, SHIPPED_CHECKPOINT, load_classifier


@pytest.mark.parametrize("path", [MYNET, SHIPPED_CHECKPOINT])
def test_what_is_kept_is_of_the_network_that_is_shipped(path: Path) -> None:
    classifier = load_classifier(path)
    assert path.with_name(path.stem + SUFFIX).is_file()

    known = known_digits(classifier)

    few = load_split("train").images[:50].numpy()
    body, _ = split_head(classifier.model)
    places = directions(body, classifier.inputs(few)) @ known.axes
    assert torch.allclose(places, known.places[:50], atol=0.01)
    assert torch.equal(known.labels, load_split("train").labels[:2000])
    tested = load_split("test").images[-50:].numpy()
    assert known.test_places is not None
    found = directions(body, classifier.inputs(tested)) @ known.axes
    assert torch.allclose(found, known.test_places[-50:], atol=0.01)


def test_other_weights_are_looked_through_anew() -> None:
    classifier = load_classifier(MYNET)
    kept = known_digits(classifier)
    with torch.no_grad():
        next(classifier.model.parameters()).add_(0.1)
    changed = load_classifier(MYNET)
    changed.model.load_state_dict(classifier.model.state_dict())

    known = known_digits(changed)

    assert known.test_places is None
    assert not torch.allclose(known.places, kept.places, atol=0.1)


def test_the_same_network_gives_the_same_places_again() -> None:
    classifier = load_classifier(MYNET)

    again = calculate_known_digits(classifier)

    between = again.places @ again.places.T
    kept = known_digits(classifier).places
    assert torch.allclose(between, kept @ kept.T, atol=0.02)


def test_a_network_whose_last_layer_is_far_too_wide_to_be_taught_says_so() -> None:
    wide = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 20_001))
    model = torch.nn.Sequential(*wide, torch.nn.Linear(20_001, 10))

    with pytest.raises(InvalidInputError, match=r"takes 20,001 numbers.* at most 20,000"):
        split_head(model)
