"""What is told of a lesson is what the classifiers themselves say, before and after."""

import numpy as np
import pytest

from benchmarks.taught import Hand, generated_hands
from mnistcore.correcting.lessons import change_of_test_set, lessons
from mnistcore.correcting.teaching import taught
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier


@pytest.fixture(scope="module")
def hands() -> list[Hand]:
    return list(generated_hands(4))


def corrected(classifier: Classifier, hand: Hand) -> Classifier:
    chosen = np.flatnonzero(hand.labels == int(hand.name.split()[0]))[:3]
    return taught(classifier, hand.images[chosen], hand.labels[chosen])


def test_each_correction_is_told_with_its_probabilities_and_its_neighbours(
    hands: list[Hand],
) -> None:
    mynet = load_classifier(MYNET)
    digit = int(hands[0].name.split()[0])
    images = hands[0].images[hands[0].labels == digit][:3]

    told = lessons(corrected(mynet, hands[0]))

    assert [lesson.label for lesson in told] == [digit] * 3
    assert np.allclose([lesson.before for lesson in told], mynet.predict(images), atol=1e-5)
    assert all(lesson.after.argmax() == digit for lesson in told)
    assert all(lesson.neighbours.shape == (5, 28, 28) for lesson in told)


def test_a_training_digit_is_its_own_nearest_neighbour() -> None:
    train = load_split("train")
    classifier = taught(load_classifier(MYNET), train.images[:1].numpy(), np.array([3]))

    [lesson] = lessons(classifier)

    assert np.array_equal(lesson.neighbours[0], train.images[0].numpy())


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_what_changed_in_the_test_set_is_what_reading_all_of_it_finds(
    hands: list[Hand], number: int
) -> None:
    mynet = load_classifier(MYNET)
    test = load_split("test")
    after = corrected(mynet, hands[number])
    images, labels = test.images.numpy(), test.labels.numpy()
    right = [
        reader.predict(images, batch_size=500).argmax(axis=1) == labels for reader in (mynet, after)
    ]

    change = change_of_test_set(after)

    assert change is not None
    assert sorted(change.gained) == np.flatnonzero(right[1] & ~right[0]).tolist()
    assert sorted(change.lost) == np.flatnonzero(right[0] & ~right[1]).tolist()
