"""The frame of every stop: a sentence, a picture, a control, a task, and the rest folded below."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnistcore.lesson.outcome import Outcome
from ui import address
from ui.components.reports import reported
from ui.components.stops.component import Stop, show_stops
from ui.language import _, each
from ui.lesson.kept_network import follow_address
from ui.lesson.texts import frame as texts

STOP, PRESENTS, ONLY = "stop", "present", "only"  # in the address
LEFT_OFF, DONE = "lesson_stop", "lesson_done"  # in session state
WAY = "lesson_way"

ROOM, FRAME, PRESENTING, DARK_HANDOUT = (
    Path(__file__).with_name(f"{name}.css")
    for name in ("room", "frame", "presenting", "dark_handout")
)
_SIGNS = {
    True: '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3 8.5 3.5 3.5L13 4.5"/></svg>',
    False: '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 3v6M8 12.6v.1"/></svg>',
}


@dataclass(frozen=True)
class StopParts:
    """What a stop is made of.

    Attributes:
        name: In a word.
        title: Above the sentence.
        sentence: What the stop says.
        show: Draws picture, control, task and fold into the frame.
    """

    name: str
    title: str
    sentence: str
    show: Callable[[], None]


def current_stop(numbers: list[int]) -> int:
    """Return the stop that the address asks for, or where the visitor left off."""
    asked = address.whole_number(address.read(STOP))
    kept = st.session_state.get(LEFT_OFF)
    number = next((one for one in (asked, kept) if one in numbers), numbers[0])
    assert number is not None  # it is in `numbers`
    st.session_state[LEFT_OFF] = number
    address.write(STOP, str(number))
    return number


def shown_stops(stops: Mapping[int, StopParts]) -> list[int]:
    """Return the numbers of the stops that the address does not hide: `only=1,3` hides the rest."""
    asked = {address.whole_number(text) for text in address.read(ONLY).split(",")}
    return [number for number in stops if number in asked] or list(stops)


def show_lesson(stops: Mapping[int, StopParts]) -> None:
    """Show the stop that the address asks for, and the way to the others."""
    presents = PRESENTS in st.query_params
    st.html(ROOM)
    st.html(FRAME)
    if presents:
        st.html(PRESENTING)
    if st.context.theme.type == "dark":
        st.html(DARK_HANDOUT)
    follow_address()
    numbers = shown_stops(stops)
    current = current_stop(numbers)
    stop = stops[current]
    with st.container(key="lesson"):
        with st.container(key=WAY + "_place"):
            _show_way(stops, numbers, current, presents)
        with st.container(key="lesson_head"):
            st.title(_(stop.title), anchor=False)
            st.markdown(_(stop.sentence))
        stop.show()


def places() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Return the places of the stop's picture, its control, and its task."""
    picture = st.container(key="lesson_picture")
    with st.container(horizontal=True, key="lesson_below"):
        return picture, st.container(key="lesson_control"), st.container(key="lesson_task")


def fold(show: Callable[[], None]) -> None:
    """Show what else there is, folded up; it is drawn once it is opened."""
    key = f"lesson_fold_{st.session_state[LEFT_OFF]}"
    place = st.expander(_(texts.FOLD), on_change="rerun", key=key)
    if place.open:
        with place:
            show()


def choose(
    label: str,
    options: Mapping[int, str],
    *,
    key: str,
    default: int | None = None,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> int:
    """Show a control that chooses one of a few numbers; it is kept while the visitor is away.

    Args:
        label: Of the control.
        options: What is read by people, for each number.
        key: Of the widget.
        default: What is chosen at first; the first one if None.
        label_visibility: Whether the label is seen, or read out only.
    """
    first = next(iter(options)) if default is None else default
    chosen: int = st.segmented_control(
        label,
        list(options),
        default=first,
        format_func=options.__getitem__,
        required=True,
        key=key,
        label_visibility=label_visibility,
        persist_state="session",
    )
    return chosen


def answers_and_result() -> DeltaGenerator:
    """Return the place below the question: what there is to choose, and what came of it."""
    return st.container(horizontal=True, vertical_alignment="center", key="lesson_answers")


def choose_answer(answers: Iterable[int] | Mapping[int, str], *, key: str) -> int | None:
    """Show the answers to choose from; return the chosen one, or None before there is one."""
    labels = answers if isinstance(answers, Mapping) else {one: f"{one:,}" for one in answers}
    chosen: int | None = st.segmented_control(
        _(texts.ANSWER),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen


def ask(question: str) -> None:
    """Put the stop's question into the place of its task."""
    st.markdown(_(texts.TASK, question=question))


def solve(outcome: Outcome | None, sentences: Mapping[str, str], **words: str) -> None:
    """Tell what came of the visitor's answer, and remember that the task is solved.

    Args:
        outcome: Of the task's check; None before there is an answer.
        sentences: For each of the check's cases, with the outcome's numbers named in it.
        words: Numbers as they are to be written, in place of the outcome's.
    """
    if outcome is None:
        st.html('<div class="lesson-result" role="status"></div>')
        return
    sentence = _(sentences[outcome.case], **{**outcome.numbers, **words})
    done: set[int] = st.session_state.setdefault(DONE, set())
    if outcome.is_right and st.session_state[LEFT_OFF] not in done:
        done.add(st.session_state[LEFT_OFF])
        st.rerun()  # the way is drawn anew as well, of which a stop's own fragment knows nothing
    kind = "right" if outcome.is_right else "open"
    st.html(
        f'<div class="lesson-result {kind}" role="status">{_SIGNS[outcome.is_right]}'
        f"<span>{sentence}</span></div>"
    )


def _show_way(
    stops: Mapping[int, StopParts], numbers: list[int], current: int, presents: bool
) -> None:
    done: set[int] = st.session_state.get(DONE, set())
    kept = "".join(f"&{name}={value}" for name, value in st.query_params.items() if name != STOP)
    entries = [
        Stop(
            number,
            _(stops[number].name),
            number in done,
            f"?{STOP}={number}{kept}",
            _(
                texts.SPOKEN_DONE if number in done else texts.SPOKEN,
                number=number,
                name=_(stops[number].name),
            ),
        )
        for number in numbers
    ]
    show_stops(
        entries, current, words=each(texts.WAY), presents=presents, key=WAY, on_change=_take_the_way
    )


def _take_the_way() -> None:
    if stop := reported(WAY, "stop", int):
        address.write(STOP, str(stop))
    presents = reported(WAY, "presents", bool)
    if presents is not None:
        if presents:
            st.query_params[PRESENTS] = "1"
        else:
            st.query_params.pop(PRESENTS, None)
