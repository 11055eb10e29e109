"""The page's address, which holds what is shown, so that a link shows it again.

`tidy` runs before a page's first widget: what nobody can mean is left out, older spellings become
today's. Numbers, switches and texts are then bound to their widgets (`bind="query-params"`), which
puts what people read into the address; what has a label of its own is chosen with `choose`, which
puts a key there. All that an address keeps is found by looking for `query-params`, `choose(`,
`seed(` and `write(`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import get_session_state

from ui.old_links import TODAYS_SPELLING

Key = TypeVar("Key", bound=str | float)

LONGEST_VALUE = 100
LONGEST_TEXT = 20_000
FLAGS = ("present",)  # what stands in an address by its name alone
WRITTEN = "address_written"  # in session state: what was written, until the browser knows
KEPT = "address_kept"  # in session state: what an address has again that is opened without it
TEXTS = ("network", "network_input", "inside_off", "window_pixels", "window_weights")


@dataclass(frozen=True)
class _Written:
    """What was written into the address, in a callback before the page or by the page itself.

    Attributes:
        before: What stood there.
        now: What stands there now.
        page: Whose address it is.
        is_new: Whether no run since has been asked for by a browser that knows.
    """

    before: str
    now: str
    page: str
    is_new: bool = True


def tidy() -> None:
    """Leave out of the address what no widget could mean, and translate what older links say.

    What was written into it stays, though the browser had not learned of it when it sent for this.
    """
    _keep_what_was_written()
    with get_session_state().query_params() as held:
        before = {name: held.get_all(name) for name in held}
        for name, values in before.items():
            kept = [_todays(name, value) for value in values if _makes_sense(name, value)]
            if not kept:
                held.remove_param(name)
            elif kept != values:
                held.set_corrected_value(name, kept, "string_array_value")
        # From these, and not from what is left, Streamlit fills the widgets that are bound.
        held.set_initial_query_params_from_current()


def read(name: str) -> str:
    """Return a value of the address; empty if there is none."""
    return st.query_params.get(name, "")


def read_numbers(
    name: str, limits: tuple[int, ...], separator: str = ","
) -> tuple[int, ...] | None:
    """Return the whole numbers that a value of the address holds, each below its limit.

    Args:
        name: Of the value.
        limits: As many as there shall be numbers.
        separator: What stands between them.
    """
    texts = read(name).split(separator)
    numbers = [whole_number(text) for text in texts]
    if len(numbers) != len(limits):
        return None
    within = [n for n, limit in zip(numbers, limits, strict=True) if n is not None and n < limit]
    return tuple(within) if len(within) == len(limits) else None


def whole_number(text: str) -> int | None:
    """Return the number from 0 to 999,999,999 that a text is, if it is one.

    >>> whole_number("12"), whole_number("-1"), whole_number("²"), whole_number("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def write(name: str, text: str | None) -> None:
    """Put a text into the address, or take it out if there is none."""
    before, kept = read(name), st.session_state.get(KEPT, {})
    if text and name in kept:
        kept[name] = text
    elif not text:
        kept.pop(name, None)
    if before == (text or ""):
        return
    st.session_state.setdefault(WRITTEN, {})[name] = _Written(before, text or "", _page())
    _put(name, text or "")


def keep(*names: str) -> None:
    """Give an address that is opened without these values those it had in this visit before.

    On the way back it holds what it held then, and that is what is kept from there on.
    """
    kept: dict[str, str] = st.session_state.setdefault(KEPT, {})
    known = {name: read(name) for name in names if read(name)}
    missing = {name: kept[name] for name in names if name in kept and name not in known}
    kept.update(known)
    if _goes_back():
        for name in missing:
            del kept[name]
    elif missing:
        written = st.session_state.setdefault(WRITTEN, {})
        written |= {name: _Written("", text, _page()) for name, text in missing.items()}
        st.query_params.update(missing)  # all at once: one step on the way back


def _put(name: str, text: str) -> None:
    if text:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)


def _keep_what_was_written() -> None:
    """Write again what the browser, whose message has the address of before, does not know yet."""
    written: dict[str, _Written] = st.session_state.get(WRITTEN, {})
    if _goes_back():
        written.clear()
    for name, one in list(written.items()):
        if one.page != _page():
            del written[name]
        elif read(name) == one.before:
            _put(name, one.now)
        elif one.is_new:
            written[name] = replace(one, is_new=False)
        else:
            del written[name]


def _page() -> str:
    run = get_script_run_ctx()
    return "" if run is None else run.page_script_hash


def _goes_back() -> bool:
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def choose(
    widget: Callable[..., Any],
    label: str,
    options: Mapping[Key, str],
    *,
    key: str,
    default: Key | None = None,
    at_first: Key | None = None,
    **settings: Any,
) -> Key:
    """Show a widget that chooses one of several, and keep the choice in the address by its key.

    Args:
        widget: Such as `st.selectbox`, or the same of a container.
        label: Of the widget.
        options: What is read by people, for each key.
        key: Of the widget, and the value's name in the address.
        default: What stands in no address; the first one if None.
        at_first: What is chosen at first where no address says; the default if None.
        settings: For the widget.
    """
    keys = list(options)
    first = keys[0] if default is None else default
    seed(
        key,
        {str(option): option for option in keys},
        first,
        at_first if at_first in options else None,
    )
    chosen: Key = widget(label, keys, key=key, format_func=options.__getitem__, **settings)
    write(key, None if chosen == first else str(chosen))
    return chosen


def seed(key: str, values: Mapping[str, Any], default: Any, at_first: Any = None) -> None:
    """Give a widget the value that the address asks for, at first and on the way back.

    Args:
        key: Of the widget, and the value's name in the address.
        values: The widget's values, by what stands for them in the address.
        default: What an address means that asks for none of them.
        at_first: What it has instead when the page is opened without; the default if None.
    """
    if _goes_back():
        st.session_state[key] = values.get(read(key), default)
    elif st.session_state.get(key) not in values.values():
        first = default if at_first is None else at_first
        st.session_state[key] = values.get(read(key), first)


def _todays(name: str, value: str) -> str:
    return TODAYS_SPELLING.get(name, {}).get(value, value)


def _makes_sense(name: str, value: str) -> bool:
    """Tell whether a value may be handed to a widget: not empty, not endless, no infinity.

    >>> [_makes_sense("size", text) for text in ("3", "Blur", "", "inf", "1e400", "7" * 400)]
    [True, True, False, False, False, False]
    """
    if name in TEXTS:
        return len(value) <= LONGEST_TEXT
    if name in FLAGS and not value:
        return True
    try:
        return 0 < len(value) <= LONGEST_VALUE and math.isfinite(float(value))
    except ValueError:
        return True  # a word
