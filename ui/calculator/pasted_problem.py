"""What cannot be read in a pasted text: beside its line, with the ways on."""

from textwrap import dedent

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.pasted.reading import Note, PastedError
from ui.calculator import network_state
from ui.calculator.network_state import INPUT, NAME, Network
from ui.calculator.numbers import times
from ui.language import _
from ui.plain_text import sentence

LINES_AROUND = 2


def show_error(error: InvalidInputError, text: str) -> None:
    """Say what is wrong, and show the line that it is about among its neighbours."""
    st.error(sentence(error), icon=":material/block:")
    if isinstance(error, PastedError) and error.line:
        st.code(excerpt(text, error.line), language=None)


def excerpt(text: str, line: int) -> str:
    r"""Return a line of a text with its neighbours and their numbers, marked.

    >>> print(excerpt("a\nb\nc\nd\ne", 2))
      1  a
    ▸ 2  b
      3  c
      4  d
    """
    lines = text.splitlines()
    first, last = max(1, line - LINES_AROUND), min(len(lines), line + LINES_AROUND)
    width = len(str(last))
    shown = dedent("\n".join(lines[first - 1 : last])).split("\n")
    return "\n".join(
        f"{'▸' if number == line else ' '} {number:>{width}}  {text[:120]}"
        for number, text in enumerate(shown, start=first)
    )


def show_choice(error: PastedError) -> None:
    """Ask which of several networks is meant."""
    st.markdown(_("Which one do you mean?"))
    with st.container(horizontal=True):
        for name in error.names:
            st.button(
                name,
                key=f"network_named_{name}",
                on_click=_mean,
                args=(name,),
                icon=":material/arrow_forward:",
            )


def show_input_offer(network: Network, text: str) -> None:
    """Offer the input shape that the text names, where the network fails at another."""
    fitting = network_state.fitting_input(text, st.session_state.get(NAME, ""))
    if fitting and fitting != network.input_shape:
        st.button(
            _("Set the input shape to {shape}", shape=times(fitting)),
            key="network_fitting_input",
            on_click=_set_input,
            args=(network_state.shape_text(fitting),),
            icon=":material/healing:",
            help=_("At this shape all layers of the text fit together."),
        )


def show_list_offer(network: Network) -> None:
    """Say why the layers cannot be changed one by one, and offer to go on with them."""
    count = len(network.drafts)
    if not count:
        return
    st.caption(
        _(
            "{obstacle} What was understood is shown below, and the text is kept. To "
            "change layers, train, or take the network along, go on with a plain list of "
            "them.",
            obstacle=sentence(network.list_obstacle),
        )
    )
    st.button(
        _("Go on with these {count} layers as a list", count=count)
        if count > 1
        else _("Go on with this layer"),
        key="network_as_list",
        on_click=network_state.write,
        args=(network.input_shape, network.drafts),
        icon=":material/format_list_numbered:",
    )


def show_notes(notes: tuple[Note, ...]) -> None:
    """Say what is good to know about a text."""
    for note in notes:
        st.caption(
            ":material/info: " + _("Line {line}: {text}", line=note.line, text=sentence(note.text))
        )


def _mean(name: str) -> None:
    st.session_state[NAME] = name


def _set_input(shape: str) -> None:
    st.session_state[INPUT] = shape
