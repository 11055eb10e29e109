"""The controls that change one layer of the network, and its place."""

from collections.abc import Callable, Sequence

import streamlit as st

from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults
from mnistcore.stacks.argument_text import read_value, write_value
from mnistcore.stacks.text_format import Draft
from ui.calculator import network_state
from ui.calculator.network_state import ROW, Network
from ui.language import N_, _
from ui.parts import unless_refused

CONTROL_WIDTH_PX = 130
NEW_KIND = "network_new_kind"
HELP = {
    "out_channels": N_("How many kernels: each makes one map."),
    "kernel_size": N_("A number, or height and width: 3, 5."),
    "stride": N_("Distance between two positions of the kernel. Empty: the default."),
    "padding": N_("A number, a pair, same or valid."),
    "dilation": N_("Distance between two kernel elements."),
    "groups": N_(
        "Channels in groups that know nothing of each other; as many as channels: depthwise."
    ),
    "output_padding": N_("Pixels added at the end of each axis of the output."),
    "out_features": N_("Numbers that go out."),
    "p": N_("Share of the numbers that training drops."),
}


def show(network: Network, names: Sequence[str]) -> int:
    """Draw the controls and return the row they are about; -1 if there is no layer."""
    row = choose_layer(names)
    if row >= 0:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            show_arguments(network, row)
    show_adding(network, row)
    return row


def choose_layer(names: Sequence[str]) -> int:
    """Draw the choice of a layer, and return its row."""
    if not names:
        st.info(_("No layers yet. Add one, or start from a known network."))
        return -1
    st.session_state[ROW] = max(0, min(st.session_state[ROW], len(names) - 1))
    row: int = st.selectbox(
        _("Layer to change"),
        range(len(names)),
        key=ROW,
        format_func=lambda place: f"{place + 1}: {names[place]}",
        help=_("Or click on its row in the table."),
    )
    return row


def show_arguments(network: Network, row: int) -> None:
    """Draw one control for the layer's kind, and one for each of its arguments."""
    draft = network.drafts[row]
    kind = str(draft["kind"])
    kinds = list(LAYER_KINDS) if kind in LAYER_KINDS else [kind, *LAYER_KINDS]
    key = network_state.controls_key("kind", row, kind)
    st.session_state[key] = kind
    st.selectbox(
        _("Kind"),
        kinds,
        key=key,
        on_change=_set_kind,
        args=(network, row, key),
        width=CONTROL_WIDTH_PX + 30,
        help=_("The name of the layer in torch.nn."),
    )
    if kind not in LAYER_KINDS:
        return
    for name, default in argument_defaults(kind).items():
        if name != LAYER_KINDS[kind].input_argument:
            _argument(network, row, name, draft.get(name, default), default)


def show_adding(network: Network, row: int) -> None:
    """Draw the buttons that move, copy, remove and add a layer."""
    last = len(network.drafts) - 1
    with st.container(horizontal=True, vertical_alignment="bottom", key="layer_place"):
        place = (network, row)
        up, down = (*place, -1), (*place, 1)
        _button(_("Up"), "up", "arrow_upward", network_state.move, up, disabled=row <= 0)
        _button(
            _("Down"),
            "down",
            "arrow_downward",
            network_state.move,
            down,
            disabled=row in (-1, last),
        )
        _button(_("Copy"), "copy", "content_copy", network_state.duplicate, place, disabled=row < 0)
        _button(_("Remove"), "remove", "delete", network_state.remove, place, disabled=row < 0)
        st.selectbox(
            _("Add behind it"),
            list(LAYER_KINDS),
            index=None,
            placeholder=_("a layer"),
            key=NEW_KIND,
            on_change=_add,
            args=place,
            width=CONTROL_WIDTH_PX + 30,
        )


def _button(
    label: str,
    name: str,
    icon: str,
    callback: Callable[..., None],
    args: tuple[object, ...],
    *,
    disabled: bool,
) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        on_click=callback,
        args=args,
        disabled=disabled,
        key=f"network_{name}",
    )


def _argument(network: Network, row: int, name: str, value: object, default: object) -> None:
    key = network_state.controls_key(f"argument_{name}", row, str(network.drafts[row]["kind"]))
    args = (network, row, name, key)
    if isinstance(default, bool) and isinstance(value, bool):
        st.session_state[key] = value
        st.toggle(name, key=key, on_change=_set_argument, args=args)
        return
    st.session_state[key] = write_value(value) if value is not default or value else ""
    shown_default = write_value(default) if isinstance(default, int | float) else ""
    st.text_input(
        name,
        key=key,
        placeholder=shown_default or (_("as kernel_size") if default is None else _("needed")),
        on_change=_set_argument,
        args=args,
        width=CONTROL_WIDTH_PX,
        help=_(HELP[name]) if name in HELP else None,
    )


@unless_refused
def _set_kind(network: Network, row: int, key: str) -> None:
    draft = network_state.new_draft(st.session_state[key], network.drafts[row])
    network_state.replace_layer(network, row, draft)


def _set_argument(network: Network, row: int, name: str, key: str) -> None:
    typed = st.session_state[key]
    draft: dict[str, object] = dict(network.drafts[row])
    draft.pop(name, None)
    if typed != "":
        draft[name] = typed if isinstance(typed, bool) else read_value(typed)
    network_state.replace_layer(network, row, _in_order(draft))


def _in_order(draft: Draft) -> Draft:
    """Return the arguments in torch's order, whatever was typed last."""
    names = ["kind", *argument_defaults(str(draft["kind"]))]
    names += [name for name in draft if name not in names]
    return {name: draft[name] for name in names if name in draft}


@unless_refused
def _add(network: Network, row: int) -> None:
    network_state.add(network, row, st.session_state[NEW_KIND])
    st.session_state[NEW_KIND] = None
