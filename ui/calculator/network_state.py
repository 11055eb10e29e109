"""The network of the tab "A network": its text and its input shape, both in the address.

The text is what the visitor typed or what the controls wrote; it may be impossible, and is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import argument_defaults
from mnistcore.layers.layer import Shape
from mnistcore.pasted.inputs import fit_input
from mnistcore.pasted.reading import PastedNetwork, read_network, understand
from mnistcore.pasted.tables import list_obstacle, pasted_drafts
from mnistcore.stacks.argument_text import read_shape
from mnistcore.stacks.draft import DraftAnalysis, analyse_drafts, fit_drafts
from mnistcore.stacks.json_format import stack_from_json
from mnistcore.stacks.presets import preset
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.text_format import Draft, drafts_of, write_layers

TEXT, INPUT, ROW = "network", "network_input", "network_row"
NAME = "network_name"  # of the one that is meant, where a text has several
GENERATION = "network_generation"  # of the rows: another network, or layers that changed places
DEFAULT = "MyNet"
NEW_ARGUMENTS: dict[str, object] = {
    **{"in_channels": 1, "in_features": 1, "num_features": 1},
    **{"out_channels": 16, "out_features": 10, "kernel_size": 3},
}


@dataclass(frozen=True)
class Network:
    """A network as typed.

    Args:
        input_shape: Of one image.
        drafts: Its layers, as far as they were understood.
        reading: What was read in the text; None if the text is empty.
    """

    input_shape: Shape
    drafts: tuple[Draft, ...]
    reading: PastedNetwork | None = None

    def analyse(self) -> DraftAnalysis:
        """Return its numbers, up to the first impossible layer."""
        return analyse_drafts(self.input_shape, self.drafts)

    @property
    def list_obstacle(self) -> str:
        """Return why the layers alone are another network than the text's; "" if they are not."""
        return list_obstacle(self.reading) if self.reading else ""


def default_text() -> str:
    """Return the text of the network that a visitor meets first."""
    return write_layers(drafts_of(preset(DEFAULT)))


def default_input() -> str:
    """Return the input shape of the network that a visitor meets first."""
    return shape_text(preset(DEFAULT).input_shape)


def current_text() -> str:
    """Return the text as it stands: in the session, or else in the address."""
    text: str | None = st.session_state.get(TEXT, st.query_params.get(TEXT, default_text()))
    return text or ""


def current_network() -> Network:
    """Return the network as it stands: in the session, or else in the address.

    Raises:
        PastedError: The text cannot be read.
        InvalidInputError: The input shape cannot be read.
    """
    shape = st.session_state.get(INPUT, st.query_params.get(INPUT, default_input()))
    input_shape = read_shape(shape or "")
    text = current_text()
    if not text.strip():
        return Network(input_shape, ())
    reading = read(text, input_shape, st.session_state.get(NAME, ""))
    return Network(input_shape, tuple(pasted_drafts(reading)), reading)


@st.cache_resource(max_entries=100, show_spinner=False)
def read(text: str, input_shape: Shape, name: str) -> PastedNetwork:
    """Return what is read in a text."""
    return read_network(text, input_shape, name)


@st.cache_resource(max_entries=100, show_spinner=False)
def fitting_input(text: str, name: str) -> Shape | None:
    """Return the input shape that a text names, or at which all its layers fit; None if unsure."""
    try:
        return fit_input(understand(text, name)).network.input_shape
    except InvalidInputError:
        return None


def write(input_shape: Shape, drafts: Sequence[Draft], row: int | None = None) -> None:
    """Make this the network; a callback, or before the controls are drawn."""
    st.session_state[TEXT] = write_layers(drafts)
    st.session_state[INPUT] = shape_text(input_shape)
    st.session_state.pop(NAME, None)
    if row is not None:
        st.session_state[ROW] = row


def write_fitted(network: Network, drafts: Sequence[Draft], row: int | None = None) -> None:
    """Make this the network, each layer's inputs set to what the layer before it gives."""
    write(network.input_shape, fit_drafts(network.input_shape, drafts), row)
    if row is not None:
        _renew_controls()


def controls_key(name: str, row: int, kind: str) -> str:
    """Return the key of a control of one layer.

    It is another one for another layer: what a browser still sends of the last layer's controls,
    because it has not been told of the new ones yet, must not change this one.
    """
    return f"network_{name}_{st.session_state.get(GENERATION, 0)}_{row}_{kind}"


def _renew_controls() -> None:
    st.session_state[GENERATION] = st.session_state.get(GENERATION, 0) + 1


def load(stack: LayerStack) -> None:
    """Make a known network the one of this tab."""
    write(stack.input_shape, drafts_of(stack))
    forget_row()


def forget_row() -> None:
    """Forget which of the layers was looked at: those of another text are others."""
    st.session_state.pop(ROW, None)
    _renew_controls()


def load_file(data: bytes) -> None:
    """Make the network in a JSON file the one of this tab.

    Raises:
        InvalidInputError: The file holds no network.
    """
    stack = stack_from_json(data.decode("utf-8-sig", errors="replace"))
    read_shape(shape_text(stack.input_shape))
    load(stack)


def add(network: Network, row: int, kind: str) -> None:
    """Insert a layer of a kind behind a row."""
    drafts = list(network.drafts)
    drafts.insert(row + 1, new_draft(kind))
    write_fitted(network, drafts, min(row + 1, len(drafts) - 1))


def duplicate(network: Network, row: int) -> None:
    """Insert the same layer once more."""
    drafts = list(network.drafts)
    drafts.insert(row + 1, drafts[row])
    write_fitted(network, drafts, row + 1)


def remove(network: Network, row: int) -> None:
    """Take a layer out."""
    drafts = list(network.drafts)
    del drafts[row]
    write_fitted(network, drafts, max(0, min(row, len(drafts) - 1)))


def move(network: Network, row: int, by: int) -> None:
    """Exchange a layer with the one before or behind it."""
    drafts = list(network.drafts)
    drafts[row], drafts[row + by] = drafts[row + by], drafts[row]
    write_fitted(network, drafts, row + by)


def replace_layer(network: Network, row: int, draft: Draft) -> None:
    """Put another layer in a layer's place."""
    drafts = list(network.drafts)
    drafts[row] = draft
    write_fitted(network, drafts)


def new_draft(kind: str, old: Draft | None = None) -> Draft:
    """Return a layer of a kind, with as many of the old layer's arguments as it takes."""
    old = old or {}
    values = {name: old.get(name, NEW_ARGUMENTS.get(name)) for name in argument_defaults(kind)}
    return {"kind": kind} | {name: value for name, value in values.items() if value is not None}


def shape_text(shape: Shape) -> str:
    """Return a shape as it is typed.

    >>> shape_text((1, 28, 28))
    '1, 28, 28'
    """
    return ", ".join(map(str, shape))
