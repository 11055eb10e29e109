"""Where a network's parameters and multiply-adds go, as a plotly figure. No streamlit, no torch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mnistcore.stacks.table import NetworkRow
from ui.colours import SERIES

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MACS_COLOUR, PARAMS_COLOUR, *_ = SERIES
ROW_HEIGHT_PX = 34
AROUND_PX = 70


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
    figure = graph_objects.Figure()
    largest = 0.0
    # Plotly stacks horizontal groups from below: what is to stand above comes last.
    for name, colour, pattern, counts in (
        ("MACs", MACS_COLOUR, "", [row.num_macs for row in shown]),
        ("Parameters", PARAMS_COLOUR, "/", [row.num_params for row in shown]),
    ):
        total = max(1, sum(counts))
        largest = max(largest, *(count / total for count in counts))
        figure.add_bar(
            x=[count / total for count in counts],
            y=labels,
            name=name,
            orientation="h",
            marker={"color": colour, "pattern": {"shape": pattern, "size": 5}},
            text=[_share(count / total) for count in counts],
            textposition="outside",
            textfont={"size": 12},
            cliponaxis=False,
            customdata=counts,
            hovertemplate="%{y}<br>%{customdata:,} " + name + ", %{x:.1%}<extra></extra>",
        )
    figure.update_layout(
        height=AROUND_PX + ROW_HEIGHT_PX * max(2, len(shown)),
        margin={"l": 0, "r": 40, "t": 30, "b": 10},
        bargap=0.25,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "reversed"},
        xaxis={"tickformat": ".0%", "range": [0, 1.12 * largest], "fixedrange": True},
        yaxis={"autorange": "reversed", "fixedrange": True, "type": "category", "title": None},
    )
    return figure


def _share(share: float) -> str:
    if share == 0:
        return ""
    return "< 0.1 %" if share < 0.001 else f"{share:.1%}"
