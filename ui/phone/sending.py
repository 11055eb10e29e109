"""The phone's part: it goes to a screen by its code, and what is drawn is sent there."""

import secrets
from io import BytesIO

import streamlit as st
from PIL import Image

from mnistcore.errors import InvalidInputError
from ui import address
from ui.operator_log import log_refusal
from ui.operator_settings import check_may_use_phones
from ui.phone.relay import RELAY, Screen, as_code

TO = "to"  # in the address: the code of the screen
SIDE_PX = 336  # of the square that a drawing is sent in, as large as the canvas
SCREEN, FAULT, TRIED = "phone_screen", "phone_fault", "phone_tried"  # in session state
REFUSED = "phone_refused"  # in session state: codes that no address leads to any more
VISITOR = "phone_visitor"


def goal() -> Screen | None:
    """Return the screen that this visitor's drawings go to; None if they go nowhere."""
    screen: Screen | None = st.session_state.get(SCREEN)
    return screen


def fault() -> InvalidInputError | None:
    """Return why the last drawing did not arrive, or the code did not lead anywhere."""
    found: InvalidInputError | None = st.session_state.get(FAULT)
    return found


def follow_address() -> None:
    """Go to the screen that the address names, unless that was tried; every page calls this.

    One that was stopped is gone to again when its code is typed, not when an older address has it.
    """
    code = address.read(TO)
    is_refused = as_code(code) in st.session_state.get(REFUSED, ())
    if code and code != st.session_state.get(TRIED) and not is_refused:
        go_to(code)
    screen = goal()
    if screen is not None:
        address.write(TO, screen.code)  # from page to page, and when this one is loaded again


def go_to(code: str) -> None:
    """Send what is drawn from now on to the screen with a code; a callback's part."""
    _forget_goal()
    st.session_state.get(REFUSED, set()).discard(as_code(code))
    st.session_state[TRIED] = code
    try:
        check_may_use_phones()
        st.session_state[SCREEN] = RELAY.find_screen(code, _visitor())
        st.session_state[TRIED] = goal_code()
        address.write(TO, goal_code())
    except InvalidInputError as error:
        _tell(error)


def goal_code() -> str:
    """Return the code of the screen that drawings go to; empty if there is none."""
    screen = goal()
    return "" if screen is None else screen.code


def stop_sending() -> None:
    """Send nothing any more; a callback."""
    if code := goal_code() or as_code(st.session_state.get(TRIED, "")):
        st.session_state.setdefault(REFUSED, set()).add(code)
    _forget_goal()


def _forget_goal() -> None:
    for name in (SCREEN, FAULT, TRIED):
        st.session_state.pop(name, None)
    address.write(TO, None)


def send(png: bytes | None) -> None:
    """Send a finished drawing, if this visitor's go anywhere.

    Args:
        png: What the canvas checked; None if it is blank, of which nobody is told.
    """
    screen = goal()
    if screen is None or png is None:
        return
    try:
        check_may_use_phones()
        RELAY.send(screen, _visitor(), _as_sent(png))
        st.session_state.pop(FAULT, None)
    except InvalidInputError as error:
        _tell(error)


def find_goal_open() -> None:
    """Go nowhere any more if the screen's code is over, and remember that."""
    screen = goal()
    if screen is None:
        return
    try:
        check_may_use_phones()
        RELAY.check_is_open(screen)
    except InvalidInputError as error:
        _forget_goal()
        _tell(error)


def _as_sent(png: bytes) -> bytes:
    """Return a picture without colours, as large as the canvas at most: so it takes little room."""
    picture = Image.open(BytesIO(png)).convert("L")
    picture.thumbnail((SIDE_PX, SIDE_PX))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _tell(error: InvalidInputError) -> None:
    log_refusal(__name__, error)
    st.session_state[FAULT] = error


def _visitor() -> str:
    visitor: str = st.session_state.setdefault(VISITOR, secrets.token_hex(16))
    return visitor
