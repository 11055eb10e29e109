from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from mnistcore.errors import InvalidInputError
from mnistcore.models.checkpoint import build_model, load_checkpoint
from mnistcore.models.model import MyNet, build_network, fastest_precision
from mnistcore.reading.classifier import WEIGHTS


class PublishedNet(nn.Module):
    """The article's class, written down a second time."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for in_channels, out_channels in ((1, 16), (16, 32), (32, 64)):
            layers += [
                nn.Conv2d(in_channels, out_channels, 3, 2, 1),
                nn.BatchNorm2d(out_channels),
                nn.ReLU(),
            ]
        self.conv = nn.Sequential(*layers)
        self.mlp = nn.Linear(1024, 10)

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.mlp(self.conv(x).reshape(len(x), -1))
        return features


@pytest.mark.parametrize(
    ("capabilities", "fastest"),
    [({"amx_bf16": True}, "bfloat16"), ({"amx_bf16": False, "avx2": True}, "float32")],
)
def test_bfloat16_is_the_fastest_on_processors_that_have_it(
    monkeypatch: pytest.MonkeyPatch, capabilities: dict[str, bool], fastest: str
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    assert fastest_precision(torch.device("cpu")) == fastest


def test_mynet_has_the_stated_parameters_and_macs() -> None:
    model = MyNet().eval()
    counter = FlopCounterMode(display=False)

    with counter:
        model(torch.zeros(1, 1, 28, 28))

    assert sum(parameter.numel() for parameter in model.parameters()) == 33_770
    assert counter.get_total_flops() / 2 == 28_224 + 225_792 + 294_912 + 10_240


def test_a_published_state_dict_gives_the_same_logits(tmp_path: Path) -> None:
    published = PublishedNet().eval()
    torch.save(published.state_dict(), tmp_path / "mynet.pth")
    images = torch.rand(3, 1, 28, 28)

    model = build_model(load_checkpoint(tmp_path / "mynet.pth"))

    assert torch.equal(model(images), published(images))


def test_the_shipped_weights_load_into_the_published_class() -> None:
    weights = torch.load(WEIGHTS / "mynet.pt", weights_only=True)["model"]

    PublishedNet().load_state_dict(weights)


def test_the_seed_decides_the_weights_and_nothing_else_does() -> None:
    torch.manual_seed(5)
    first = build_network("mynet", seed=1).state_dict()
    torch.manual_seed(6)
    second = build_network("mynet", seed=1).state_dict()
    other = build_network("mynet", seed=2).state_dict()

    assert all(torch.equal(first[name], second[name]) for name in first)
    assert not torch.equal(first["mlp.weight"], other["mlp.weight"])


def test_building_a_network_leaves_the_global_random_state_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)

    build_network("mynet", seed=1)

    assert torch.equal(torch.rand(1), expected)


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="no network 'lenet'"):
        build_network("lenet", seed=1)


def test_the_drawing_network_answers_with_the_mean_of_five() -> None:
    network = build_network("drawing-net", seed=1)
    images = torch.zeros(3, 1, 28, 28)
    images[:, :, 6:22, 8:20] = torch.rand(3, 1, 16, 12, generator=torch.Generator().manual_seed(1))
    moved = [images, images.roll(1, 3), images.roll(-1, 3), images.roll(1, 2), images.roll(-1, 2)]
    with torch.inference_mode():
        network.train()
        for module in network.modules():  # train() would also drop out and take batch statistics
            if isinstance(module, torch.nn.BatchNorm2d | torch.nn.Dropout):
                module.eval()
        expected = torch.stack([network(image) for image in moved]).mean(dim=0)

        answer = network.eval()(images)

    torch.testing.assert_close(answer, expected)
