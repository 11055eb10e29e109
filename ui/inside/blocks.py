"""The network as a row of blocks: what the browser needs to draw their maps, sizes and costs."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mnistcore.layers.convolution import Convolution
from mnistcore.layers.linear import Flatten
from ui.components.stage_row.component import show_stage_row
from ui.inside.layer_names import shown, size_name, stage_name
from ui.inside.opened import NUM_DIGITS, OpenedNetwork
from ui.language import N_, _, each

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Stage

Array = npt.NDArray[np.float64]

# What the row says, with the values named.
WORDS = {
    "parts": N_("Which part of each block is shown"),
    "chosen": N_("As chosen"),
    "after": N_("After {part}"),
    "now": N_("Chosen: {place}"),
    "about": N_("{place}, about {value}"),
    "maps": N_("{layer}: {channels} maps of {height} by {width}"),
    "output": N_("{layer}, output {output}: {value}"),
}
PLACES = (
    N_("{layer}: number {map}"),
    N_("{layer}: map {map}, place {row}"),
    N_("{layer}: map {map}, row {row}, column {column}"),
)
BLOCK = N_("The whole block: {num_params} parameters, {num_macs} MACs")
MOST_BARS = 12  # a flat layer of more numbers is drawn as a square of cells


def row_data(opened: OpenedNetwork) -> dict[str, Any]:
    """Return what the browser needs to draw the row, as plain numbers and text."""
    from mnistcore.inside.inspection import group_stages, seen_region

    stages = opened.stages
    groups = group_stages(stages)
    blocks = [_block(opened, block) for block in groups]
    # What happens to a convolution's maps, one thing after the other.
    words = {
        stages[number].kind: _(stages[number].layer.in_words)
        for block in groups
        if isinstance(stages[block[0]].layer, Convolution)
        for number in block
    }
    region = seen_region(stages, opened.number, opened.index)
    return {
        "blocks": [_input_block(stages[0].inputs), *filter(None, blocks)],
        "words": {**each(WORDS), "places": [*map(_, PLACES)]},
        "parts": list(words) if len(words) > 1 else [],
        "names": {kind: name.lower().replace("relu", "ReLU") for kind, name in words.items()},
        "chosen": {"number": opened.number, "index": list(opened.index)},
        "region": [list(axis) for axis in region if axis] if all(region) else None,
    }


def show_row(opened: OpenedNetwork, *, key: str, on_click: Callable[[], None]) -> None:
    """Show the row; in the callback `st.session_state[key].clicked` is a value's address."""
    show_stage_row(row_data(opened), key=key, on_click=on_click)


def _input_block(pixels: Array) -> dict[str, Any]:
    layer = _layer(-1, "Input", _("The digit, frame: what the chosen value sees"), pixels, [])
    return {"size": size_name(pixels.shape), "lines": [], "layers": [layer]}


def _block(opened: OpenedNetwork, block: Sequence[int]) -> dict[str, Any] | None:
    stages = [opened.stages[number] for number in block]
    if isinstance(stages[0].layer, Flatten):
        return None  # the same numbers once more
    layers = []
    for number, stage in zip(block, stages, strict=True):
        title = stage_name(opened.stages, number)
        layer = _layer(number, stage.kind, title, stage.outputs, sorted(stage.switched_off))
        if stage.outputs.ndim == 1 and stage.outputs.size <= MOST_BARS:
            layer |= _bars(opened, number, stage)
        layers.append(layer)
    rows = [stage.numbers for stage in stages]
    lines = [
        _(
            BLOCK,
            num_params=f"{sum(row.num_params for row in rows):,}",
            num_macs=f"{sum(row.num_macs for row in rows):,}",
        ),
        _("sees {field}", field=_field_name(stages[-1])),
    ]
    if block[-1] == len(opened.stages) - 1 and len(stages[-1].outputs) > NUM_DIGITS:
        lines.append(_("–: it shows no digit"))
    return {"size": size_name(stages[-1].outputs.shape), "lines": lines, "layers": layers}


def _layer(number: int, kind: str, title: str, values: Array, off: list[int]) -> dict[str, Any]:
    largest = float(np.abs(values).max()) or 1.0
    coarse = np.rint(values / largest * 127).astype(np.int8)
    return {
        "number": number,
        "kind": kind,
        "title": title,
        "shape": list(values.shape),
        "values": b64encode(coarse.tobytes()).decode(),
        "largest": largest,
        "off": off,
    }


def _bars(opened: OpenedNetwork, number: int, stage: "Stage") -> dict[str, Any]:
    texts = [shown(value, 2) for value in stage.outputs.tolist()]
    names = [str(place) for place in range(len(texts))]
    if number < len(opened.stages) - 1:
        return {"texts": texts, "names": names}
    shares = opened.shares.probabilities
    names[NUM_DIGITS:] = ["–"] * (len(names) - NUM_DIGITS)
    best = int(stage.outputs.argmax())  # what says that there is no digit is an answer as well
    return {"texts": texts, "names": names, "shares": list(shares), "best": best}


def _field_name(stage: "Stage") -> str:
    fields = stage.numbers.receptive_fields
    if not any(fields):
        return _("the whole picture")
    size = "×".join(str(field.size) if field else _("all") for field in fields)
    return _("{size} pixels", size=size)
