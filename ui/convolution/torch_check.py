"""The check of the stepper's map in PyTorch: the program to run, and its answer here and now."""

import inspect

import numpy as np
import streamlit as st

from mnistcore.convolution import sliding_window
from ui.components.stepper.component import Step
from ui.language import N_, _
from ui.parts import kept_answer, show_folded_code
from ui.torch_import import import_torch

PROGRAM_HEIGHT_PX = 320


def torch_program(step: Step) -> str:
    """Return a PyTorch program that makes the stepper's map from its very numbers.

    >>> "dilation=2" in torch_program(Step(np.eye(3), np.eye(2), dilation=2))
    True
    """
    numbers = {
        name: "".join(f"        {row},\n" for row in table.tolist())
        for name, table in (("picture", step.picture), ("kernel", step.kernel))
    }
    tensors = "".join(
        f"{name} = torch.tensor(\n    [\n{rows}    ]\n)\n" for name, rows in numbers.items()
    )
    return (
        f"import torch\n\n{tensors}"
        "output = torch.nn.functional.conv2d(\n"
        "    picture[None, None],\n"
        "    kernel[None, None],\n"
        f"    bias=torch.tensor([{step.bias}]),\n"
        f"    stride={step.stride},\n"
        f"    padding={step.padding},\n"
        f"    dilation={step.dilation},\n"
        ")\n"
        "print(output.shape, output)"
    )


def show_check(step: Step) -> None:
    """Show the button that asks torch, and folded up the program to copy and our own function."""
    _ask(step)
    show_folded_code(
        _("The same in PyTorch, to copy"),
        lambda: torch_program(step),
        key="window_program",
        height=PROGRAM_HEIGHT_PX,
    )
    show_folded_code(
        _("The function behind these numbers"),
        _source,
        key="window_function",
    )


def show_unfolded_check(step: Step) -> None:
    """Show the same in a place that is folded up itself."""
    _ask(step)
    st.code(torch_program(step), height=PROGRAM_HEIGHT_PX)
    st.code(_source())


def _ask(step: Step) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        clicked = st.button(_("Check in PyTorch"), icon=":material/verified:", key="window_check")
        compared = kept_answer(
            clicked, torch_program(step), lambda: _compare(step), key="window_checked"
        )
        if compared is not None:
            st.markdown(_told(*compared))


def _source() -> str:
    return inspect.getsource(sliding_window.channel_maps)


def _compare(step: Step) -> tuple[tuple[int, ...], tuple[int, ...], float]:
    """Return the shapes of our map and of torch's, and by how much they differ at most."""
    with st.spinner(_("Asking torch…")):
        import_torch()
        from mnistcore.in_torch.torch_map import torch_map

        ours = step.output()
        theirs = torch_map(
            step.picture[None],
            step.kernel[None],
            bias=step.bias,
            stride=step.stride,
            padding=step.padding,
            dilation=step.dilation,
        )
    are_alike = ours.shape == theirs.shape
    return ours.shape, theirs.shape, float(np.abs(ours - theirs).max()) if are_alike else np.inf


def _told(ours: tuple[int, ...], theirs: tuple[int, ...], largest: float) -> str:
    if ours != theirs:
        return _("✗ torch makes {theirs}, this page {ours}.", theirs=theirs, ours=ours)
    height, width = theirs
    told = (
        N_("torch: {height}×{width}, ✓ the same map; the largest difference is {largest:.1e}.")
        if largest < 1e-9
        else N_("torch: {height}×{width}, ✗ another map; the largest difference is {largest:.1e}.")
    )
    return _(told, height=height, width=width, largest=largest)
