import numpy as np

from mnistcore.gallery import Reading


def test_mistakes_are_the_images_read_as_another_digit() -> None:
    labels = np.array([7, 2, 1, 0])
    said = np.array([7, 3, 1, 6])
    probabilities = np.eye(10, dtype=np.float32)[said]

    reading = Reading(np.zeros((4, 28, 28), np.uint8), labels, probabilities)

    assert reading.predictions.tolist() == said.tolist()
    assert reading.num_correct == 2
    assert reading.indices(only_mistakes=True) == [1, 3]
    assert reading.indices() == [0, 1, 2, 3]
