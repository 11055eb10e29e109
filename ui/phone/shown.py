"""What is seen: the way to begin on the start page, a strip that tells of it on every page."""

from collections.abc import Callable

import streamlit as st

from mnistcore.errors import InvalidInputError
from ui import shared
from ui.language import N_, _
from ui.operator_log import log_refusal
from ui.operator_settings import settings
from ui.parts import fragment
from ui.phone import receiving, sending
from ui.phone.address import is_closed, open_address, qr_code
from ui.phone.relay import CODE_LENGTH
from ui.plain_text import sentence

ASKS_SECONDS = 0.7  # a screen, for a drawing
LOOKS_SECONDS = 3.0  # a phone, whether its screen is still there
TYPED = "phone_code"
STRIP = "phone_strip"
CLOSED = N_(
    "This app listens to its own machine alone, so no phone reaches it; another window on this "
    "machine does. The README says how to open it to a class."
)
UNNAMED = N_(
    "On the phone, open the address of this machine in your network, with `:{port}` behind it."
)


def offer_phone() -> None:
    """Show the way to a phone under a button; nothing where there is none."""
    address, may_send = open_address(), settings().phones
    if address is None and not may_send:
        return
    with (
        st.popover(_("On a phone"), icon=":material/qr_code_2:"),
        st.container(key="phone_choice"),
    ):
        screen = receiving.own_screen()
        if address is not None:
            target = address if screen is None else f"{address}?{sending.TO}={screen.code}"
            st.html(qr_code(target))
            st.code(target, language=None)
        elif is_closed():
            st.caption(_(CLOSED))
        else:
            st.caption(_(UNNAMED, port=st.get_option("server.port")))
        if screen is not None:
            st.markdown(
                _(
                    "What is drawn on phones that go there, or on whose start page the code "
                    "**{code}** is typed, is shown here.",
                    code=screen.shown_code,
                )
            )
        elif may_send:
            _offer_screen()
            _ask_for_code()


def _offer_screen() -> None:
    if st.button(
        _("Show here what phones draw"),
        icon=":material/cast:",
        help=_("You get a code. Whoever has it can draw on a phone, and it is shown here."),
    ):
        receiving.open_screen()
        st.rerun()


def _ask_for_code() -> None:
    with st.form("phone_form", border=False):
        st.text_input(
            _("Send what is drawn here to a screen: its code"),
            key=TYPED,
            max_chars=2 * CODE_LENGTH,
        )
        st.form_submit_button(_("Send it there"), on_click=_go_to_typed)


def _go_to_typed() -> None:
    if st.session_state[TYPED].strip():
        sending.go_to(st.session_state[TYPED])


def show_strip() -> None:
    """Tell a screen its code and fetch what comes, tell a phone its screen; every page calls this.

    Nobody is asked for anything where there is neither.
    """
    sending.follow_address()
    with st.container(key="phone_place"):  # always: what follows keeps its place on the page
        if receiving.own_screen() is not None:
            fragment(run_every=ASKS_SECONDS)(_show_screen)()
        elif sending.goal() is not None:
            fragment(run_every=LOOKS_SECONDS)(_show_goal)()
        elif sending.fault() is not None:
            _show_fault()


def _show_screen() -> None:
    screen = receiving.own_screen()
    if screen is None:
        st.rerun()
    try:
        has_come = receiving.take_drawing(screen)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        receiving.close_screen()
        st.session_state[sending.FAULT] = error
        st.rerun()
    if has_come:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key=STRIP):
        st.markdown(_("Code for phones: **{code}**", code=screen.shown_code), width="content")
        if shared.is_from_phone():
            st.badge(_("Drawn on a phone"), icon=":material/smartphone:")
        _show_stop(receiving.close_screen, _("Show no drawings from phones any more"))


def _show_goal() -> None:
    sending.find_goal_open()
    screen = sending.goal()
    if screen is None:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key=STRIP):
        st.markdown(
            _("Your drawings go to **{code}**", code=screen.shown_code),
            width="content",
        )
        _show_stop(sending.stop_sending, _("Send no drawings there any more"))
    if (fault := sending.fault()) is not None:
        st.toast(sentence(fault))


def _show_fault() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=STRIP):
        st.markdown(sentence(sending.fault()))
        _show_stop(sending.stop_sending, _("Close"))


def _show_stop(stop: Callable[[], None], label: str) -> None:
    st.button(
        label, icon=":material/close:", key="phone_stop", help=label, on_click=stop, type="tertiary"
    )
