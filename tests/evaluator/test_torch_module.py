"""What is stored in a layer: torch looks at some of it again, and at some never."""

import pytest

from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Unknown
from mnistcore.sentences import Sentence
from tests.pasted.both_ways import read_and_built, refusal_of

OLD = "net = nn.Sequential(nn.Conv2d(1, 8, 3, stride=2), nn.MaxPool2d(2))\n"
PADDED = "net = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1, padding_mode='circular'))\n"


@pytest.mark.parametrize(
    "text",
    [
        OLD + "net[0].stride = (1, 1)",
        OLD + "net[1].kernel_size = 3",
        OLD + "net[1].ceil_mode = True\nnet[0].padding = net[0].dilation = (2, 2)",
        OLD + "for m in net.modules():\n    if isinstance(m, nn.MaxPool2d): m.stride = 1",
        OLD + "net[0].kernel_size, net[0].in_channels, net[0].out_channels = (5, 5), 3, 4",
        OLD + "net[0].name = 'first'\nnet[0].eps = 3",
        "net = nn.Sequential(nn.Flatten(), nn.Linear(784, 100))\nnet[1].out_features = 10",
        "net = nn.Sequential(nn.ConvTranspose2d(1, 2, 3, 2))\nnet[0].output_padding = 1",
        "net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8))\nnet[1].affine = False",
        "net = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1))\nnet[0].padding_mode = 'circular'",
        "class SamePad(nn.Conv2d):\n    def __init__(self, i, o, k):\n"
        "        super().__init__(i, o, k)\n        self.padding = (k // 2, k // 2)\n"
        "net = nn.Sequential(SamePad(1, 8, 3))",
        "class Padded(nn.Conv2d):\n    def __init__(self, *sizes):\n        self.padding = 3\n"
        "        super().__init__(*sizes)\nnet = nn.Sequential(Padded(1, 8, 3))",
        "class Net(nn.Conv2d):\n    def __init__(self):\n        super().__init__(1, 8, 3)\n"
        "        self.forward = self.deployed\n    def forward(self, x): return x\n"
        "    def deployed(self, x): return F.relu(super().forward(x))\nnet = Net()",
    ],
)
def test_what_is_stored_in_a_layer_counts_where_torch_looks_at_it(text: str) -> None:
    read, built = read_and_built(text)

    assert read == built


@pytest.mark.parametrize(
    "text",
    [
        OLD + "net[0].forward = F.relu",
        OLD + "net.forward = F.relu",
        OLD + "net[0].groups = 4",
        OLD + "net[0].__class__ = nn.Conv1d",
        OLD + "net[1].return_indices = True",
        PADDED + "net[0].padding = 0",
        "net = nn.Sequential(nn.LazyConv2d(8, 3))\nnet[0].kernel_size = (5, 5)",
        "net = nn.Sequential(nn.LayerNorm(28))\nnet[0].normalized_shape = (1,)",
    ],
)
def test_a_layer_whose_workings_are_exchanged_is_not_followed(text: str) -> None:
    assert "what it changes is not followed" in refusal_of(text)


@pytest.mark.parametrize("name", ["stride", "weight"])
def test_what_a_statement_not_understood_may_store_in_a_layer_is_unknown(name: str) -> None:
    text = f"{OLD}if something():\n    net[0].{name} = 1"

    assert "`something` is not defined" in refusal_of(text)


def test_what_is_true_or_not_is_kept_as_that() -> None:
    pool = Module(1, 1, "MaxPool2d", arguments={"kernel_size": 2})

    assert pool.exchange("ceil_mode", 1, Unknown(1, Sentence("It is exchanged.")))
    assert pool.arguments["ceil_mode"] is True
