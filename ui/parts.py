"""The parts of a page: tabs, and what reruns alone. Each tells what its visitor can put right."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Literal, NamedTuple, ParamSpec, TypeVar

import streamlit as st

from mnistcore.errors import InvalidInputError
from ui import address
from ui.language import _
from ui.operator_log import log_refusal
from ui.plain_text import sentence

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Tab(NamedTuple):
    """What its label says, and what draws it."""

    label: str
    show: Callable[..., None]


def show_tabs(tabs: Mapping[str, Tab], *given: object, key: str) -> None:
    """Show the tab whose key the address holds; what is wrong in it is told in it.

    Args:
        tabs: By the keys that stand in the address; the first is open at first.
        given: What every tab is drawn with.
        key: Of the tabs, and their name in the address.
    """
    by_name = {name: _(tab.label) for name, tab in tabs.items()}
    labels = [*by_name.values()]
    st.session_state[f"{key}_labels"] = by_name
    address.seed(key, by_name, labels[0])
    places = st.tabs(labels, on_change="rerun", key=key)
    for place, (name, tab) in zip(places, tabs.items(), strict=True):
        if place.open:
            address.write(key, None if name == next(iter(tabs)) else name)
            with place:
                tells_what_is_wrong(tab.show)(*given)


def open_tab(key: str, name: str) -> None:
    """Open another of the tabs of a key; a callback's part."""
    st.session_state[key] = st.session_state[f"{key}_labels"][name]


def fragment(
    *, run_every: float | None = None
) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """Return `st.fragment` for a part that tells what is wrong, as its page does.

    What a fragment raises when it reruns alone reaches no other part of the page.
    """

    def decorate(show: Callable[Given, None]) -> Callable[Given, None]:
        return st.fragment(tells_what_is_wrong(show), run_every=run_every)

    return decorate


def dialog(title: str, **settings: Any) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """Return `st.dialog` for a part that tells what is wrong."""

    def decorate(show: Callable[Given, None]) -> Callable[Given, None]:
        return st.dialog(title, **settings)(tells_what_is_wrong(show))

    return decorate


def tells_what_is_wrong(show: Callable[Given, None]) -> Callable[Given, None]:
    """Return a part that shows an `InvalidInputError` as a sentence in its place."""

    @wraps(show)
    def told(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            show(*args, **kwargs)
        except InvalidInputError as error:
            log_refusal(show.__module__, error)
            st.error(sentence(error))

    return told


def unless_refused(act: Callable[Given, None]) -> Callable[Given, None]:
    """Return a callback that changes nothing where what it was given is refused.

    For what no page offers, so that only a browser that was tampered with can send it.
    """

    @wraps(act)
    def done(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            act(*args, **kwargs)
        except InvalidInputError as error:
            log_refusal(act.__module__, error)

    return done


def kept_answer(
    clicked: bool, question: object, answer: Callable[[], Answer], *, key: str
) -> Answer | None:
    """Return what a click asked for, until something else is asked about.

    A page that is drawn anew, as it is when torch has come, takes no answer away.

    Args:
        clicked: Whether the button was clicked just now.
        question: What the answer depends on.
        answer: Finds it, under a spinner of its own.
        key: In session state, of question and answer.
    """
    if clicked:
        st.session_state[key] = (question,)  # first: a redraw may cut the answer short
    kept = st.session_state.get(key, (None,))
    if kept[0] != question:
        return None
    if len(kept) == 1:
        kept = st.session_state[key] = (question, answer())
    found: Answer = kept[1]
    return found


@fragment()
def show_folded_code(
    label: str, *programs: Callable[[], str], key: str, height: int | Literal["content"] = "content"
) -> None:
    """Show programs to copy under a title, once it is opened.

    A page without code comes earlier: the browser has no highlighter to load first. What has a
    height of its own is scrolled both ways: rows of numbers stay rows. Not for a place that is
    folded up itself: what comes late would lie over what follows.
    """
    folded = st.expander(label, icon=":material/code:", key=key, on_change="rerun")
    if folded.open:
        for program in programs:
            folded.code(program(), height=height, wrap_lines=height == "content")
