"""A network's numbers: the totals, the table of its rows, and the chart of their shares."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.stacks.table import NetworkRow, NetworkTable
from ui.calculator.network_state import ROW
from ui.calculator.numbers import as_counts, count_column, memory, times
from ui.colours import CHOSEN, INVALID, SERIES, background
from ui.language import N_, _

if TYPE_CHECKING:
    from pandas import DataFrame
    from plotly.graph_objects import Bar, Figure

TABLE = "network_table"
LARGEST_HEIGHT_PX = 560
ROW_HEIGHT_PX = 35
LAYER_WIDTH_PX = 210
SELECTED, IMPOSSIBLE = background(CHOSEN), background(INVALID)
BAR_HEIGHT_PX, AROUND_BARS_PX = 34, 70
COMPACT = """<style>
.st-key-network_totals {row-gap: .4rem;}
.st-key-network_totals [data-testid=stMetric] {min-width: 5.2rem;}
.st-key-network_totals [data-testid=stMetricValue] {font-size: 1.5rem;}
.st-key-network_totals > :has(style) {display: none;}
</style>"""
HELP = {
    N_("Output"): N_("Shape of one output: channels first, as in PyTorch."),
    N_("Parameters"): N_("Trained numbers: weights and biases."),
    "MACs": N_("Multiply-adds for one image; bias, normalisation, ReLU and pooling not counted."),
    "FLOPs": N_("Two for each multiply-add."),
    N_("Sees"): N_("Receptive field: the input pixels, along an axis, that one output depends on."),
    N_("Steps by"): N_(
        "Effective stride, or jump: pixels from one output's field to the next one's."
    ),
    N_("Memory"): N_("Memory of the output for one image, in float32."),
}

COUNTS = ("Parameters", "MACs", "FLOPs")


def show_totals(table: NetworkTable) -> None:
    """Show the numbers of the whole network."""
    last = table.rows[-1] if table.rows else None
    figures = {
        "Output": (times(table.output_shape), _(HELP["Output"])),
        "Parameters": (f"{table.num_params:,}", _(HELP["Parameters"])),
        "MACs": (f"{table.num_macs:,}", _(HELP["MACs"])),
        "FLOPs": (f"{2 * table.num_macs:,}", _(HELP["FLOPs"])),
        "Sees": (_(last.receptive_field) if last else "1", _(HELP["Sees"])),
        N_("Weight memory"): (memory(table.weight_bytes), _("All parameters, in float32.")),
        N_("Training memory"): (
            memory(table.training_bytes),
            _(
                "What PyTorch keeps of each image of a batch of two for the way back: the "
                "inputs, outputs, masks and places that gradients need, each once. "
                "Parameters and the loss not counted."
            ),
        ),
    }
    with st.container(horizontal=True, gap="medium", border=True, key="network_totals"):
        st.html(COMPACT)
        for label, (value, help_text) in figures.items():
            st.metric(_(label), value, help=help_text, width="content")


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

    columns = {name: st.column_config.Column(_(name), help=_(text)) for name, text in HELP.items()}
    for name in COUNTS:
        columns[name] = count_column(frame[name], _(name), help=_(HELP[name]))
    columns["#"] = st.column_config.Column(width=path_width_px, pinned=True)
    columns["Layer"] = st.column_config.Column(_("Layer"), width=LAYER_WIDTH_PX)
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
            "Sees": _(row.receptive_field),
            "Steps by": row.effective_stride,
            "Memory": memory(row.activation_bytes),
        }
        for place, row in enumerate(rows)
    ]
    for place, name in enumerate(left_over, start=len(rows)):
        mark = " ✗" if place == len(rows) else ""
        mark += " ◂" if place == selected else ""
        lines.append({"#": f"{place + 1}{mark}", "Layer": name})
    frame = DataFrame(lines, columns=["#", "Layer", *HELP], dtype=object)
    return frame.assign(**{name: as_counts(frame[name]) for name in COUNTS})


def show_shares(rows: Sequence[NetworkRow], key: str) -> None:
    """Show where parameters and multiply-adds go, if there are any."""
    if not any(row.num_params or row.num_macs for row in rows):
        return
    st.header(_("Where parameters and multiply-adds go"))
    st.plotly_chart(share_chart(rows), key=key, config={"displayModeBar": False})


def share_chart(rows: Sequence[NetworkRow]) -> "Figure":
    """Return bars for every row that has weights or multiplies: its shares of the network.

    Args:
        rows: Layers or blocks of a network, with a total above 0.

    >>> row = NetworkRow("Linear 10", "5", (10,), 60, 50, 40, None)
    >>> [bar.name for bar in share_chart([row]).data]
    ['MACs', 'Parameters']
    """
    from plotly import graph_objects

    shown = [row for row in rows if row.num_params or row.num_macs]
    labels = [f"{row.path} · {row.name.split(' · ')[0]}" for row in shown]
    # Plotly stacks horizontal groups from below: what is to stand above comes last.
    bars = [
        _bars("MACs", labels, [row.num_macs for row in shown], {"color": SERIES[0]}),
        _bars(
            _("Parameters"),
            labels,
            [row.num_params for row in shown],
            {"color": SERIES[1], "pattern": {"shape": "/", "size": 5}},
        ),
    ]
    figure = graph_objects.Figure(bars)
    figure.update_layout(
        height=AROUND_BARS_PX + BAR_HEIGHT_PX * max(2, len(shown)),
        margin={"l": 0, "r": 40, "t": 30, "b": 10},
        bargap=0.25,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "reversed"},
        xaxis={
            "tickformat": ".0%",
            "range": [0, 1.12 * max(max(one.x) for one in bars)],
            "fixedrange": True,
        },
        yaxis={"autorange": "reversed", "fixedrange": True, "type": "category", "title": None},
    )
    return figure


def _bars(
    name: str, labels: Sequence[str], counts: Sequence[int], marker: dict[str, object]
) -> "Bar":
    from plotly import graph_objects

    total = max(1, sum(counts))
    shares = [count / total for count in counts]
    return graph_objects.Bar(
        x=shares,
        y=labels,
        name=name,
        orientation="h",
        marker=marker,
        text=["" if share == 0 else _percent(share) for share in shares],
        textposition="outside",
        textfont={"size": 12},
        cliponaxis=False,
        customdata=[f"{count:,}" for count in counts],
        hovertemplate="%{y}<br>%{customdata} " + name + ", %{x:.1%}<extra></extra>",
    )


def _percent(share: float) -> str:
    return "< 0.1%" if share < 0.001 else f"{share:.1%}"


def _select(row_key: str) -> None:
    cells = st.session_state[TABLE].selection.cells
    if cells:
        st.session_state[row_key] = cells[0][0]
