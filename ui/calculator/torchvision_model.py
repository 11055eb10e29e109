"""One of torchvision's classification models, analysed through PyTorch without its weights."""

from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.stacks.blocks import blocks
from mnistcore.stacks.table import table_csv
from ui.calculator import network_table, receptive_field, torch_work
from ui.language import _, said

if TYPE_CHECKING:
    from mnistcore.in_torch.model_analysis import ModelAnalysis

DEFAULT = "resnet50"
ROW = "model_row"
FIRST_ROW = 5
PATH_WIDTH_PX = 120


def show() -> None:
    """Draw the choice of a model, and its numbers."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = choose_model("network_model")
        by_blocks = st.toggle(
            _("Join layers to blocks"), True, key="network_blocks", bind="query-params"
        )
    analysis = torch_work.analyse_model(name)
    table = torch_work.torchvision_table(name)
    network_table.show_totals(table)
    _show_published(analysis)
    if analysis.note:
        st.caption(_("{name}: {text}", name=name, text=said(analysis.note)))
    rows = blocks(table.rows, table.blocks) if by_blocks else list(table.rows)
    selected = min(st.session_state.setdefault(ROW, FIRST_ROW), len(rows) - 1)
    network_table.show_rows(rows, (), selected, ROW, PATH_WIDTH_PX)
    chart, picture = st.columns([3, 2], gap="large")
    with chart:
        network_table.show_shares(blocks(table.rows, table.blocks), "model_shares")
    with picture:
        st.markdown(_("**{path}** sees", path=rows[selected].path))
        receptive_field.show(rows[selected], table.input_shape)
    st.download_button(
        "CSV",
        table_csv(table),
        f"{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="model_csv",
    )


def choose_model(key: str) -> str:
    """Draw the choice of a model; PyTorch is imported for the list of names."""
    names = torch_work.model_names()
    name: str = st.selectbox(
        _("Model"),
        names,
        index=names.index(DEFAULT),
        key=key,
        bind="query-params",
        width=240,
        help=_("torchvision's classification models; nothing is downloaded."),
    )
    return name


def _show_published(analysis: "ModelAnalysis") -> None:
    """Say what torchvision publishes of the model, and whether it is the same."""
    if analysis.params_agree and analysis.gmacs_agree:
        st.success(
            _(
                "torchvision publishes the same: {published_params:,} parameters and "
                "{published_gmacs:.3f} GMACs, which it calls GFLOPS.",
                published_params=analysis.published_params,
                published_gmacs=analysis.published_gmacs,
            )
        )
    else:
        st.warning(
            _(
                "torchvision publishes {published_params:,} parameters and "
                "{published_gmacs:.3f} GMACs, which it calls GFLOPS.",
                published_params=analysis.published_params,
                published_gmacs=analysis.published_gmacs,
            )
        )
