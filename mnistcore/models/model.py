"""Networks in torch: images to logits. MyNet, DrawingNet, and whatever a layer stack describes.

Knows no training.
"""

from typing import Literal

import torch
from torch import Tensor, nn

from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.mnist.splits import NUM_CLASSES
from mnistcore.models.catalogue import STACKS, Network, checked_network
from mnistcore.models.tta import mean_over_shifts
from mnistcore.stacks.json_format import stack_from_dict

BFLOAT16_CAPABILITIES = ("amx_bf16", "avx512_bf16")  # of x86; nobody measured ARM's


class MyNet(nn.Module):
    """Three strided convolutions and one linear layer: 28 -> 14 -> 7 -> 4, 33,770 parameters.

    The attribute names `conv` and `mlp` are those of every published `mynet.pth`.

    >>> MyNet()(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 10])
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=3, stride=2, padding=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 32, kernel_size=3, stride=2, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 64, kernel_size=3, stride=2, padding=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
        )
        self.mlp = nn.Linear(4 * 4 * 64, NUM_CLASSES)

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, 10) for images (N, 1, 28, 28), float32 in [-1, 1]."""
        features = self.conv(images)  # (N, 1, 28, 28) -> (N, 64, 4, 4)
        logits: Tensor = self.mlp(features.flatten(1))  # (N, 1024) -> (N, 10)
        return logits


class DrawingNet(nn.Module):
    """Four convolutions and one linear layer: 28 -> 14 -> 7, 310,123 parameters.

    An eleventh logit says that the image shows no digit. Outside training it answers with test-time
    augmentation, see `tta`: a pixel more or less should not decide.

    >>> DrawingNet()(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 11])
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(1, 32, kernel_size=5, stride=2, padding=2, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Conv2d(32, 64, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 128, kernel_size=3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(),
            nn.Conv2d(128, 128, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(),
        )
        self.mlp = nn.Sequential(nn.Dropout(0.25), nn.Linear(7 * 7 * 128, NUM_CLASSES + 1))
        self.to(memory_format=torch.channels_last)  # a fifth faster on CPUs

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, 11) for images (N, 1, 28, 28), float32 in [-1, 1]."""
        return self._answer(images) if self.training else mean_over_shifts(self._answer, images)

    def _answer(self, images: Tensor) -> Tensor:
        features = self.conv(images)  # (N, 1, 28, 28) -> (N, 128, 7, 7)
        logits: Tensor = self.mlp(features.flatten(1))  # (N, 6272) -> (N, 11)
        return logits


CLASSES: dict[str, type[nn.Module]] = {"mynet": MyNet, "drawing-net": DrawingNet}


def build_network(network: Network, *, seed: int) -> nn.Module:
    """Return a fresh network, initialised from the seed.

    Args:
        network: A name in `catalogue.NETWORK_NAMES`, or a layer stack's dictionary.
        seed: Of the initial weights. The global random state is left as it was.

    Raises:
        InvalidInputError: There is no such network, or it cannot be trained.

    >>> [len(list(build_network(name, seed=1).parameters())) for name in ("mynet", "dense")]
    [14, 6]
    """
    checked_network(network)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        if isinstance(network, dict):
            return build_sequential(stack_from_dict(network))
        return build_sequential(STACKS[network]()) if network in STACKS else CLASSES[network]()


def fastest_precision(device: torch.device) -> Literal["float32", "bfloat16"]:
    """Return bfloat16 where the device is known to be faster in it, float32 elsewhere.

    Before `torch.cpu.get_capabilities` there was no asking a CPU: float32 then.

    >>> fastest_precision(torch.device("meta"))
    'float32'
    """
    match device.type:
        case "cuda":
            has_it = torch.cuda.is_bf16_supported(including_emulation=False)
        case "cpu" if hasattr(torch.cpu, "get_capabilities"):
            has_it = any(map(torch.cpu.get_capabilities().get, BFLOAT16_CAPABILITIES))
        case _:
            has_it = False
    return "bfloat16" if has_it else "float32"


def best_device() -> torch.device:
    """Return CUDA where there is one, else Apple's MPS, else the CPU.

    >>> best_device().type in {"cuda", "mps", "cpu"}
    True
    """
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
