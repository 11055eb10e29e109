import numpy as np

from mnistcore.mnist.doubtful_labels import DOUBTFUL_TEST_LABELS
from mnistcore.reading.gallery import ReadSplit
from ui.components.digit_tiles.component import COLUMNS, describe, tile_of, tile_up


def read_split(said: list[int], truths: list[int]) -> ReadSplit:
    images = np.arange(len(said), dtype=np.uint8).repeat(28 * 28).reshape(-1, 28, 28)
    return ReadSplit(images, np.array(truths), np.eye(10, dtype=np.float32)[said])


def test_right_and_wrong_differ_in_words() -> None:
    assert describe(7, 7) == "7, read as 7, right"
    assert describe(2, 7) == "7, read as 2, wrong"


def test_a_tile_carries_its_digit_and_what_was_read_in_it() -> None:
    tile = tile_of(read_split([4, 2], [4, 7]), 1)

    assert (tile.index, tile.said, tile.truth, tile.doubtful) == (1, 2, 7, False)
    assert tile.spoken == "Test digit 1: 7, read as 2, wrong"
    assert (tile.image == 1).all()


def test_a_label_that_people_doubt_says_what_they_saw() -> None:
    index = min(DOUBTFUL_TEST_LABELS)
    doubt = DOUBTFUL_TEST_LABELS[index]
    reading = read_split([doubt.label] * (index + 1), [doubt.label] * (index + 1))

    tile = tile_of(reading, index)

    assert tile.doubtful
    assert tile.spoken.endswith(f"people saw {doubt.seen}")


def test_digits_lie_in_reading_order_in_the_picture_that_travels() -> None:
    images = [np.full((28, 28), number, np.uint8) for number in range(1, 14)]

    picture = tile_up(images)

    corners = picture[::28, ::28]
    assert corners.shape == (2, COLUMNS)
    assert corners.flatten().tolist() == [*range(1, 14), *[0] * 7]
