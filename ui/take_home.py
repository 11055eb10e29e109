"""To take home, from a button each: a network as one web page, a run's report."""

import html
from collections.abc import Callable

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.exported import texts
from mnistcore.exported.texts import Texts
from mnistcore.runs.folder import Run
from ui import networks
from ui.language import _, each
from ui.networks import NetworkKey
from ui.operator_log import log_refusal
from ui.plain_text import sentence
from ui.torch_import import import_torch


def show_web_page_button(network: NetworkKey, *, key: str) -> None:
    """Show the button; the page is made when it is clicked.

    Args:
        network: That the page reads with, as it is for everybody.
        key: Of the button.
    """
    said = each(texts.PAGE)  # now: the download knows no visitor
    st.download_button(
        _("Web page to take home"),
        lambda: _page_or_why_not(lambda: _web_page(network, said)),
        f"{network.name}.html",
        "text/html",
        key=key,
        on_click="ignore",
        icon=":material/html:",
        help=_(
            "One file with this network inside: a canvas, ten bars and the maps of the layers. It "
            "works from a double click, on a phone too, and without internet."
        ),
    )


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


def _web_page(network: NetworkKey, said: Texts) -> str:
    classifier = networks.load(network)
    from mnistcore.exported.web_page import web_page

    return web_page(classifier, network.label, said)


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
