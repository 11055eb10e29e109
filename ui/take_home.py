"""To take home: a network as a web page, for ONNX or in plain PyTorch; a run's report."""

import html
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.exported import texts
from mnistcore.exported.texts import Texts
from mnistcore.runs.folder import Run
from ui import networks
from ui.language import N_, _, each
from ui.networks import NetworkKey, Version
from ui.operator_log import log_refusal
from ui.plain_text import sentence
from ui.torch_import import import_torch

if TYPE_CHECKING:
    from mnistcore.models.checkpoint import Checkpoint

WEB_PAGE, ONNX, PYTORCH = "html", "onnx", "zip"  # the forms, by the ends of their files' names
PROGRAM_HEIGHT_PX = 240


class _Form(NamedTuple):
    label: str
    kind: str
    icon: str
    help: str


FORMS = {
    WEB_PAGE: _Form(
        N_("Web page"),
        "text/html",
        ":material/html:",
        N_(
            "One file with this network inside: a canvas, ten bars and the maps of the layers. It "
            "works from a double click, on a phone too, and without internet."
        ),
    ),
    ONNX: _Form(
        "ONNX",
        "application/octet-stream",
        ":material/deployed_code:",
        N_("For any program that runs ONNX files; what prepares a drawing stands in its metadata."),
    ),
    PYTORCH: _Form(
        "PyTorch",
        "application/zip",
        ":material/code:",
        N_("The program below and the weights that it loads; it needs nothing but PyTorch."),
    ),
}


def show_take_home(network: NetworkKey, *, key: str) -> None:
    """Show the forms under a button; they are made when it is opened.

    Args:
        network: That is taken home, as it is for everybody.
        key: Of the button.
    """
    opened = st.popover(
        _("Take this network home"), icon=":material/download:", key=key, on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        made = [_show_form(network, suffix, key=f"{key}_{suffix}") for suffix in FORMS]
        if made[-1]:
            program = _program(network.name, *networks.find_file(network))
            st.code(program, language="python", height=PROGRAM_HEIGHT_PX)


def _show_form(network: NetworkKey, suffix: str, *, key: str) -> bool:
    """Show one form's button; tell whether the network can be had in it."""
    form, said = FORMS[suffix], each(texts.PAGE)
    try:
        content, why_not = _made(network, suffix, said, *networks.find_file(network)), None
    except InvalidInputError as error:
        log_refusal(__name__, error)
        content, why_not = b"", sentence(error)
    st.download_button(
        _(form.label),
        content,
        f"{network.name}.{suffix}",
        form.kind,
        key=key,
        on_click="ignore",
        icon=form.icon,
        disabled=why_not is not None,
        help=_(form.help) if why_not is None else why_not,
        width="stretch",
    )
    return why_not is None


@st.cache_data(show_spinner=False, max_entries=12)
def _made(
    network: NetworkKey, suffix: str, said: Texts, file: Path | str, version: Version
) -> bytes:
    """Return the file's content; file and version are the network's, as `find_file` gives them."""
    classifier = networks.load_file(file, version)
    from mnistcore.exported.onnx_file import onnx_model
    from mnistcore.exported.plain_torch import plain_zip
    from mnistcore.exported.web_page import web_page

    if suffix == WEB_PAGE:
        return web_page(classifier, network.label, said).encode()
    if suffix == ONNX:
        return bytes(onnx_model(classifier, network.label).SerializeToString())
    return plain_zip(_checkpoint(file, version), network.name)


@st.cache_data(show_spinner=False, max_entries=12)
def _program(name: str, file: Path | str, version: Version) -> str:
    from mnistcore.exported.plain_torch import plain_program

    return plain_program(_checkpoint(file, version), f"{name}.pt")


def _checkpoint(file: Path | str, version: Version) -> "Checkpoint":
    from mnistcore.models.checkpoint import load_checkpoint

    return load_checkpoint(Path(file), version if isinstance(version, bytes) else None)


def show_report_button(run: Run) -> None:
    """Show the button for a run's report; it is made when it is clicked."""
    said = each(texts.REPORT)
    st.download_button(
        _("Report to hand in"),
        lambda: _page_or_why_not(lambda: _report(run, said)),
        f"{run.name}-report.html",
        "text/html",
        key=f"report_{run.name}",
        on_click="ignore",
        icon=":material/description:",
        help=_(
            "One file with settings, seed, versions, curves, the confusion matrix and the worst "
            "mistakes, and the command that repeats the run. It prints to two pages."
        ),
    )


def _report(run: Run, said: Texts) -> str:
    import_torch()
    from mnistcore.exported.run_report import run_report

    return run_report(run, said)


def _page_or_why_not(page: Callable[[], str]) -> str:
    """Return a page, or one that says why there can be none: a download has no other way."""
    try:
        return page()
    except InvalidInputError as error:
        log_refusal(__name__, error)
        return f"<!doctype html><meta charset=utf-8><p>{html.escape(sentence(error))}</p>"
