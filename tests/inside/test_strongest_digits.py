import numpy as np

from mnistcore.inside.inspection import inspect_network, prepare_model
from mnistcore.inside.strongest_digits import excitements, strongest
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.reading.classifier import MYNET, load_classifier


def test_the_strongest_images_are_those_whose_maps_hold_the_largest_values() -> None:
    classifier, images = load_classifier(MYNET), load_split("test").images[:30]

    found = strongest(excitements(classifier, images.numpy(), "conv.5"), 6, count=5)

    model = prepare_model(classifier.model)
    largest = [
        inspect_network(model, image)[5].outputs[6].max()
        for image in to_input(images, classifier.mean, classifier.std)
    ]
    expected = np.argsort(-np.array(largest))[:5]
    assert [image for image, _ in found] == expected.tolist()
    np.testing.assert_allclose(
        [value for _, value in found], np.array(largest)[expected], rtol=1e-4
    )


def test_a_flat_layers_values_are_taken_as_they_are() -> None:
    classifier, images = (
        load_classifier(MYNET),
        load_split("test").images[:10].numpy(),
    )

    assert excitements(classifier, images, "mlp").argmax(axis=1).tolist() == (
        classifier.predict(images).argmax(axis=1).tolist()
    )
