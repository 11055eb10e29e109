import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.data import load_split, to_input
from mnistcore.errors import InvalidInputError
from mnistcore.evaluation import evaluate
from mnistcore.prediction import load_classifier, read_drawing
from tests.drawings import DIGITS, drawing


@pytest.mark.parametrize("digit", range(10))
def test_plainly_drawn_digits_are_read(digit: int) -> None:
    assert read_drawing(load_classifier(), drawing(DIGITS[digit])).digit == digit


def test_probabilities_are_the_softmax_of_the_networks_logits() -> None:
    classifier = load_classifier()
    images = load_split("test").images[:5]
    with torch.inference_mode():
        expected = F.softmax(classifier.model(to_input(images)), dim=1)

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


def test_the_shipped_classifier_keeps_its_promise() -> None:
    classifier = load_classifier()

    result = evaluate(
        classifier.model, load_split("test"), mean=classifier.mean, std=classifier.std
    )

    assert result.accuracy >= 0.99


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
