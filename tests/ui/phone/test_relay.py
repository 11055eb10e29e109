"""Codes and what comes by them: an end to each, to all, and to guessing."""

import pytest

from mnistcore.errors import InvalidInputError
from ui.phone.relay import (
    CODE_LENGTH,
    GUESSES_SECONDS,
    LETTERS,
    LONGEST_SECONDS,
    MOST_SCREENS,
    MOST_WAITING,
    MOST_WRONG,
    UNATTENDED_SECONDS,
    Relay,
)

WRONG = "no screen's"


class Clock:
    """Seconds that pass when a test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def relay(clock: Clock) -> Relay:
    return Relay(clock)


def test_each_phones_last_drawing_is_shown_once_in_the_order_of_coming(relay: Relay) -> None:
    screen = relay.open_screen()
    for visitor, png in [("anna", b"1"), ("ben", b"2"), ("anna", b"3")]:
        relay.send(relay.find_screen(screen.code, visitor), visitor, png)

    assert [relay.take(screen) for _ in range(3)] == [b"3", b"2", None]


def test_a_screen_gets_nothing_that_was_sent_to_another(relay: Relay) -> None:
    one, other = relay.open_screen(), relay.open_screen()

    relay.send(one, "anna", b"1")

    assert relay.take(other) is None


def test_codes_are_easy_to_type_and_each_another(relay: Relay) -> None:
    codes = [relay.open_screen().code for _ in range(MOST_SCREENS)]

    assert len({*codes}) == MOST_SCREENS
    assert all(len(code) == CODE_LENGTH and {*code} <= {*LETTERS} for code in codes)
    assert not {*LETTERS} & {*"0O1IL2Z5S8BGQU"}
    with pytest.raises(InvalidInputError, match="20 screens show drawings from phones already"):
        relay.open_screen()


def test_a_code_is_over_when_its_page_asks_no_more(relay: Relay, clock: Clock) -> None:
    screen = relay.open_screen()
    clock.seconds = UNATTENDED_SECONDS - 1
    assert relay.take(screen) is None
    clock.seconds += UNATTENDED_SECONDS - 1
    relay.send(screen, "anna", b"1")

    clock.seconds += 1

    with pytest.raises(InvalidInputError, match=f"The code {screen.code} is over"):
        relay.send(screen, "anna", b"1")
    with pytest.raises(InvalidInputError, match="is over"):
        relay.take(screen)
    with pytest.raises(InvalidInputError, match="No screen shows the code"):
        relay.find_screen(screen.code, "ben")


def test_no_code_lasts_longer_than_two_lessons(relay: Relay, clock: Clock) -> None:
    screen = relay.open_screen()
    while clock.seconds < LONGEST_SECONDS - 60:
        clock.seconds += 60
        relay.take(screen)

    clock.seconds += 60

    with pytest.raises(InvalidInputError, match="is over"):
        relay.take(screen)


def test_a_phone_is_not_led_to_a_later_screen_of_the_same_code(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.phone.relay._new_code", lambda: "AAAA")
    before = relay.open_screen()
    relay.close_screen(before)
    now = relay.open_screen()

    with pytest.raises(InvalidInputError, match="is over"):
        relay.send(before, "anna", b"1")
    relay.close_screen(before)
    assert relay.take(now) is None


def test_so_many_drawings_wait_and_no_more(relay: Relay) -> None:
    screen = relay.open_screen()
    for number in range(MOST_WAITING):
        relay.send(screen, f"visitor {number}", b"1")

    with pytest.raises(InvalidInputError, match="40 drawings wait to be shown already"):
        relay.send(screen, "one more", b"1")
    relay.send(screen, "visitor 0", b"another")
    assert len(screen.waiting) == MOST_WAITING


def guess(relay: Relay, visitor: str) -> None:
    with pytest.raises(InvalidInputError, match="No screen shows the code 'NOSCREENS'"):
        relay.find_screen(WRONG, visitor)


def test_who_guesses_has_a_few_guesses_a_minute(relay: Relay, clock: Clock) -> None:
    screen = relay.open_screen()
    for _ in range(MOST_WRONG):
        guess(relay, "anna")

    with pytest.raises(InvalidInputError, match="Too many codes"):
        relay.find_screen(screen.code, "anna")
    assert relay.find_screen(screen.code, "ben") is screen
    clock.seconds = GUESSES_SECONDS
    assert relay.find_screen(screen.code, "anna") is screen


def test_who_has_not_guessed_comes_in_however_much_others_guess(relay: Relay) -> None:
    screen = relay.open_screen()
    for number in range(2000):
        guess(relay, f"visitor {number // MOST_WRONG}")

    assert relay.find_screen(screen.shown_code.lower(), "honest") is screen


def test_guessing_is_in_vain_for_who_is_a_new_visitor_each_time() -> None:
    guesses = 1000 * LONGEST_SECONDS  # far more than this app answers

    assert guesses / len(LETTERS) ** CODE_LENGTH == pytest.approx(0.013 / 100, rel=0.02)
