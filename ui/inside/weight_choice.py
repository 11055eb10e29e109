"""Which number of the network to follow as it learns: its layer's weight, bias, scale or shift."""

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnistcore.layers.normalisation import BatchNorm
from ui.inside.opened import OpenedNetwork
from ui.language import N_, _

if TYPE_CHECKING:
    from mnistcore.inside.weight_gradient import Parameter

AXES = (N_("Kernel (its map)"), N_("Slice (map it reads)"), N_("Row"), N_("Column"))
OUTPUT = N_("Output")
MAP = N_("Map")
FLAT_AXES = (OUTPUT, N_("Input"))


def choose_weight(opened: OpenedNetwork, number: int) -> "tuple[Parameter, tuple[int, ...]]":
    """Show which kind of weight it is and a number for each axis; the default is one at work.

    Args:
        opened: The network and what is looked at in it.
        number: Of the layer's stage.
    """
    module: Any = opened.stages[number].module
    is_norm = isinstance(opened.stages[number].layer, BatchNorm)
    names = {
        "weight": _("Scale") if is_norm else _("Weight"),
        "bias": _("Shift") if is_norm else _("Bias"),
    }
    kinds: list[Parameter] = ["weight"] if module.bias is None else ["weight", "bias"]
    first, *rest = st.columns([2, 4]) if is_norm else st.columns([2, 6])
    parameter: Parameter = first.segmented_control(
        _("Which of its numbers"),
        kinds,
        default="weight",
        required=True,
        format_func=names.__getitem__,
        key=f"inside_learning_{number}",
        help=_(
            "Everything that learning changes: the kernels' weights, biases, and what batch "
            "norm multiplies by and adds."
        ),
    )
    shape = tuple(getattr(module, parameter).shape)
    columns = rest[0].columns(len(shape))
    default = _telling_weight(opened, number, shape)
    return parameter, tuple(
        _choose_place(column, name, size, default[axis], key=f"inside_{parameter}_{number}_{axis}")
        for axis, (column, name, size) in enumerate(
            zip(columns, _axis_names(opened, number, shape), shape, strict=True)
        )
    )


def _choose_place(column: DeltaGenerator, name: str, size: int, default: int, *, key: str) -> int:
    """Return a place from 0; people count from 1, but an output of a flat layer is a digit's."""
    first = 0 if name == OUTPUT else 1
    chosen: int = column.number_input(_(name), first, size - 1 + first, default + first, key=key)
    return chosen - first


def _axis_names(opened: OpenedNetwork, number: int, shape: tuple[int, ...]) -> tuple[str, ...]:
    if len(shape) == 1:
        return (OUTPUT,) if opened.stages[number].outputs.ndim == 1 else (MAP,)
    if len(shape) == 2:
        return FLAT_AXES
    return (*AXES[:2], *AXES[4 - (len(shape) - 2) :])


def _telling_weight(opened: OpenedNetwork, number: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return a weight of the chosen value's kernel that reads a lively map, in its middle."""
    from mnistcore.inside.inspection import group_stages

    stage = opened.untouched[number]
    block = next(block for block in group_stages(opened.stages) if number in block)
    own = opened.index[0] if opened.number in block else 0
    if len(shape) == 1:
        return (min(own, shape[0] - 1),)
    if len(shape) == 2:
        return own, int(np.abs(stage.inputs).reshape(-1, shape[1]).max(axis=0).argmax())
    lively = int(np.abs(stage.inputs[: shape[1]]).reshape(shape[1], -1).sum(axis=1).argmax())
    return min(own, shape[0] - 1), lively, *(size // 2 for size in shape[2:])
