"""The way through the lesson: its stops, the one before and the one behind, by click or by key."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from ui.components.loader import load

_STOPS = load("stops")


@dataclass(frozen=True)
class Stop:
    """One stop of the lesson.

    Attributes:
        number: From 1; what stands in the address.
        name: In a word.
        is_done: Whether its task is solved.
        href: Its address.
        spoken: What is read out of it.
    """

    number: int
    name: str
    is_done: bool
    href: str
    spoken: str


def show_stops(
    stops: Sequence[Stop],
    current: int,
    *,
    words: dict[str, str],
    presents: bool,
    key: str,
    on_change: Callable[[], None],
) -> None:
    """Mount the way; in its callback `st.session_state[key].stop` is the chosen stop's number.

    Arrow keys and a clicker's keys (Page Up, Page Down) go to the stops beside the current one,
    unless what has the focus needs them itself.

    Args:
        stops: Those that are shown, in order.
        current: The number of the one that is open.
        words: `label` of the whole, `before` and `next` of the buttons, `present`, `leave` and
            `print`.
        presents: Whether the page is shown to a class.
        key: Of the component; its trigger `presents` asks for the other way to show the page.
        on_change: Called when either was asked for.
    """
    _STOPS(
        key=key,
        data={
            "stops": [asdict(stop) for stop in stops],
            "current": current,
            "words": words,
            "presents": presents,
        },
        on_stop_change=on_change,
        on_presents_change=on_change,
    )
