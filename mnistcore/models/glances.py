"""Several looks at one image, for a surer answer at several times the cost."""

from math import log

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

# (down, right), in pixels.
SHIFTS = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))


class FiveGlances(nn.Module):
    """A network that looks at each image as it is and moved by a pixel in each direction.

    A strided convolution does not answer quite alike for an image and for the same moved by a
    pixel; the mean of the five answers depends less on where the digit happens to lie.

    Args:
        model: Images (N, 1, H, W) to logits (N, classes).

    >>> model = FiveGlances(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)))
    >>> [round(total, 4) for total in model(torch.rand(2, 1, 28, 28)).exp().sum(dim=1).tolist()]
    [1.0, 1.0]
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, images: Tensor) -> Tensor:
        """Return the logarithms of the mean probabilities.

        Args:
            images: (N, 1, H, W). What comes in from outside repeats the image's edge.

        Returns:
            (N, classes), which are logits too: softmax gives the mean probabilities again.
        """
        height, width = images.shape[2:]
        padded = F.pad(images, (1, 1, 1, 1), mode="replicate")
        glances = [
            padded[:, :, 1 - down : 1 - down + height, 1 - right : 1 - right + width]
            for down, right in SHIFTS
        ]
        answers = torch.stack([self.model(glance).log_softmax(dim=1) for glance in glances])
        # (5, N, classes) -> (N, classes)
        mean: Tensor = answers.logsumexp(dim=0) - log(len(SHIFTS))
        return mean
