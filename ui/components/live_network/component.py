"""A digit drawn on the left, the network at work on it, its answer on the right.

Python computes the maps and what each adds to the next; the browser draws them, takes the strokes
and reports them whenever the pen lifts.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mnistcore.layers.linear import Flatten
from mnistcore.stacks.presets import my_net
from ui.components.loader import load

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Stage

Array = npt.NDArray[np.float64]
Line = tuple[int, int, float]

NUM_DIGITS = 10
MOST_MAPS = 64  # of a column; of more, the liveliest
MOST_LINES = 70  # between two columns; of more, the strongest

_LIVE_NETWORK = load("live_network")


@dataclass(frozen=True)
class Column:
    """The maps that come out of one part of the network.

    Attributes:
        shape: (M, H, W).
        values: As many; None while nobody has calculated them.
        numbers: Of the maps, in the network's own count.
    """

    shape: tuple[int, int, int]
    values: Array | None = None
    numbers: Sequence[int] = ()


@dataclass(frozen=True)
class NetworkAtWork:
    """What is drawn of a network.

    Attributes:
        columns: From the first convolution's maps to the last.
        lines: Before each column, and before the outputs: (source, target, share), the strongest
            share being 1 or -1.
        logits: Of the ten digits; None while nobody has calculated them.
    """

    columns: Sequence[Column]
    lines: Sequence[Sequence[Line]] = field(default=())
    logits: Sequence[float] | None = None


@dataclass(frozen=True)
class Reasons:
    """Which pixels of the digit spoke for an output.

    Attributes:
        image: (28, 28) uint8, what the network was given.
        values: (28, 28), above 0 where a pixel spoke for it, below where against.
        caption: What stands below.
    """

    image: npt.NDArray[np.uint8]
    values: Array
    caption: str


def asleep() -> NetworkAtWork:
    """Return MyNet's columns with nothing in them.

    >>> [column.shape for column in asleep().columns]
    [(16, 14, 14), (32, 7, 7), (64, 4, 4)]
    """
    shapes = [row.output_shape for row in my_net().analyse().rows if row.layer.has_weights]
    return NetworkAtWork([Column((s[0], s[1], s[2])) for s in shapes if len(s) == 3])


def at_work(stages: "Sequence[Stage]") -> NetworkAtWork:
    """Return what is drawn of a network at work on an image."""
    from mnistcore.inside.contributions import map_contributions

    parts = [[stages[number] for number in part] for part in _parts(stages)]
    columns = [_column(part[-1].outputs) for part in parts[:-1]]
    shown = [np.zeros(1, np.intp), *(np.array(column.numbers) for column in columns)]
    shown.append(np.arange(NUM_DIGITS))
    lines = [
        _strongest(map_contributions(part)[np.ix_(sources, targets)])
        for part, (sources, targets) in zip(parts, pairwise(shown), strict=True)
    ]
    return NetworkAtWork(columns, lines, stages[-1].outputs[:NUM_DIGITS].tolist())


def show_live_network(
    network: NetworkAtWork,
    *,
    key: str,
    pad: dict[str, Any],
    outputs: dict[str, Any],
    verdict: dict[str, str],
    words: dict[str, str],
    captions: Sequence[Sequence[str]],
    stamp: str,
    reasons: Reasons | None = None,
    on_drawing: Callable[[], None],
    on_chosen: Callable[[], None] = lambda: None,
) -> None:
    """Mount the picture; its state has `drawing`, its trigger `chosen` is an output's number.

    Args:
        network: What it is doing.
        key: Of the component.
        pad: `picture` (an address, or None), whether the next stroke will `replace` it, whether it
            is an `example`, the `mount` whose strokes it is made of, and how many `reports` there
            were: the pad waits for an answer to each, though it may be the answer before.
        outputs: `shares`, `texts`, `sums`, `spoken`, ten each; the `best`, and the `chosen` one, or
            None if none may be chosen.
        verdict: The answer's `text`, and a `remark`.
        words: What stands beside the pad and is read out.
        captions: Lines of text below each column.
        stamp: Another one lights the network up again.
        reasons: Shown below the pad, if given.
        on_drawing: Called when the pen has lifted.
        on_chosen: Called when an output was chosen.
    """
    _LIVE_NETWORK(
        key=key,
        on_drawing_change=on_drawing,
        on_chosen_change=on_chosen,
        data={
            "columns": [
                _as_data(column) | {"captions": list(lines)}
                for column, lines in zip(network.columns, captions, strict=True)
            ],
            "lines": [list(lines) for lines in network.lines],
            "is_lit": network.logits is not None,
            "pad": pad,
            "outputs": outputs,
            "verdict": verdict,
            "words": words,
            "stamp": stamp,
            "reasons": None if reasons is None else _reasons_data(reasons),
        },
    )


def _parts(stages: "Sequence[Stage]") -> list[list[int]]:
    """Return the stages' numbers, a part for each column and one for the outputs."""
    from mnistcore.inside.inspection import group_stages

    parts: list[list[int]] = []
    flattening: list[int] = []
    for block in group_stages(stages):
        if isinstance(stages[block[0]].layer, Flatten):
            flattening = [*block]
        else:
            parts.append([*flattening, *block])
            flattening = []
    return parts


def _column(outputs: Array) -> Column:
    maps = outputs.reshape(*outputs.shape[:3], *[1] * (3 - outputs.ndim))
    lively = np.abs(maps).sum(axis=(1, 2)).argsort()[::-1][:MOST_MAPS]
    numbers = np.sort(lively)
    count, height, width = maps[numbers].shape
    return Column((count, height, width), maps[numbers], numbers.tolist())


def _strongest(contributions: Array) -> list[Line]:
    order = np.abs(contributions).ravel().argsort()[::-1][:MOST_LINES]
    largest = float(np.abs(contributions).max()) or 1.0
    sources, targets = np.unravel_index(order, contributions.shape)
    return [
        (int(source), int(target), round(float(contributions[source, target]) / largest, 3))
        for source, target in zip(sources, targets, strict=True)
        if contributions[source, target]
    ]


def _reasons_data(reasons: Reasons) -> dict[str, Any]:
    return {
        "ink": b64encode(reasons.image.tobytes()).decode(),
        "values": _coarse(reasons.values),
        "caption": reasons.caption,
    }


def _as_data(column: Column) -> dict[str, Any]:
    if column.values is None:
        return {"shape": list(column.shape), "values": None}
    return {"shape": list(column.shape), "values": _coarse(column.values)}


def _coarse(values: Array) -> str:
    """Return values from -127 to 127, 0 staying 0: enough for a colour."""
    largest = float(np.abs(values).max()) or 1.0
    return b64encode(np.rint(values / largest * 127).astype(np.int8).tobytes()).decode()
