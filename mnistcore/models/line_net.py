"""LineNet: a strip of a picture to what each of its columns says, trained by CTC.

Fully convolutional: a line of any width. Every second pixel across has an answer: one of the ten
digits, or nothing new; and where the digit's box lies that the column belongs to.
"""

import copy
from pathlib import Path
from typing import Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from mnistcore.drawings.line_image import LINE_HEIGHT_PX
from mnistcore.errors import InvalidInputError
from mnistcore.files import file_to_write, reason_of
from mnistcore.models.torch_file import read_file, read_torch_file
from mnistcore.sentences import Sentence

NUM_CHANNELS = 2
BLANK = 10  # the class of a column that says nothing new
NUM_COLUMN_CLASSES = 11
PX_TO_A_COLUMN = 2
SHARE = 4  # the width is a multiple of it
WEIGHTS_FOLDER = Path(__file__).parents[1] / "weights"
NO_READER = Sentence("it holds something else")
Ground = Literal["ink", "paper"]


class Columns(NamedTuple):
    """What the columns of lines say.

    Attributes:
        logits: (N, T, 11), the ten digits and "nothing new".
        boxes: (N, T, 4): how far left and right of the column's middle its digit reaches, and how
            far from the strip's top it begins and ends, all in heights of the strip.
    """

    logits: Tensor
    boxes: Tensor


class Widths(NamedTuple):
    """How many channels a line reader's layers have.

    Attributes:
        blocks: Of the five convolutions over the strip.
        along: Of the convolutions along the line.
    """

    blocks: tuple[int, int, int, int, int]
    along: int


# What there is to read: ink that was drawn, or a picture of whatever paper. 339,742 parameters for
# the one, 1,148,894 for the other.
WIDTHS: dict[Ground, Widths] = {
    "ink": Widths((24, 48, 72, 96, 96), 104),
    "paper": Widths((32, 64, 128, 160, 160), 224),
}


class LineNet(nn.Module):
    """Five blocks of convolutions, the height collapsed, three convolutions along the line.

    Input (N, 2, 40, W), W a multiple of 4, as `drawings.line_image` makes it; T = W / 2 columns.

    Args:
        widths: Of its layers, one of `WIDTHS`.

    >>> net = LineNet(WIDTHS["ink"]).eval()
    >>> columns = net(torch.zeros(1, 2, 40, 120))
    >>> tuple(columns.logits.shape), tuple(columns.boxes.shape)
    ((1, 60, 11), (1, 60, 4))
    """

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self.widths = widths
        first, second, third, fourth, fifth = widths.blocks
        self.blocks = nn.Sequential(
            _convolution(NUM_CHANNELS, first, 5, stride=2),
            _convolution(first, second, 3),
            nn.MaxPool2d(2),
            _convolution(second, third, 3),
            _convolution(third, fourth, 3),
            nn.MaxPool2d((2, 1)),
            _convolution(fourth, fifth, 3),
        )
        self.collapse = nn.Sequential(
            nn.Conv2d(fifth, widths.along, (LINE_HEIGHT_PX // 8, 1), bias=False),
            nn.BatchNorm2d(widths.along),
            nn.ReLU(),
        )
        self.along = nn.ModuleList(_along(widths.along, dilation) for dilation in (1, 2, 4))
        self.dropout = nn.Dropout(0.1)
        # Two columns for each place: narrow digits that are alike need a blank between them.
        self.head = nn.Conv1d(widths.along, 2 * (NUM_COLUMN_CLASSES + 4), 1)

    def forward(self, lines: Tensor) -> Columns:
        """Return what each column says.

        Args:
            lines: (N, 2, 40, W) float, W a multiple of 4.
        """
        places = self.collapse(self.blocks(lines)).squeeze(2)  # (N, along, W / 4)
        for layer in self.along:
            places = places + layer(places)
        said = self.head(self.dropout(places)).float()
        batch, _, count = said.shape
        said = said.reshape(batch, 2, -1, count).permute(0, 3, 1, 2).reshape(batch, 2 * count, -1)
        return Columns(
            said[..., :NUM_COLUMN_CLASSES], nn.functional.softplus(said[..., NUM_COLUMN_CLASSES:])
        )


def _convolution(
    in_channels: int, out_channels: int, kernel_size: int, stride: int = 1
) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(
            in_channels, out_channels, kernel_size, stride, padding=kernel_size // 2, bias=False
        ),
        nn.BatchNorm2d(out_channels),
        nn.ReLU(),
    )


def _along(channels: int, dilation: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv1d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False),
        nn.BatchNorm1d(channels),
        nn.ReLU(),
    )


def folded(net: LineNet) -> LineNet:
    """Return a copy that says the same and does not normalise: its convolutions do that as well.

    Args:
        net: In evaluation mode.

    >>> net, _ = load_line_net(weights_file("ink"))
    >>> lines = torch.rand(1, 2, 40, 120)
    >>> torch.allclose(folded(net)(lines).logits, net(lines).logits, atol=1e-4)
    True
    """
    net = copy.deepcopy(net)
    for layer in net.modules():
        if not isinstance(layer, nn.Sequential):
            continue
        convolution, norm = layer[0], layer[1]
        if isinstance(convolution, nn.Conv1d | nn.Conv2d) and isinstance(
            norm, nn.BatchNorm1d | nn.BatchNorm2d
        ):
            layer[0], layer[1] = fuse_conv_bn_eval(convolution, norm), nn.Identity()
    return net


class Calibration(NamedTuple):
    """What makes a line reader's probabilities honest, chosen on generated lines.

    Attributes:
        temperature: What its logits are divided by.
        doubtful_below: A text of a lower log-probability is flagged.
    """

    temperature: float = 1.0
    doubtful_below: float = -1.0


def save_line_net(path: Path, net: LineNet, calibration: Calibration) -> None:
    """Write a network, its widths and its calibration to a file, in half precision.

    Raises:
        InvalidInputError: The file cannot be written.
    """
    state = {
        name: value.half() if value.is_floating_point() else value
        for name, value in net.state_dict().items()
    }
    content = {
        "state_dict": state,
        "widths": tuple(net.widths),
        "calibration": calibration._asdict(),
    }
    with file_to_write(path) as aside, aside.open("wb") as file:
        torch.save(content, file)


def weights_file(ground: Ground) -> Path:
    """Return where the shipped weights of a line reader lie."""
    return WEIGHTS_FOLDER / f"line-net-{ground}.pt"


def load_line_net(path: Path) -> tuple[LineNet, Calibration]:
    """Return a network in evaluation mode and its calibration, read from a file of this library.

    Raises:
        InvalidInputError: There is no such file, or it holds something else.

    >>> net, calibration = load_line_net(weights_file("ink"))
    >>> net.training, calibration.temperature > 0
    (False, True)
    """
    try:
        content = read_torch_file(read_file(path))
        net = LineNet(Widths(*content["widths"]))
        net.load_state_dict({name: value.float() for name, value in content["state_dict"].items()})
        calibration = Calibration(**content["calibration"])
    except (InvalidInputError, AttributeError, KeyError, RuntimeError, TypeError) as fault:
        raise InvalidInputError(
            "{file} cannot be used as a line reader's weights: {reason}. Choose a file that "
            "`train-lines` wrote.",
            file=path.name,
            reason=reason_of(fault) if isinstance(fault, InvalidInputError) else NO_READER,
        ) from fault
    return net.eval().to(memory_format=torch.channels_last), calibration
