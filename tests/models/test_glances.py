import torch
from torch import Tensor, nn

from mnistcore.models.glances import FiveGlances


class TopLeft(nn.Module):
    """Says 1 as surely as the top left pixel is bright, else 0."""

    def forward(self, images: Tensor) -> Tensor:
        bright = images[:, 0, 0, 0]
        offset = 3 + bright[:, None]  # logits may be higher or lower by any one number
        return torch.stack([1 - bright, bright], dim=1).log() + offset


def test_the_answer_is_the_mean_of_five() -> None:
    image = torch.zeros(1, 1, 6, 7)
    image[0, 0, 0, 0] = 0.8  # seen as it is, and moved down or right, where the edge repeats
    image[0, 0, 1, 0] = 0.4  # seen moved up
    image[0, 0, 0, 1] = 0.2  # seen moved to the left
    image[0, 0, 1, 1] = 0.9  # never

    probability = FiveGlances(TopLeft())(image).exp()[0, 1]

    torch.testing.assert_close(probability, torch.tensor((0.8 * 3 + 0.4 + 0.2) / 5))


def test_it_is_in_evaluation_mode_when_told_so() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(4, 2))

    assert not FiveGlances(model).eval().model.training
