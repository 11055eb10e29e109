import torch
from torch import Tensor, nn

from mnistcore.models.tta import ShiftAverage


class TopLeft(nn.Module):
    """Answers with the brightness of the pixel at the top left, and with one minus it."""

    def forward(self, images: Tensor) -> Tensor:
        bright = images[:, 0, 1, 1]
        return torch.stack([1 - bright, bright], dim=1)


def test_the_logits_are_the_mean_of_five() -> None:
    image = torch.zeros(1, 1, 6, 7)
    image[0, 0, 1, 1] = 0.8  # met as it is
    image[0, 0, 2, 1] = 0.4  # met moved up
    image[0, 0, 0, 1] = 0.3  # met moved down
    image[0, 0, 1, 2] = 0.2  # met moved to the left
    image[0, 0, 2, 2] = 0.9  # never

    logits = ShiftAverage(TopLeft())(torch.cat([image, 1 - image]))

    mean = (0.8 + 0.4 + 0.3 + 0.2 + 0) / 5
    torch.testing.assert_close(logits, torch.tensor([[1 - mean, mean], [mean, 1 - mean]]))


def test_it_is_in_evaluation_mode_when_told_so() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(4, 2))

    assert not ShiftAverage(model).eval().model.training
