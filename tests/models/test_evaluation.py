import pytest
import torch
from torch import nn

from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import MyNet
from tests.conftest import toy_split


class ReadsToyRows(nn.Module):
    """Right about every toy digit but the nines, which it takes for eights."""

    def __init__(self) -> None:
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(1))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        rows = images[:, 0].amax(dim=2)  # (N, 1, 28, 28) -> (N, 28)
        digits = ((rows.argmax(dim=1) - 4) // 2).clamp(max=8)
        return nn.functional.one_hot(digits, 10).float() * 20


def test_accuracy_counts_right_predictions() -> None:
    result = evaluate(ReadsToyRows(), toy_split(num_images=40), mean=0.5, std=0.5)

    assert result.num_correct == 36
    assert result.accuracy == 0.9


def test_loss_is_torchs_cross_entropy() -> None:
    result = evaluate(ReadsToyRows(), toy_split(num_images=40), mean=0.5, std=0.5)

    # A right digit costs log(1 + 9 e^-20), a wrong one 20 more.
    assert result.loss == pytest.approx(0.1 * 20, abs=1e-6)


@pytest.mark.parametrize("training", [True, False])
def test_dropout_and_batchnorm_rest_and_the_mode_comes_back(training: bool) -> None:
    model = MyNet().train(training)
    before = model.conv[1].running_mean.clone()  # type: ignore[operator]

    first = evaluate(model, toy_split(), mean=0.5, std=0.5)
    second = evaluate(model, toy_split(), mean=0.5, std=0.5, batch_size=7)

    torch.testing.assert_close(first.logits, second.logits)
    assert torch.equal(model.conv[1].running_mean, before)  # type: ignore[arg-type]
    assert model.training is training
