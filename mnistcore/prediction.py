"""Images to probabilities, with a network read from a checkpoint."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from mnistcore.checkpoint import build_model, load_checkpoint
from mnistcore.data import IMAGE_SIDE_PX, MNIST_MEAN, MNIST_STD, to_input
from mnistcore.errors import InvalidInputError
from mnistcore.preprocessing import drawing_to_image

SHIPPED_CHECKPOINT = Path(__file__).parent / "weights" / "mynet.pt"


class Classifier:
    """A network ready to be asked.

    Attributes:
        model: Images (N, 1, 28, 28) float32 to logits (N, 10), in evaluation mode.
        mean: Of the normalisation it was trained with.
        std: Of the same.
    """

    def __init__(self, model: nn.Module, mean: float = MNIST_MEAN, std: float = MNIST_STD) -> None:
        self.model = model.eval()
        self.mean = mean
        self.std = std

    def predict(
        self, images: npt.NDArray[np.uint8], *, batch_size: int = 1000
    ) -> npt.NDArray[np.float32]:
        """Return the probability of each digit for each image.

        Args:
            images: (N, 28, 28) uint8, bright ink on black.
            batch_size: Images at a time; changes memory, not the answer.

        Returns:
            (N, 10) float32; every row adds up to 1.

        Raises:
            InvalidInputError: The images have another shape or type.

        >>> load_classifier().predict(np.zeros((2, 28, 28), np.uint8)).shape
        (2, 10)
        """
        images = np.asarray(images)
        if images.dtype != np.uint8 or images.shape[1:] != (IMAGE_SIDE_PX, IMAGE_SIDE_PX):
            raise InvalidInputError(
                f"The images are {images.dtype} of shape {images.shape}. "
                "Give uint8 of shape (N, 28, 28), bright ink on black."
            )
        device = next(self.model.parameters()).device
        probabilities = np.empty((len(images), 10), np.float32)
        with torch.inference_mode():
            for start in range(0, len(images), batch_size):
                batch = torch.tensor(images[start : start + batch_size], device=device)
                logits = self.model(to_input(batch, self.mean, self.std))
                probabilities[start : start + batch_size] = logits.softmax(dim=1).cpu().numpy()
        return probabilities


def load_classifier(path: Path | str | None = None) -> Classifier:
    """Return the shipped classifier, or one read from a checkpoint.

    Args:
        path: A checkpoint of this library, or a plain `state_dict` of MyNet.

    Raises:
        InvalidInputError: The file is missing, damaged or of another network.

    >>> type(load_classifier().model).__name__
    'MyNet'
    """
    checkpoint = load_checkpoint(SHIPPED_CHECKPOINT if path is None else Path(path))
    return Classifier(build_model(checkpoint), checkpoint.mean, checkpoint.std)


@dataclass(frozen=True)
class Verdict:
    """What a classifier makes of one drawing.

    Attributes:
        image: (28, 28) uint8, what the network was given; all black if the drawing is blank.
        probabilities: (10,) float32; all 0 if the drawing is blank: there is nothing to ask about.
    """

    image: npt.NDArray[np.uint8]
    probabilities: npt.NDArray[np.float32]

    @property
    def digit(self) -> int | None:
        """The most probable digit, or None for a blank drawing."""
        return int(self.probabilities.argmax()) if self.image.any() else None


def read_drawing(classifier: Classifier, drawing: npt.NDArray[np.uint8] | None) -> Verdict:
    """Prepare a drawing as MNIST was made, and ask the classifier.

    Args:
        classifier: Whom to ask.
        drawing: (H, W, 4) uint8 RGBA, or None for a canvas nobody has drawn on.

    Raises:
        InvalidInputError: The drawing has another shape or type.

    >>> read_drawing(load_classifier(), None).digit is None
    True
    """
    image = np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8)
    if drawing is not None:
        image = drawing_to_image(drawing)
    if not image.any():
        return Verdict(image, np.zeros(10, np.float32))
    return Verdict(image, classifier.predict(image[None])[0])
