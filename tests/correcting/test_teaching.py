"""A way of writing that nobody knows, taught by three drawings; and what must stay as it was."""

import numpy as np
import numpy.typing as npt
import pytest
import torch

from benchmarks.taught import Hand, generated_hands
from mnistcore.correcting.teaching import taught
from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier
from mnistcore.stacks.presets import dense_net

NUM_HANDS = 6


@pytest.fixture(scope="module")
def hands() -> list[Hand]:
    return list(generated_hands(NUM_HANDS))


@pytest.fixture(scope="module")
def mynet() -> Classifier:
    return load_classifier(MYNET)


def own_digit(hand: Hand) -> int:
    return int(hand.name.split()[0])


def first_three(hand: Hand) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    chosen = np.flatnonzero(hand.labels == own_digit(hand))[:3]
    return hand.images[chosen], hand.labels[chosen]


def test_after_three_drawings_a_way_of_ones_own_is_read(
    hands: list[Hand], mynet: Classifier
) -> None:
    errors = np.zeros(2, int)

    for hand in hands:
        others = np.flatnonzero(hand.labels == own_digit(hand))[3:]
        for place, reader in enumerate((mynet, taught(mynet, *first_three(hand)))):
            read = reader.predict(hand.images[others]).argmax(axis=1)
            errors[place] += int((read != own_digit(hand)).sum())

    assert errors[0] > 30  # of 42
    assert errors[1] < errors[0] / 2


def test_the_hands_other_digits_are_read_as_before(hands: list[Hand], mynet: Classifier) -> None:
    for hand in hands:
        others = hand.images[hand.labels != own_digit(hand)]

        after = taught(mynet, *first_three(hand))

        changed = mynet.predict(others).argmax(axis=1) != after.predict(others).argmax(axis=1)
        assert changed.sum() <= 1


def test_the_test_set_loses_no_more_than_a_digit_in_a_thousand(
    hands: list[Hand], mynet: Classifier
) -> None:
    test = load_split("test")
    images, labels = test.images.numpy(), test.labels.numpy()
    before = int((mynet.predict(images, batch_size=500).argmax(axis=1) != labels).sum())

    after = taught(mynet, *first_three(hands[0])).predict(images, batch_size=500).argmax(axis=1)

    assert int((after != labels).sum()) <= before + 10


def test_what_was_corrected_is_read_as_it_was_meant(hands: list[Hand], mynet: Classifier) -> None:
    images, labels = first_three(hands[0])

    one = taught(mynet, images[:1], labels[:1])

    assert one.predict(images[:1]).argmax() == labels[0]
    assert mynet.predict(images[:1]).argmax() != labels[0]


def test_the_one_who_taught_keeps_a_classifier_that_knows_nothing(
    hands: list[Hand], mynet: Classifier
) -> None:
    images, labels = first_three(hands[0])
    before = mynet.predict(images)

    taught(mynet, images, labels)

    assert np.array_equal(mynet.predict(images), before)


def test_lessons_add_up(hands: list[Hand], mynet: Classifier) -> None:
    images, labels = first_three(hands[0])

    one_by_one = mynet
    for image, label in zip(images, labels, strict=True):
        one_by_one = taught(one_by_one, image[None], label[None])

    at_once = taught(mynet, images, labels)
    assert np.allclose(one_by_one.predict(hands[0].images), at_once.predict(hands[0].images))


def test_no_corrections_change_nothing(mynet: Classifier) -> None:
    digits = load_split("test").images[:20].numpy()

    nothing = taught(mynet, digits[:0], np.zeros(0, np.int64))

    assert np.allclose(nothing.predict(digits), mynet.predict(digits), atol=1e-6)


def test_one_that_contradicts_its_like_speaks_for_itself_alone(mynet: Classifier) -> None:
    test = load_split("test")
    images, labels = test.images.numpy(), test.labels.numpy()
    threes, twos = images[labels == 3], images[labels == 2]

    confused = taught(mynet, np.stack([threes[0], threes[1], twos[0]]), np.array([3, 3, 3]))

    assert confused.predict(twos[:1]).argmax() == 3
    read = confused.predict(twos[1:]).argmax(axis=1)
    assert int((read == 3).sum()) <= len(read) / 100


def test_what_looks_like_no_digit_is_a_digit_once_it_is_taught(hands: list[Hand]) -> None:
    shipped = load_classifier()
    refused = [hand for hand in hands if not shipped.judge(first_three(hand)[0])[1].any()]
    images, labels = first_three(refused[0])

    assert taught(shipped, images, labels).judge(images)[1].all()


def test_any_network_that_ends_in_a_linear_layer_can_be_taught(hands: list[Hand]) -> None:
    torch.manual_seed(1)
    dense = Classifier(build_sequential(dense_net()))
    images, labels = first_three(hands[0])

    assert (taught(dense, images, labels).predict(images).argmax(axis=1) == labels).all()


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (np.array([4.0]), "labels are float64"),
        (np.array([4, 4]), r"of shape \(2,\). Give whole numbers of shape \(1,\)"),
        (np.array([10]), "A label is 10. Give digits from 0 to 9"),
    ],
)
def test_labels_that_are_none_are_refused(
    mynet: Classifier, labels: npt.NDArray[np.int64], message: str
) -> None:
    with pytest.raises(InvalidInputError, match=message):
        taught(mynet, np.zeros((1, 28, 28), np.uint8), labels)


def test_a_network_without_a_last_linear_layer_is_refused() -> None:
    softmax = torch.nn.Sequential(build_sequential(dense_net()), torch.nn.Softmax(dim=1))

    with pytest.raises(InvalidInputError, match="does not end in a linear layer"):
        taught(Classifier(softmax), np.zeros((1, 28, 28), np.uint8), np.array([1]))
