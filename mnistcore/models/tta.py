"""Test-time augmentation: the mean of five answers, surer than one at five times its cost."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

SHIFTS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))  # pixels down, pixels to the right


def mean_over_shifts(network: Callable[[Tensor], Tensor], images: Tensor) -> Tensor:
    """Return a network's mean logits for each image as it is and moved by a pixel each way.

    A strided convolution does not answer quite alike for an image and for the same moved by a
    pixel; the mean depends less on where the digit happens to lie.

    Args:
        network: Images (N, 1, H, W) to logits (N, classes).
        images: (N, 1, H, W), with a margin: what leaves at one edge comes back at the other.

    Returns:
        (N, classes).

    >>> mean_over_shifts(nn.Flatten(), 5 * torch.eye(3)[None, None])
    tensor([[1., 2., 2., 2., 1., 2., 2., 2., 1.]])
    """
    moved = torch.cat([images.roll(shift, dims=(2, 3)) for shift in SHIFTS])  # (5 N, 1, H, W)
    answers = network(moved).unflatten(0, (len(SHIFTS), -1))
    mean: Tensor = answers.mean(dim=0)  # (5, N, classes) -> (N, classes)
    return mean


class ShiftAverage(nn.Module):
    """A network that answers with `mean_over_shifts` of another.

    Args:
        model: Images (N, 1, H, W) to logits (N, classes).
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, classes) for images (N, 1, H, W)."""
        return mean_over_shifts(self.model, images)
