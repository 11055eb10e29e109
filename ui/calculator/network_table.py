"""A network's numbers: the totals, the table of its rows, and the chart of their shares."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.stacks.table import NetworkRow, NetworkTable
from ui.calculator.network_state import ROW
from ui.calculator.numbers import memory, times
from ui.calculator.share_chart import share_chart
from ui.colours import CHOSEN, INVALID, background

if TYPE_CHECKING:
    from pandas import DataFrame

TABLE = "network_table"
LARGEST_HEIGHT_PX = 560
ROW_HEIGHT_PX = 35
LAYER_WIDTH_PX = 210
SELECTED, IMPOSSIBLE = background(CHOSEN), background(INVALID)
COMPACT = """<style>
.st-key-network_totals {row-gap: .4rem;}
.st-key-network_totals [data-testid=stMetric] {min-width: 5.2rem;}
.st-key-network_totals [data-testid=stMetricValue] {font-size: 1.5rem;}
.st-key-network_totals > :has(style) {display: none;}
</style>"""
HELP = {
    "Output": "Shape of one output: channels first, as in PyTorch.",
    "Parameters": "Trained numbers: weights and biases.",
    "MACs": "Multiply-adds for one image; bias, normalisation, ReLU and pooling not counted.",
    "FLOPs": "Two for each multiply-add.",
    "Sees": "Receptive field: the input pixels, along an axis, that one output depends on.",
    "Jump": "Effective stride: pixels from one output's field to the next one's.",
    "Memory": "Memory of the output for one image, in float32.",
}


def show_totals(table: NetworkTable) -> None:
    """Show the numbers of the whole network."""
    last = table.rows[-1] if table.rows else None
    figures = {
        "Output": (times(table.output_shape), HELP["Output"]),
        "Parameters": (f"{table.num_params:,}", HELP["Parameters"]),
        "MACs": (f"{table.num_macs:,}", HELP["MACs"]),
        "FLOPs": (f"{2 * table.num_macs:,}", HELP["FLOPs"]),
        "Sees": (last.receptive_field if last else "1", HELP["Sees"]),
        "Weight memory": (memory(table.weight_bytes), "All parameters, in float32."),
        "Output memory": (
            memory(table.activation_bytes),
            "The image and all outputs for one image, in float32, as training keeps them.",
        ),
    }
    with st.container(horizontal=True, gap="medium", border=True, key="network_totals"):
        st.html(COMPACT)
        for label, (value, help_text) in figures.items():
            st.metric(label, value, help=help_text, width="content")


def show_rows(
    rows: Sequence[NetworkRow],
    left_over: Sequence[str] = (),
    selected: int = 0,
    row_key: str = ROW,
    path_width_px: int = 52,
) -> None:
    """Show a table with one line for each row; a click on it selects its layer.

    Args:
        rows: The rows that have numbers.
        left_over: Layers behind them: the first is impossible, the others wait for it.
        selected: The row that what stands below is about.
        row_key: Where the session keeps it.
        path_width_px: Width of the first column.
    """
    frame = table_frame(rows, left_over, selected)

    def shade(line: "DataFrame") -> list[str]:
        style = SELECTED if line.name == selected else ""
        if left_over and line.name == len(rows):
            style = IMPOSSIBLE
        return [style] * len(line)

    columns = {name: st.column_config.Column(help=text) for name, text in HELP.items()}
    for name in ("Parameters", "MACs", "FLOPs"):
        columns[name] = st.column_config.NumberColumn(help=HELP[name], format="localized")
    columns["#"] = st.column_config.Column(width=path_width_px, pinned=True)
    columns["Layer"] = st.column_config.Column(width=LAYER_WIDTH_PX)
    st.dataframe(
        frame.style.apply(shade, axis=1),
        hide_index=True,
        height=min(LARGEST_HEIGHT_PX, ROW_HEIGHT_PX * (len(frame) + 1) + 3),
        column_config=columns,
        on_select=partial(_select, row_key),
        selection_mode="single-cell",
        key=TABLE,
        placeholder="",
    )


def table_frame(rows: Sequence[NetworkRow], left_over: Sequence[str], selected: int) -> "DataFrame":
    """Return the table; what is not known yet stays empty."""
    from pandas import DataFrame

    lines = [
        {
            "#": f"{row.path} ◂" if place == selected else row.path,
            "Layer": row.name,
            "Output": times(row.output_shape),
            "Parameters": row.num_params,
            "MACs": row.num_macs,
            "FLOPs": 2 * row.num_macs,
            "Sees": row.receptive_field,
            "Jump": row.effective_stride,
            "Memory": memory(row.activation_bytes),
        }
        for place, row in enumerate(rows)
    ]
    for place, name in enumerate(left_over, start=len(rows)):
        mark = " ✗" if place == len(rows) else ""
        mark += " ◂" if place == selected else ""
        lines.append({"#": f"{place + 1}{mark}", "Layer": name})
    frame = DataFrame(lines, columns=["#", "Layer", *HELP])
    return frame.astype({name: "Int64" for name in ("Parameters", "MACs", "FLOPs")})


def show_shares(rows: Sequence[NetworkRow], key: str) -> None:
    """Show where parameters and multiply-adds go, if there are any."""
    if not any(row.num_params or row.num_macs for row in rows):
        return
    st.subheader("Where parameters and multiply-adds go")
    st.plotly_chart(share_chart(rows), key=key, config={"displayModeBar": False})


def _select(row_key: str) -> None:
    cells = st.session_state[TABLE].selection.cells
    if cells:
        st.session_state[row_key] = cells[0][0]
