"""Images to probabilities, with a network read from a checkpoint."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from mnistcore.files import PACKAGE
from mnistcore.mnist.splits import IMAGE_SIDE_PX, MNIST_MEAN, MNIST_STD, NUM_CLASSES, to_input
from mnistcore.models.catalogue import activation_bytes
from mnistcore.models.checkpoint import Checkpoint, build_model, load_checkpoint
from mnistcore.reading.calibration import non_digit_log_odds
from mnistcore.reading.verdict import Verdict, blank_verdict

WEIGHTS = PACKAGE / "weights"
MYNET = WEIGHTS / "mynet.pt"
SHIPPED_CHECKPOINT = WEIGHTS / "drawing-net.pt"
MOST_BYTES_AT_ONCE = 50_000_000  # of the images that go through a network together


class Classifier:
    """A network ready to be asked.

    Attributes:
        model: Images (N, 1, 28, 28) float32 to logits (N, 10), or (N, 11) if it knows what is no
            digit; in evaluation mode.
        mean: Of the normalisation it was trained with.
        std: Of the same.
        temperature: What the logits are divided by so that probabilities are honest.
        threshold: The `non_digit_log_odds` above which an image shows no digit.
        activation_bytes: What one image takes on its way; 0 if it is no network of one's own.
    """

    def __init__(
        self,
        model: nn.Module,
        mean: float = MNIST_MEAN,
        std: float = MNIST_STD,
        *,
        temperature: float = 1.0,
        threshold: float | None = None,
        activation_bytes: int = 0,
    ) -> None:
        self.model = model.eval()
        self.mean = mean
        self.std = std
        self.temperature = temperature
        self.threshold = threshold
        self.activation_bytes = activation_bytes

    def at_once(self, most: int) -> int:
        """Return how many images may go through the network together, so many at most.

        >>> Classifier(nn.Identity(), activation_bytes=8_000_000).at_once(50)
        6
        """
        return min(most, max(1, MOST_BYTES_AT_ONCE // max(1, self.activation_bytes)))

    def predict(
        self, images: npt.NDArray[np.uint8], *, batch_size: int = 50
    ) -> npt.NDArray[np.float32]:
        """Return the probability of each digit for each image, supposing that it shows one.

        Args:
            images: (N, 28, 28) uint8, bright ink on black.
            batch_size: Images at a time, fewer if they take much; changes memory, not the answer.

        Returns:
            (N, 10) float32; every row adds up to 1.

        Raises:
            InvalidInputError: The images have another shape or type.

        >>> load_classifier().predict(np.zeros((2, 28, 28), np.uint8)).shape
        (2, 10)
        """
        return self._probabilities(self.logits(images, batch_size=batch_size))

    def judge(
        self, images: npt.NDArray[np.uint8], *, batch_size: int = 50
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Return what `predict` does, and whether each image looks like a digit at all.

        Args:
            images: (N, 28, 28) uint8, bright ink on black.
            batch_size: Images at a time.

        Returns:
            Probabilities (N, 10) float32, and (N,) bool; all True from a network that cannot tell.

        >>> noise = np.random.default_rng(1).integers(0, 256, (1, 28, 28), np.uint8)
        >>> load_classifier().judge(noise)[1].tolist()
        [False]
        """
        return self.judge_logits(self.logits(images, batch_size=batch_size))

    def judge_logits(self, logits: Tensor) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Return what `judge` does, of images whose logits are known already.

        Args:
            logits: (N, 10) or (N, 11), as `logits` gives them.
        """
        looks_like_a_digit = np.ones(len(logits), bool)
        if self.threshold is not None:
            looks_like_a_digit = (non_digit_log_odds(logits) <= self.threshold).numpy()
        return self._probabilities(logits), looks_like_a_digit

    def logits(self, images: npt.NDArray[np.uint8], *, batch_size: int = 50) -> Tensor:
        """Return the network's raw outputs, (N, 10) or (N, 11) float32, on the CPU.

        Raises:
            InvalidInputError: The images have another shape or type.
        """
        device = next(self.model.parameters()).device
        batches = _as_tensor(images).split(self.at_once(batch_size))
        with torch.inference_mode():
            return torch.cat(
                [self.model(to_input(batch.to(device), self.mean, self.std)) for batch in batches]
            ).cpu()

    def inputs(self, images: npt.NDArray[np.uint8]) -> Tensor:
        """Return images as the network takes them, (N, 1, 28, 28) float32, on the CPU.

        Args:
            images: (N, 28, 28) uint8, bright ink on black.

        Raises:
            InvalidInputError: The images have another shape or type.

        >>> load_classifier().inputs(np.zeros((2, 28, 28), np.uint8)).shape
        torch.Size([2, 1, 28, 28])
        """
        return to_input(_as_tensor(images), self.mean, self.std)

    def _probabilities(self, logits: Tensor) -> npt.NDArray[np.float32]:
        scaled = logits[:, :NUM_CLASSES] / self.temperature
        probabilities: npt.NDArray[np.float32] = scaled.softmax(dim=1).numpy()
        return probabilities


def load_classifier(path: Path | str | None = None, content: bytes | None = None) -> Classifier:
    """Return the shipped classifier, or one read from a checkpoint.

    Args:
        path: A checkpoint of this library, or a plain `state_dict` of MyNet.
        content: What it holds, if it does not lie on this disk; the path then only names it.

    Raises:
        InvalidInputError: The file is missing, damaged or of another network.

    >>> type(load_classifier().model).__name__
    'DrawingNet'
    """
    return classifier_of(
        load_checkpoint(SHIPPED_CHECKPOINT if path is None else Path(path), content)
    )


def classifier_of(checkpoint: Checkpoint) -> Classifier:
    """Return a checkpoint's classifier.

    >>> type(classifier_of(load_checkpoint(MYNET)).model).__name__
    'MyNet'
    """
    return Classifier(
        build_model(checkpoint),
        checkpoint.mean,
        checkpoint.std,
        temperature=checkpoint.temperature,
        threshold=checkpoint.threshold,
        activation_bytes=activation_bytes(checkpoint.network),
    )


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
    if drawing is None:
        return blank_verdict()
    return read_image(classifier, drawing_to_image(drawing))


def read_image(classifier: Classifier, image: npt.NDArray[np.uint8]) -> Verdict:
    """Ask the classifier about one image, unless that is blank.

    Args:
        classifier: Whom to ask.
        image: (28, 28) uint8, bright ink on black.

    Raises:
        InvalidInputError: The image has another shape or type.

    >>> read_image(load_classifier(), np.zeros((28, 28), np.uint8)).digit is None
    True
    """
    if not image.any():
        return blank_verdict()
    probabilities, looks_like_a_digit = classifier.judge(image[None])
    return Verdict(image, probabilities[0], bool(looks_like_a_digit[0]))


def _as_tensor(images: npt.NDArray[np.uint8]) -> Tensor:
    images = np.asarray(images)
    if images.dtype != np.uint8 or images.shape[1:] != (IMAGE_SIDE_PX, IMAGE_SIDE_PX):
        raise InvalidInputError(
            "The images are {dtype} of shape {shape}. Give uint8 of shape (N, 28, 28), bright ink "
            "on black.",
            dtype=images.dtype,
            shape=images.shape,
        )
    return torch.tensor(images)
