"""The tab "Compare": two networks side by side, and the time both really take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.stacks.blocks import blocks
from mnistcore.stacks.diff import ratio_text, row_pairs, totals
from mnistcore.stacks.other_counters import CounterReport, counter_reports
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.table import NetworkRow, NetworkTable, stack_table
from ui import address
from ui.calculator import compare_timing, network_state, torch_work
from ui.calculator.numbers import as_counts, count_column, memory, times
from ui.calculator.torchvision_model import choose_model
from ui.colours import MINUS, PLUS, SERIES, background
from ui.language import N_, _, each, listed
from ui.plain_text import sentence

if TYPE_CHECKING:
    from pandas import DataFrame

YOURS, MODEL = "yours", "torchvision"
NETWORKS = {name: name for name in PRESETS} | {
    YOURS: N_("Your network"),
    MODEL: N_("A torchvision model"),
}
DEFAULTS = {"a": "Two 3x3", "b": "One 5x5"}
MOST_ROWS = 60
ROW_HEIGHT_PX = 35
MARK_WIDTH_PX, CHARACTER_PX, AROUND_PX = 25, 5.5, 16  # of the table of layers
COLOURS = {"≠": background(SERIES[4]), "−": background(MINUS), "+": background(PLUS)}


@dataclass(frozen=True)
class Chosen:
    """A network to compare: what it is for PyTorch, and its numbers."""

    subject: torch_work.Subject
    table: NetworkTable


def show() -> None:
    """Draw the tab."""
    columns = st.columns(2, gap="medium")
    chosen = []
    for side, column in zip(DEFAULTS, columns, strict=True):
        with column:
            chosen.append(choose(side))
    first, second = chosen
    if first is None or second is None:
        return
    show_totals(first.table, second.table)
    compare_timing.show((first.subject, second.subject), (first.table, second.table))
    show_layers(first.table, second.table)
    show_counters((first, second))


def choose(side: str) -> Chosen | None:
    """Draw the choice of one network; None, and a sentence, if it does not work."""
    name = address.choose(
        st.selectbox,
        _("Network {side}", side=side.upper()),
        each(NETWORKS),
        key=f"compare_{side}",
        default=DEFAULTS[side],
        help=_(
            "A known network, the one of the tab “A network” ({name}), or torchvision's.",
            name=_(NETWORKS[YOURS]),
        ),
    )
    if name == MODEL:
        model = choose_model(f"compare_{side}_model")
        return Chosen(model, torch_work.torchvision_table(model))
    try:
        stack = your_stack() if name == YOURS else preset(name)
        return Chosen(stack, stack_table(_(NETWORKS[name]), stack.analyse()))
    except InvalidInputError as error:
        st.error(
            _("{error} Mend it in the tab “A network”.", error=sentence(error)),
            icon=":material/block:",
        )
        return None


def your_stack() -> LayerStack:
    """Return the network of the tab "A network".

    Raises:
        InvalidInputError: It cannot be read, or a layer of it cannot work.
    """
    network = network_state.current_network()
    result = network.analyse()
    if problem := (network.reading and network.reading.problem) or result.problem:
        raise problem
    if network.list_obstacle:
        raise InvalidInputError(network.list_obstacle)
    return result.stack


def show_totals(first: NetworkTable, second: NetworkTable) -> None:
    """Show the totals of both, and how the first compares to the second."""
    head = ("", first.name, second.name, _("A to B"))
    lines = [f"| {' | '.join(head)} |", "|---|--:|--:|:--|"]
    for name, (one, other) in totals(first, second).items():
        write = memory if name.endswith("memory") else "{:,}".format
        mark = ratio_text(one, other)
        bold = "" if mark == "=" else "**"
        lines.append(f"| {_(name)} | {write(one)} | {write(other)} | {bold}{mark}{bold} |")
    words = {
        _("Input"): (times(first.input_shape), times(second.input_shape)),
        _("Output"): (times(first.output_shape), times(second.output_shape)),
        _("Sees"): (_seen(first), _seen(second)),
    }
    for name, (one_word, other_word) in words.items():
        mark = "=" if one_word == other_word else "**≠**"
        lines.append(f"| {name} | {one_word} | {other_word} | {mark} |")
    st.markdown("\n".join(lines))


def show_layers(first: NetworkTable, second: NetworkTable) -> None:
    """Show the layers of both, alike ones facing each other; blocks if there are too many."""
    from pandas import DataFrame

    st.header(_("Layer by layer"))
    rows = [
        list(table.rows) if len(table.rows) <= MOST_ROWS else blocks(table.rows, table.blocks)
        for table in (first, second)
    ]
    lines = [
        {
            "": pair.mark,
            **_half("A", pair.first),
            **_half("B", pair.second),
        }
        for pair in row_pairs(*rows)
    ]
    if not lines:
        st.info(_("Neither network has a layer."))
        return
    frame = DataFrame(lines, dtype=object)
    counts = [name for name in frame.columns if name.endswith((_("params"), "MACs"))]
    frame = frame.assign(**{name: as_counts(frame[name]) for name in counts})
    st.dataframe(
        frame.style.apply(lambda line: [COLOURS.get(line[""], "")] * len(line), axis=1),
        hide_index=True,
        height=min(560, ROW_HEIGHT_PX * (len(frame) + 1) + 3),
        column_config=_columns(frame, frame[counts]),
        placeholder="",
        key="compare_layers",
    )
    st.caption(_("= alike, ≠ another layer in its place, − only in A, + only in B."))


def _columns(frame: "DataFrame", counts: "DataFrame") -> dict[str, Any]:
    """Return how wide the columns are, and how those are written that count something."""
    config = {name: count_column(column) for name, column in counts.items()}
    for side in "AB":
        name = _("{side}: layer", side=side)
        longest = max(map(len, frame[name]))
        config[name] = st.column_config.Column(width=round(AROUND_PX + CHARACTER_PX * longest))
    return {"": st.column_config.Column(width=MARK_WIDTH_PX, pinned=True), **config}


def show_counters(networks: Sequence[Chosen]) -> None:
    """Show what other counters would report of each network, and why they differ."""
    st.header(_("What other counters would report"))
    stacks = {
        one.table.name: one.subject for one in networks if isinstance(one.subject, LayerStack)
    }
    if len(stacks) < len({one.table.name for one in networks}):
        st.caption(
            _(
                "Their rules are known for the kinds of layers in the tab “A network”; "
                "torchvision's models have others too, and are left out."
            )
        )
    if not stacks:
        return
    reports = {name: counter_reports(stack.analyse()) for name, stack in stacks.items()}
    head = (_("Counter"), _("calls it"), *reports)
    lines = [
        f"| {' | '.join(head)} |",
        "|---|---|" + "--:|" * len(reports),
    ]
    for same_counter in zip(*reports.values(), strict=True):
        counter = same_counter[0].counter
        numbers = " | ".join(map(_reported, same_counter))
        lines.append(f"| {counter.name} | {counter.calls_it} | {numbers} |")
    st.markdown("\n".join(lines))
    st.caption(
        _("In brackets: by how much it is off our count of MACs, or of FLOPs if it counts two.")
    )
    with st.expander(_("Why they differ"), icon=":material/help:"):
        for report in next(iter(reports.values())):
            name, reason = report.counter.name, _(report.counter.reason)
            st.markdown(_("**{name}**: {text}", name=name, text=reason))


def _half(side: str, row: NetworkRow | None) -> dict[str, object]:
    return {
        _("{side}: layer", side=side): row.name if row else "",
        _("{side}: output", side=side): times(row.output_shape) if row else "",
        _("{side}: params", side=side): row.num_params if row else None,
        _("{side}: MACs", side=side): row.num_macs if row else None,
    }


def _seen(table: NetworkTable) -> str:
    return table.rows[-1].receptive_field if table.rows else "1"


def _reported(report: CounterReport) -> str:
    if report.unknown:
        return _("not known for {unknown}", unknown=listed(report.unknown[:3]))
    if not report.surplus:
        return f"{report.number:,} (=)"
    if not report.expected:
        return f"{report.number:,}"
    return f"{report.number:,} ({report.surplus / report.expected:+.2%})"
