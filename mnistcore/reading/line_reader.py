"""A strip of a picture to the digits on it, without cutting: what each column says, put together.

Read by `models.line_net.LineNet`. Several views of one strip (a little larger, a little smaller)
are read and asked to agree: each view's text is a candidate, the one that all of them together find
most probable is the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.line_image import LINE_HEIGHT_PX, LineImage, to_line_image
from mnistcore.models.line_net import (
    BLANK,
    PX_TO_A_COLUMN,
    SHARE,
    Calibration,
    Ground,
    LineNet,
    folded,
    load_line_net,
    weights_file,
)

Probabilities = npt.NDArray[np.float32]
AT_ONCE = 8  # strips of one width that are looked at in one go


class LineDigit(NamedTuple):
    """One digit of a line.

    Attributes:
        digit: 0 to 9.
        probabilities: (10,), of all the digits at its place, together at most 1: what is missing
            is the probability that there is none.
        left, top, right, bottom: Where it lies, in pixels of the strip that was read.
    """

    digit: int
    probabilities: Probabilities
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class LineReading:
    """What stands on a strip.

    Attributes:
        digits: From left to right.
        log_probabilities: Of this text and of the others that were thought of, given the strip:
            the mean of all views.
        columns: (T, 11), what each column of the shown view says: ten digits, nothing new.
        strip: (40, W) float32, that view as the network took it: 0 is paper, 1 ink.
    """

    digits: tuple[LineDigit, ...]
    log_probabilities: Mapping[str, float]
    columns: Probabilities
    strip: Probabilities

    @property
    def text(self) -> str:
        """The digits."""
        return "".join(str(digit.digit) for digit in self.digits)

    @property
    def log_probability(self) -> float:
        """Of this text."""
        return self.log_probabilities[self.text]


class View(NamedTuple):
    """A part of a picture that is read as a line: grey, and where it lies in the strip.

    Attributes:
        grey: (h, w) in [0, 1].
        left: Of its first column in the strip, in the strip's pixels; may be negative.
        top: Of its first row, in the middle column.
        slope: How many rows further down each column lies than the one before.
    """

    grey: Grey
    left: float = 0.0
    top: float = 0.0
    slope: float = 0.0


class LineReader:
    """A LineNet ready to be asked.

    Attributes:
        net: In evaluation mode.
        calibration: What makes its probabilities honest, and tells what is doubtful.
    """

    def __init__(self, net: LineNet, calibration: Calibration) -> None:
        self.net = folded(net.eval()).to(memory_format=torch.channels_last)
        self.calibration = calibration

    @torch.inference_mode()
    def read(self, views: Sequence[View], others: Sequence[str] = ()) -> LineReading:
        """Read one line from several views of it.

        Args:
            views: At least one; the boxes are those of the first that says what the answer is.
            others: Texts that are thought of as well, though no view says them.

        >>> strip = np.full((60, 90), 0.9)
        >>> strip[10:50, 42:47] = 0.2
        >>> load_line_reader("ink").read([View(strip)]).text
        '1'
        """
        return _agreed_on(_look(self.net, self.calibration.temperature, views), others)

    @torch.inference_mode()
    def read_each(self, views: Sequence[View]) -> list[LineReading]:
        """Read several strips, each by itself from its one view; those of one width in one go."""
        readings: dict[int, LineReading] = {}
        alike: dict[int, list[int]] = {}
        for at, view in enumerate(views):
            height, width = view.grey.shape
            alike.setdefault(width * LINE_HEIGHT_PX // height, []).append(at)
        for places in alike.values():
            for first in range(0, len(places), AT_ONCE):
                own = places[first : first + AT_ONCE]
                seen = _look(self.net, self.calibration.temperature, [views[at] for at in own])
                readings |= {at: _agreed_on(seen.only(row), ()) for row, at in enumerate(own)}
        return [readings[at] for at in range(len(views))]


@cache
def load_line_reader(ground: Ground) -> LineReader:
    """Return the shipped reader of drawn ink, or that of pictures of paper; loaded once."""
    return LineReader(*load_line_net(weights_file(ground)))


@dataclass(frozen=True)
class _Seen:
    """What the network says of views: (N, T, 11) and (N, T, 4), the first `lengths` columns."""

    views: Sequence[View]
    images: Sequence[LineImage]
    lengths: Tensor
    log_probabilities: Tensor
    boxes: Tensor

    def only(self, row: int) -> "_Seen":
        """Return what is said of one of the views."""
        one = slice(row, row + 1)
        return _Seen(
            self.views[one],
            self.images[one],
            self.lengths[one],
            self.log_probabilities[one],
            self.boxes[one],
        )


def _look(net: LineNet, temperature: float, views: Sequence[View]) -> _Seen:
    images = [to_line_image(view.grey) for view in views]
    widest = -(-max(image.shape[2] for image in images) // SHARE) * SHARE
    batch = np.zeros((len(images), 2, LINE_HEIGHT_PX, widest), np.float32)
    for number, image in enumerate(images):
        batch[number, :, :, : image.shape[2]] = image
    said = net(torch.from_numpy(batch).to(memory_format=torch.channels_last))
    lengths = torch.tensor([-(-image.shape[2] // PX_TO_A_COLUMN) for image in images])
    log_probabilities = (said.logits / temperature).log_softmax(dim=2)
    return _Seen(views, images, lengths, log_probabilities, said.boxes)


def _agreed_on(seen: _Seen, others: Sequence[str]) -> LineReading:
    """Return the text that all views together find most probable, of those that one says."""
    log_probabilities, lengths = seen.log_probabilities, seen.lengths
    paths = [
        row[:length].argmax(dim=1) for row, length in zip(log_probabilities, lengths, strict=True)
    ]
    said = list(dict.fromkeys(_collapsed(path) for path in paths))
    thought_of = [tuple(map(int, text)) for text in others]
    texts = list(dict.fromkeys([*said, *thought_of]))
    scores = _scores(log_probabilities, lengths, texts)
    best = int(scores[: len(said)].argmax())
    shown = next(k for k, path in enumerate(paths) if _collapsed(path) == texts[best])
    own = log_probabilities[shown, : lengths[shown]].exp().numpy()
    digits = _digits(own, seen.boxes[shown].numpy(), seen.views[shown])
    told = {
        "".join(map(str, text)): float(score) for text, score in zip(texts, scores, strict=True)
    }
    return LineReading(digits, told, own, seen.images[shown][0])


def _collapsed(path: Tensor) -> tuple[int, ...]:
    """Return the text of a row of classes: repetitions once, blanks left out."""
    kept = torch.unique_consecutive(path)
    return tuple(kept[kept != BLANK].tolist())


def _scores(log_probabilities: Tensor, lengths: Tensor, texts: list[tuple[int, ...]]) -> Tensor:
    """Return the mean over the views of each text's log-probability."""
    views = len(lengths)
    repeated = log_probabilities.transpose(0, 1).repeat(1, len(texts), 1)
    losses = nn.functional.ctc_loss(
        repeated,
        torch.tensor([digit for text in texts for digit in text * views], dtype=torch.long),
        lengths.repeat(len(texts)),
        torch.tensor([len(text) for text in texts for _ in range(views)]),
        BLANK,
        reduction="none",
    )
    return -losses.reshape(len(texts), views).clamp(max=40).mean(dim=1)


def _digits(
    columns: Probabilities, boxes: npt.NDArray[np.float32], view: View
) -> tuple[LineDigit, ...]:
    """Return the digits that the columns' most probable classes spell, each with its box."""
    scale = view.grey.shape[0] / LINE_HEIGHT_PX
    path = columns.argmax(axis=1)
    starts = np.flatnonzero(np.diff(path, prepend=-1))
    digits = []
    for start, end in zip(starts, [*starts[1:], len(path)], strict=True):
        if path[start] == BLANK:
            continue
        at = start + int(columns[start:end, path[start]].argmax())
        left, right, top, bottom = boxes[at] * LINE_HEIGHT_PX
        middle = (at + 0.5) * PX_TO_A_COLUMN
        lower = view.top + view.slope * (scale * float(middle) - view.grey.shape[1] / 2)
        digits.append(
            LineDigit(
                int(path[start]),
                columns[at, :BLANK],
                view.left + scale * float(middle - left),
                lower + scale * float(top),
                view.left + scale * float(middle + right),
                lower + scale * float(bottom),
            )
        )
    return tuple(digits)
