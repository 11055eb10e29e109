"""The tab "A network": a list of layers, and all its numbers."""

from dataclasses import MISSING

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.explained.repair import Repair, nearest_working
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults
from mnistcore.pasted.reading import PastedError
from mnistcore.pasted.tables import pasted_table
from mnistcore.stacks.draft import DraftAnalysis, needs_fitting
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.table import NetworkTable, layer_name, stack_table
from mnistcore.stacks.text_format import write_layers
from ui import address
from ui.calculator import (
    layer_list,
    nearest_layer,
    network_actions,
    network_state,
    network_table,
    pasted_problem,
    receptive_field,
    torchvision_model,
)
from ui.calculator.network_state import INPUT, ROW, TEXT, Network
from ui.language import N_, _, each
from ui.parts import unless_refused

SOURCES = {"own": N_("Your own layers"), "torchvision": N_("A torchvision model")}
PRESET = "network_preset"
CONTROL_WIDTH_PX = 190
CODE = "<style>.st-key-network textarea {font-family: monospace;}</style>"


def show() -> None:
    """Draw the tab."""
    source = address.choose(
        st.segmented_control,
        _("Network"),
        each(SOURCES),
        key="network_source",
        required=True,
        label_visibility="collapsed",
    )
    if source == "torchvision":
        torchvision_model.show()
    else:
        show_own()


def show_own() -> None:
    """Draw a network of the visitor's own: what it is, what is wrong with it, its numbers."""
    choices, problem, text, answer = (st.container() for _place in range(4))
    with choices:
        show_choices()
    typed = network_state.current_text()
    try:
        network = network_state.current_network()
    except InvalidInputError as error:
        with text:
            show_text(is_open=True)
        with problem:
            pasted_problem.show_error(error, typed)
            if isinstance(error, PastedError) and error.names:
                pasted_problem.show_choice(error)
            st.caption(_("What was typed is kept, below. Mend it there, or start anew."))
            st.button(_("Start from MyNet"), on_click=_load, args=(network_state.DEFAULT,))
        return
    with problem:
        show_problem(network, typed)
    with text:
        show_text(is_open=bool(network.reading and network.reading.problem))
    with answer:
        show_network(network)


def show_choices() -> None:
    """Draw the choice of a known network, and the input shape."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Start from"),
            list(PRESETS),
            index=None,
            format_func=_,
            placeholder=_("a known network"),
            key=PRESET,
            on_change=_load_preset,
            width=CONTROL_WIDTH_PX,
        )
        st.text_input(
            _("Input shape"),
            network_state.default_input(),
            key=INPUT,
            bind="query-params",
            width=CONTROL_WIDTH_PX,
            help=_("Channels, height, width; or channels, length; or features."),
        )


def show_text(*, is_open: bool) -> None:
    """Draw the network as text, to be typed or pasted; open where it has to be mended."""
    label = _("The network as text: edit it, or paste your PyTorch code")
    with st.expander(label, icon=":material/code:", expanded=is_open):
        st.html(CODE)
        st.text_area(
            _("Layers"),
            network_state.default_text(),
            key=TEXT,
            bind="query-params",
            on_change=network_state.forget_row,
            height=320,
            label_visibility="collapsed",
            help=_(
                "A class with its forward, an nn.Sequential, what print(model) shows, or a "
                "layer a line. Nothing of it is executed; what is not understood is named "
                "with its line."
            ),
        )


def show_problem(network: Network, text: str) -> None:
    """Say what is wrong with a text that could be read; beside it, where it is mended."""
    if network.reading and network.reading.problem:
        pasted_problem.show_error(network.reading.problem, text)
        pasted_problem.show_input_offer(network, text)


def show_network(network: Network) -> None:
    """Draw the numbers of a network as typed, and the controls that change it."""
    result = network.analyse()
    table = network_table_of(network, result)
    obstacle = network.list_obstacle
    if network.reading:
        pasted_problem.show_notes(network.reading.notes)
    if obstacle:
        pasted_problem.show_list_offer(network)
    elif result.problem:
        show_repair(network, result)
    network_table.show_totals(table)
    left_over = [write_layers([draft]) for draft in network.drafts[len(table.rows) :]]
    names = [*(layer_name(row.layer) for row in result.analysis.rows), *left_over]
    selected = select_row(result, len(names))
    network_table.show_rows(table.rows, left_over, selected, path_width_px=_path_width(table))
    controls, picture = st.columns([3, 2], gap="large")
    with controls:
        row = selected if obstacle else layer_list.show(network, names)
        if not obstacle:
            network_actions.show_training(result)
    with picture:
        if 0 <= row < len(table.rows):
            receptive_field.show(table.rows[row], network.input_shape)
    if not obstacle:
        network_actions.show_check(result.stack)
    network_table.show_shares(table.rows, "network_shares")
    if not obstacle:
        network_actions.show_files(result.stack, table, is_whole=not result.problem)


def network_table_of(network: Network, result: DraftAnalysis) -> NetworkTable:
    """Return the numbers as a table, with the paths of the text if it is more than a list."""
    if network.reading and network.list_obstacle and not network.reading.problem:
        return pasted_table(network.reading)
    return stack_table(_("Your network"), result.analysis)


def _path_width(table: NetworkTable) -> int:
    longest = max((len(row.path) for row in table.rows), default=0)
    return min(52 + 7 * max(0, longest - 3), 160)


def select_row(result: DraftAnalysis, num_layers: int) -> int:
    """Return the selected row; at first what has to be mended, or the last that can be drawn."""
    if ROW not in st.session_state:
        rows = result.analysis.rows
        drawable = [
            place
            for place, row in enumerate(rows)
            if row.num_macs and len(row.output_shape) == 3 and any(row.receptive_fields)
        ]
        st.session_state[ROW] = drawable[-1] if drawable else 0
        if result.problem:
            st.session_state[ROW] = len(rows)
    selected: int = max(0, min(st.session_state[ROW], num_layers - 1))
    return selected


def show_repair(network: Network, result: DraftAnalysis) -> None:
    """Offer what would mend the layer that cannot work."""
    row = len(result.analysis.rows)
    if needs_fitting(network.input_shape, network.drafts):
        st.button(
            _("Fit every layer to the one before it"),
            on_click=network_state.write_fitted,
            args=(network, network.drafts),
            icon=":material/healing:",
        )
    elif repair := find_repair(network, result):
        nearest_layer.show(repair)
        st.button(
            _("Take that layer"),
            on_click=network_state.replace_layer,
            args=(network, row, {"kind": repair.layer.kind} | repair.layer.arguments()),
            icon=":material/healing:",
        )
    st.caption(
        _("The numbers below end before layer {row}; the rest is kept as typed.", row=row + 1)
    )


def find_repair(network: Network, result: DraftAnalysis) -> Repair | None:
    """Return the nearest layer that works in place of the impossible one, if one is known."""
    typed = dict(network.drafts[len(result.analysis.rows)])
    kind = str(typed.pop("kind"))
    defaults = argument_defaults(kind) if kind in LAYER_KINDS else {}
    known = {name: value for name, value in defaults.items() if value is not MISSING}
    repair = nearest_working(kind, known | typed, result.analysis.output_shape)
    return repair if repair and repair.changes else None


@unless_refused
def _load_preset() -> None:
    _load(st.session_state[PRESET])
    st.session_state[PRESET] = None


def _load(name: str) -> None:
    network_state.load(preset(name))
