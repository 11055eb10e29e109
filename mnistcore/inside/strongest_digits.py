"""How strongly each image excites each map of one layer."""

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from mnistcore.inside.layer_chain import layer_chain
from mnistcore.mnist.splits import to_input
from mnistcore.reading.classifier import Classifier

BATCH_SIZE = 500


def excitements(
    classifier: Classifier, images: npt.NDArray[np.uint8], name: str
) -> npt.NDArray[np.float32]:
    """Return the largest value in each map that a layer makes of each image.

    Args:
        classifier: A network, with its normalisation.
        images: (N, 28, 28) uint8, bright ink on black.
        name: Of the layer, as in `inspection.Stage.name`.

    Returns:
        (N, M): one number for each of M maps; of a flat layer, its M values.

    >>> from mnistcore.reading.classifier import MYNET, load_classifier
    >>> excitements(load_classifier(MYNET), np.zeros((2, 28, 28), np.uint8), "conv.2").shape
    (2, 16)
    """
    found: list[Tensor] = []

    def keep(_: nn.Module, __: object, output: Tensor) -> None:
        found.append(output.flatten(2).amax(dim=2) if output.ndim > 2 else output.clone())

    chain = layer_chain(classifier.model)
    hook = chain.get_submodule(name).register_forward_hook(keep)
    try:
        with torch.inference_mode():
            for batch in torch.tensor(images).split(classifier.at_once(BATCH_SIZE)):
                chain(to_input(batch, classifier.mean, classifier.std))
    finally:
        hook.remove()
    strengths: npt.NDArray[np.float32] = torch.cat(found).numpy()
    return strengths


def strongest(
    strengths: npt.NDArray[np.float32], channel: int, *, count: int
) -> tuple[tuple[int, float], ...]:
    """Return the images that excite a map most, the strongest first, with the map's largest value.

    Args:
        strengths: From `excitements`.
        channel: The map's number, from 0.
        count: How many at most.

    >>> strongest(np.array([[1.0], [3.0], [2.0]], np.float32), 0, count=2)
    ((1, 3.0), (2, 2.0))
    """
    order = np.argsort(-strengths[:, channel], kind="stable")[:count]
    return tuple((int(image), float(strengths[image, channel])) for image in order)
