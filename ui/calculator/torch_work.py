"""What the tabs ask of PyTorch; it is imported only when one of these is called."""

import threading
from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.in_torch.paired_times import PairedTimes
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.table import NetworkTable
from ui.language import N_, Spoken, _
from ui.torch_import import import_torch

if TYPE_CHECKING:
    from torch import nn

    from mnistcore.in_torch.model_analysis import ModelAnalysis
    from mnistcore.in_torch.verification import Comparison

Subject = LayerStack | str  # a stack, or the name of one of torchvision's models


@st.cache_resource(show_spinner=Spoken(N_("Loading PyTorch ...")))
def model_names() -> list[str]:
    """Return the names of torchvision's classification models."""
    import_torch()
    from mnistcore.in_torch.torchvision_models import model_names as names

    return names()


@st.cache_resource(max_entries=100, show_spinner=Spoken(N_("Taking the model apart ...")))
def analyse_model(name: str) -> "ModelAnalysis":
    """Return a torchvision model's numbers; nothing is allocated for its weights."""
    import_torch()
    from mnistcore.in_torch import model_analysis

    return model_analysis.analyse_model(name)


def torchvision_table(name: str) -> NetworkTable:
    """Return a torchvision model's numbers as a table."""
    from mnistcore.in_torch.model_analysis import model_table

    return model_table(analyse_model(name))


def check_network(stack: LayerStack) -> "tuple[list[Comparison], str]":
    """Return every layer's numbers beside torch's, the whole network's last, and the device."""
    import_torch()
    from mnistcore.in_torch.torch_layers import affordable_device
    from mnistcore.in_torch.verification import check_stack

    with st.spinner(_("Asking PyTorch ...")):
        device = affordable_device(stack)
        return list(check_stack(stack, device)), device


def time_networks(
    subjects: tuple[Subject, Subject],
    tables: tuple[NetworkTable, NetworkTable],
    batch_size: int,
    num_threads: int | None,
) -> PairedTimes:
    """Return how long two networks take; visitors measure one after another.

    Raises:
        InvalidInputError: A network is too large to be run here and now.
    """
    import_torch()
    from mnistcore.in_torch.timing import check_measurable, time_pair

    for table in tables:
        check_measurable(table.name, table.num_params, table.num_macs, batch_size)
    with _measuring():
        first, second = (_module(subject) for subject in subjects)
        shapes = tables[0].input_shape, tables[1].input_shape
        return time_pair(first, second, shapes, batch_size=batch_size, num_threads=num_threads)


def _module(subject: Subject) -> "nn.Module":
    from mnistcore.in_torch.torch_layers import build_sequential
    from mnistcore.in_torch.torchvision_models import build_model

    if isinstance(subject, LayerStack):
        return build_sequential(subject)
    return build_model(subject, device="cpu")[0]


@st.cache_resource(show_spinner=False)
def _measuring() -> threading.Lock:
    return threading.Lock()
